import { useBoard } from "./boardContext.ts";
import { changeHead } from "./editDraft.ts";
import { GrowingText } from "./GrowingText.tsx";
import type { KeyedDraft } from "./keyedDraft.ts";
import { onlyWhenChanged } from "./onlyWhenChanged.tsx";

/** Title, language and templates of the codebook, tucked away. */
export const HeadSettings = onlyWhenChanged(function HeadSettings({
  title,
  language,
  templates,
}: Pick<KeyedDraft, "templates"> & {
  readonly title: string | undefined;
  readonly language: string | undefined;
}) {
  const board = useBoard();
  return (
    <details class="head-settings">
      <summary>Title, language, templates</summary>
      <div class="head-fields">
        <label>
          <span>Title</span>
          <input
            dir="auto"
            value={title ?? ""}
            onInput={(event) => {
              const { value } = event.currentTarget;
              board.edit("change title", (draft) => changeHead(draft, { title: value }), "title");
            }}
            onBlur={() => board.leaveField()}
          />
        </label>
        <label>
          <span>Language of the phrases, such as en or pt-BR</span>
          <input
            value={language ?? ""}
            onInput={(event) => {
              const { value } = event.currentTarget;
              board.edit("change language", (draft) => changeHead(draft, { language: value }), "language");
            }}
            onBlur={() => board.leaveField()}
          />
        </label>
        <label class="templates" for="codebook-templates">
          <span>
            Templates, one a line, with {"{}"} where the phrase goes. None: phrases are used as they are.
          </span>
          <GrowingText
            id="codebook-templates"
            value={templates.join("\n")}
            placeholder="a photo of {}"
            onInput={(event) => {
              const lines = event.currentTarget.value.split(/\r?\n/u);
              board.edit(
                "change templates",
                (draft) =>
                  changeHead(draft, { templates: lines.length === 1 && lines[0] === "" ? [] : lines }),
                "templates",
              );
            }}
            onBlur={() => board.leaveField()}
          />
        </label>
      </div>
    </details>
  );
});
