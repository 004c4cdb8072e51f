import type { ComponentChildren } from "preact";
import { Failure } from "../shell/Failure.tsx";
import { Link } from "../shell/Link.tsx";
import { RunDownloads } from "../shell/RunDownloads.tsx";
import type { RunningState } from "./useRunning.ts";
import type { SavingState } from "./useSaving.ts";

/** What has to be known about saving, running, and edits that came back; each stays until it is dismissed or over. */
export function Notices({
  hasFile,
  file,
  offered,
  restored,
  onDiscard,
  kept,
  unsaved,
  saving,
  onDismissSaving,
  running,
  onDismissRunning,
}: {
  readonly hasFile: boolean;
  readonly file: string;
  /** What is on the board where there is no file. */
  readonly offered: "starter" | "run";
  readonly restored: { readonly isOlder: boolean } | undefined;
  readonly onDiscard: () => void;
  /** False where the browser keeps nothing. */
  readonly kept: boolean;
  readonly unsaved: boolean;
  readonly saving: SavingState;
  readonly onDismissSaving: () => void;
  readonly running: RunningState;
  readonly onDismissRunning: () => void;
}) {
  return (
    <div class="notices">
      {!hasFile && (
        <p class="notice">
          <strong>There is no codebook file yet.</strong>{" "}
          {offered === "starter"
            ? "This is a starter codebook to be overwritten."
            : "This is the codebook of the newest run."}{" "}
          “Save” writes it to <bdi>{file}</bdi>.
        </p>
      )}
      {restored !== undefined && unsaved && (
        <p class="notice" role="status">
          <strong>Restored unsaved changes</strong> of your last visit.
          {restored.isOlder &&
            " The file was changed since: saving shows both texts before anything is overwritten."}{" "}
          <button type="button" class="plain" onClick={onDiscard}>
            Discard them
          </button>
        </p>
      )}
      {!kept && unsaved && (
        <p class="notice">This browser keeps no unsaved changes. Save before you leave the page.</p>
      )}
      {saving.state === "failed" && (
        <Dismissible onDismiss={onDismissSaving}>
          <Failure error={saving.error} />
        </Dismissible>
      )}
      {running.state === "failed" && (
        <Dismissible onDismiss={onDismissRunning}>
          <Failure error={running.error} />
        </Dismissible>
      )}
      {running.state === "stored" && (
        <Dismissible onDismiss={onDismissRunning}>
          <p class="notice" role="status">
            <strong>Run {running.runId} is stored.</strong>{" "}
            <Link href={`/?run=${running.runId}`}>See its images</Link>.{" "}
            <RunDownloads runId={running.runId} />
          </p>
        </Dismissible>
      )}
    </div>
  );
}

function Dismissible({
  onDismiss,
  children,
}: {
  readonly onDismiss: () => void;
  readonly children: ComponentChildren;
}) {
  return (
    <div class="dismissible">
      {children}
      <button type="button" class="icon" aria-label="Dismiss" onClick={onDismiss}>
        <span aria-hidden="true">×</span>
      </button>
    </div>
  );
}
