import { useBoard } from "./boardContext.ts";
import { ExampleList } from "./ExampleList.tsx";
import { type CategoryChanges, changeCategory } from "./editDraft.ts";
import { GrowingText } from "./GrowingText.tsx";
import type { KeyedCategory } from "./keyedDraft.ts";
import { quoted } from "./quoted.ts";

const texts = [
  { part: "description", name: "Description", hint: "What the category is, for readers." },
  { part: "instructions", name: "Instructions", hint: "What human coders are told." },
  { part: "comment", name: "Comment in the file", hint: "Only for those who read the file." },
] as const;

/** What is written about a category besides its phrases. */
export function CategoryDetails({
  category,
  canComment,
  runId,
}: {
  readonly category: KeyedCategory;
  readonly canComment: boolean;
  readonly runId: number | undefined;
}) {
  const board = useBoard();
  const { key, name } = category;
  const change = (part: string, changes: CategoryChanges, typing?: string) =>
    board.edit(`${part} of ${quoted(name)}`, (draft) => changeCategory(draft, key, changes), typing);
  return (
    <div class="category-details">
      {texts.map(({ part, name: label, hint }) => {
        const id = `${part}-${key}`;
        const isDisabled = part === "comment" && !canComment;
        return (
          <div class="detail-field" key={part}>
            <label for={id}>{label}</label>
            <GrowingText
              id={id}
              value={category[part] ?? ""}
              disabled={isDisabled}
              aria-describedby={`${id}-hint`}
              onInput={(event) => change(part, { [part]: event.currentTarget.value }, id)}
              onBlur={() => board.leaveField()}
            />
            <p class="hint" id={`${id}-hint`}>
              {isDisabled ? "JSON has no comments: a YAML codebook can have them." : hint}
            </p>
          </div>
        );
      })}
      <label class="detail-check">
        <input
          type="checkbox"
          checked={category.residual === true}
          onChange={(event) => change("residual", { residual: event.currentTarget.checked })}
        />
        <span>Residual category: takes what fits nowhere else</span>
      </label>
      <ExampleList category={category} runId={runId} />
    </div>
  );
}
