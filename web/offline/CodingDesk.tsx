import { useEffect, useRef, useState } from "preact/hooks";
import { longestNote } from "../../src/validation/codingLimits.ts";
import type { OfflinePage } from "../../src/validation/offlinePage.ts";
import { readCategoryKeys } from "../code/categoryKeys.ts";
import { oncePerPress } from "../code/oncePerPress.ts";
import { useKeys } from "../review/useKeys.ts";
import { AnswerButtons } from "./AnswerButtons.tsx";
import { DeskTop } from "./DeskTop.tsx";
import { exportCodings } from "./exportCodings.ts";
import type { CodingsKeeper } from "./openKeeper.ts";
import { PictureStage } from "./PictureStage.tsx";
import { type Coding, useCoding } from "./useCoding.ts";

/** The whole page: one image, the categories, a note, and what was coded so far. */
export function CodingDesk({ page, keeper }: { readonly page: OfflinePage; readonly keeper: CodingsKeeper }) {
  const coding = useCoding(page, keeper);
  const noteField = useRef<HTMLTextAreaElement>(null);
  // With more categories than keys, what was pressed of a category's two.
  const [typed, setTyped] = useState("");
  useKeys((key) => {
    setTyped("");
    if (runCommand(key, coding, noteField.current)) return true;
    const read = readCategoryKeys(typed + key, page.categories.length);
    if (read === "beginning") setTyped(typed + key);
    else if (read !== undefined) coding.choose(read.category);
    return read !== undefined;
  });
  useUnexportedWarning(coding.isExported);
  const { answer } = coding;
  return (
    <>
      <DeskTop
        page={page}
        coding={coding}
        isKept={keeper.isKept()}
        asideKey={keeper.asideKey()}
        onExport={() => coding.noteExport(exportCodings(page, coding.settle()))}
      />
      <main class="desk">
        <p role="status" class="unseen">
          {coding.spoken}
        </p>
        <PictureStage
          key={coding.at}
          index={coding.at}
          total={page.images.length}
          isSettled={coding.isSettled}
          onSettled={coding.noteSettled}
          isDone={coding.open === 0}
        />
        <div class="side">
          <AnswerButtons
            categories={page.categories}
            chosen={answer}
            showsInstructions={coding.kept.showsInstructions}
            onInstructions={coding.toggleInstructions}
            onChoose={coding.choose}
            onOther={coding.chooseOther}
          />
          <label class="note-field">
            Note <kbd>N</kbd>
            <textarea
              ref={noteField}
              rows={2}
              maxLength={longestNote}
              dir="auto"
              value={coding.note}
              onInput={(event) => coding.setNote(event.currentTarget.value)}
              onBlur={() => void coding.settle()}
              onKeyDown={(event) => {
                if (event.key !== "Escape" && !(event.key === "Enter" && !event.shiftKey)) return;
                event.preventDefault();
                event.currentTarget.blur();
              }}
            />
          </label>
          <div class="steps">
            <button
              type="button"
              class="step"
              onClick={() => coding.step(-1)}
              aria-disabled={coding.at === 0}
            >
              <kbd>←</kbd> Previous
            </button>
            <button
              type="button"
              class="step"
              onClick={() => coding.step(1)}
              aria-disabled={coding.at === page.images.length - 1}
            >
              Next <kbd>→</kbd>
            </button>
            <button type="button" class="step" {...oncePerPress(coding.undo)} aria-disabled={!coding.canUndo}>
              Undo <kbd>Z</kbd>
            </button>
          </div>
        </div>
      </main>
    </>
  );
}

function runCommand(key: string, coding: Coding, noteField: HTMLTextAreaElement | null): boolean {
  if (key === "u") coding.chooseOther("unsure");
  else if (key === "x") coding.chooseOther("uncodable");
  else if (key === "i") coding.toggleInstructions();
  else if (key === "n") noteField?.focus();
  else if (key === "z" || key === "backspace") coding.undo();
  else if (key === "arrowleft") coding.step(-1);
  else if (key === "arrowright") coding.step(1);
  else return false;
  return true;
}

/** What the browser keeps may be cleared; who leaves with work that is in no file is asked first. */
function useUnexportedWarning(isExported: boolean): void {
  useEffect(() => {
    if (isExported) return;
    const listener = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", listener);
    return () => removeEventListener("beforeunload", listener);
  }, [isExported]);
}
