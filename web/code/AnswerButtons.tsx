import type { CodeCommand } from "./CodeDesk.tsx";
import type { Said } from "./codingState.ts";
import { oncePerPress } from "./oncePerPress.ts";

/** What can be said besides a category, and the way to other images. */
export function AnswerButtons({
  said,
  isOff,
  canUndo,
  hasUndo,
  isFirst,
  isHeld,
  onCommand,
}: {
  readonly said: Said | null;
  readonly isOff: (answer: "unsure" | "uncodable") => boolean;
  readonly canUndo: boolean;
  readonly hasUndo: boolean;
  readonly isFirst: boolean;
  /** Something has to be decided before another image comes. */
  readonly isHeld: boolean;
  readonly onCommand: (command: CodeCommand) => void;
}) {
  return (
    <div class="answers">
      {(["unsure", "uncodable"] as const).map((answer) => (
        <button
          key={answer}
          type="button"
          class={answer}
          aria-pressed={said?.answer === answer}
          aria-disabled={isOff(answer)}
          {...oncePerPress(() => onCommand(answer))}
        >
          {answer === "unsure" ? "Unsure" : "Uncodable"} <kbd>{answer === "unsure" ? "U" : "X"}</kbd>
        </button>
      ))}
      <button
        type="button"
        class="back"
        aria-label="Previous image"
        aria-disabled={isFirst || isHeld}
        onClick={() => onCommand("back")}
      >
        <kbd>←</kbd>
      </button>
      <button
        type="button"
        class="forward"
        aria-disabled={isHeld}
        aria-label="Next image"
        onClick={() => onCommand("forward")}
      >
        <kbd>→</kbd>
      </button>
      {hasUndo && (
        <button
          type="button"
          class="undo"
          aria-disabled={!canUndo}
          {...oncePerPress(() => onCommand("undo"))}
        >
          Undo <kbd>Z</kbd>
        </button>
      )}
    </div>
  );
}
