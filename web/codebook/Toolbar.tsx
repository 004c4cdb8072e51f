import { useAddress } from "../address.ts";
import { Link } from "../shell/Link.tsx";
import { commandKey } from "./commandKey.ts";
import { maybePanel, panelHref, panelLinkId, panels } from "./panels.ts";
import { saveButtonId } from "./partIds.ts";

/**
 * Undo, save, run, and what can stand beside the board. A button with nothing to do is not `disabled`: it would lose the focus, and
 * the keyboard would begin at the page's top again.
 */
export function Toolbar({
  undoLabel,
  redoLabel,
  onUndo,
  onRedo,
  canSave,
  saveState,
  onSave,
  canRun,
  isRunning,
  onRun,
}: {
  /** The next step to undo, in words; undefined for none. */
  readonly undoLabel: string | undefined;
  readonly redoLabel: string | undefined;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly canSave: boolean;
  /** `Saved`, `Unsaved changes` and the like. */
  readonly saveState: string;
  readonly onSave: () => void;
  readonly canRun: boolean;
  readonly isRunning: boolean;
  readonly onRun: () => void;
}) {
  const { query } = useAddress();
  const shown = maybePanel(query);
  return (
    <div class="toolbar">
      <div class="toolbar-edit">
        <button
          type="button"
          aria-disabled={undoLabel === undefined}
          title={undoLabel === undefined ? "Nothing to undo" : `Undo: ${undoLabel} (${commandKey}+Z)`}
          onClick={onUndo}
        >
          Undo
        </button>
        <button
          type="button"
          aria-disabled={redoLabel === undefined}
          title={redoLabel === undefined ? "Nothing to redo" : `Redo: ${redoLabel} (${commandKey}+Shift+Z)`}
          onClick={onRedo}
        >
          Redo
        </button>
      </div>
      <nav class="panel-links" aria-label="Beside the board">
        {panels.map(({ panel, name }) => (
          <Link
            key={panel}
            id={panelLinkId(panel)}
            href={panelHref(query, shown === panel ? undefined : panel)}
            {...(shown === panel && { "aria-current": "true" as const })}
          >
            {name}
          </Link>
        ))}
      </nav>
      <div class="toolbar-save">
        <span class="save-state soft">{saveState}</span>
        <button
          type="button"
          id={saveButtonId}
          class={canSave ? "primary" : undefined}
          aria-disabled={!canSave}
          title={`${commandKey}+S`}
          onClick={onSave}
        >
          Save
        </button>
        <button
          type="button"
          aria-disabled={!canRun || isRunning}
          title="Stores a new run of all images with the saved codebook"
          onClick={() => canRun && !isRunning && onRun()}
        >
          {isRunning ? "Running …" : canSave ? "Save and run" : "Run"}
        </button>
      </div>
    </div>
  );
}
