import type { OwnVerdict } from "../../src/server/reviewRoutes.ts";
import type { Command } from "./ReviewDesk.tsx";

const buttons: readonly { readonly command: Command; readonly label: string; readonly key: string }[] = [
  { command: "right", label: "Right", key: "R" },
  { command: "wrong", label: "Wrong", key: "W" },
  { command: "unsure", label: "Unsure", key: "U" },
  { command: "skipped", label: "Skip", key: "S" },
  { command: "note", label: "Note", key: "N" },
  { command: "undo", label: "Undo", key: "Z" },
];

/** What can be said, with the keys for it. */
export function VerdictButtons({
  onCommand,
  pressed,
  canUndo,
  isWaiting,
}: {
  readonly onCommand: (command: Command) => void;
  /** What is being saved. */
  readonly pressed: OwnVerdict["verdict"] | undefined;
  readonly canUndo: boolean;
  /** The picture is not there yet, or the verdict before is not saved. */
  readonly isWaiting: boolean;
}) {
  return (
    <fieldset class="verdict-buttons" aria-label="Verdict">
      {buttons.map(({ command, label, key }) => (
        <button
          key={command}
          type="button"
          class={command}
          aria-keyshortcuts={key}
          data-pressed={command === pressed || undefined}
          // Not disabled: a button that loses the focus for an instant would send the keyboard elsewhere.
          aria-disabled={(command === "undo" ? !canUndo : isWaiting && command !== "note") || undefined}
          onClick={() => onCommand(command)}
        >
          {label} <kbd>{key}</kbd>
        </button>
      ))}
    </fieldset>
  );
}
