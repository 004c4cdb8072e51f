import { useState } from "preact/hooks";
import { answer, api } from "../api.ts";
import { formatTime } from "../format.ts";
import { useAnswer } from "../useAnswer.ts";
import { ConfirmDialog } from "./ConfirmDialog.tsx";

/** Whether the codebook is final, what that means, and the way to say so. */
export function FreezePanel({
  runId,
  announce,
}: {
  readonly runId: number;
  readonly announce: (text: string) => void;
}) {
  const [asked, setAsked] = useState(0);
  const [isAsking, setIsAsking] = useState(false);
  const known = useAnswer(
    (signal) => answer(api.freezes.$get({ query: { run: runId } }, { init: { signal } })),
    [runId, asked],
  );
  const last = known.value?.freezes.at(-1);
  const isOfRun = known.value?.isOfRun ?? false;
  const freeze = async () => {
    await answer(api.freeze.$post({ json: { runId } }));
    setIsAsking(false);
    setAsked((times) => times + 1);
    announce(`The codebook of run ${runId} is frozen.`);
  };
  return (
    <section class="freeze" aria-labelledby="freeze-heading">
      <h2 id="freeze-heading">Freeze the codebook</h2>
      <p>
        When phrases, model and settings will not change any more, say so here. Clipbook notes a digest of
        them. Results of a sealed sample are shown for exactly that codebook, and each look at them is counted
        and reported.
      </p>
      <p class="freeze-state">
        {last === undefined
          ? "Not frozen."
          : isOfRun
            ? `Frozen on ${formatTime(last.frozenAt)}, as this run has it (digest ${last.sha256.slice(0, 12)}).`
            : `Frozen on ${formatTime(last.frozenAt)} as run ${last.runId} has it; this run differs from that.`}
      </p>
      {!isOfRun && known.value !== undefined && (
        <button type="button" onClick={() => setIsAsking(true)}>
          Freeze the codebook of run {runId}
        </button>
      )}
      {isAsking && (
        <ConfirmDialog
          heading={`Freeze the codebook of run ${runId}?`}
          action="Freeze"
          onConfirm={freeze}
          onClose={() => setIsAsking(false)}
        >
          <p>
            This is recorded with today’s date and stays. The codebook’s file can still be edited; a changed
            one has to be frozen anew, and the report then tells of both.
          </p>
        </ConfirmDialog>
      )}
    </section>
  );
}
