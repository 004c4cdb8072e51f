import { answer, api } from "../api.ts";
import { fileName } from "../gallery/fileName.ts";
import { useAnswer } from "../useAnswer.ts";
import { useBoard } from "./boardContext.ts";
import { removeExample } from "./editDraft.ts";
import type { KeyedCategory } from "./keyedDraft.ts";
import { quoted } from "./quoted.ts";
import { StudyThumbnail } from "./StudyThumbnail.tsx";

/** Images that show a category well. */
export function ExampleList({
  category: { key, name, examples = [] },
  runId,
}: {
  readonly category: KeyedCategory;
  readonly runId: number | undefined;
}) {
  const board = useBoard();
  return (
    <div class="examples">
      <p class="detail-label" id={`examples-${key}`}>
        Examples
      </p>
      {examples.length === 0 ? (
        <p class="hint">None yet. “Find images” pins images here.</p>
      ) : (
        <ul aria-labelledby={`examples-${key}`}>
          {examples.map((example) => (
            <li key={example}>
              <ExamplePicture name={example} runId={runId} />
              <span class="example-name" dir="auto" title={example}>
                {fileName(example)}
              </span>
              <button
                type="button"
                class="icon"
                aria-label={`Remove the example ${example}`}
                onClick={() => {
                  board.edit(`remove ${quoted(fileName(example))} from ${quoted(name)}`, (draft) =>
                    removeExample(draft, key, example),
                  );
                  board.announce(`${quoted(fileName(example))} is no example any more.`);
                }}
              >
                <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** More units than these hardly have one name as a part of theirs. */
const mostOfOneName = 500;

function ExamplePicture({ name, runId }: { readonly name: string; readonly runId: number | undefined }) {
  const unit = useAnswer(
    async (signal) => {
      if (runId === undefined) return undefined;
      const { items } = await answer(
        api.runs[":run"].units.$get(
          {
            param: { run: String(runId) },
            query: { name, state: "all", sort: "name", limit: mostOfOneName },
          },
          { init: { signal } },
        ),
      );
      return items.find((item) => item.name === name);
    },
    [name, runId],
  );
  return <StudyThumbnail imageId={unit.value?.imageId} unitId={unit.value?.unitId ?? 0} name={name} />;
}
