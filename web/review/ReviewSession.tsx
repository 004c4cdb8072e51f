import { useRef, useState } from "preact/hooks";
import type { QueueSpec } from "../../src/review/queueSpec.ts";
import { useAddress } from "../address.ts";
import { Failure } from "../shell/Failure.tsx";
import type { StudyAnswer } from "../shell/screenProps.ts";
import { DoneState } from "./DoneState.tsx";
import { KeyHelp } from "./KeyHelp.tsx";
import { keepDraft } from "./noteDraft.ts";
import { maybeWhole } from "./queueAddress.ts";
import { ReviewDesk } from "./ReviewDesk.tsx";
import { ReviewTop } from "./ReviewTop.tsx";
import { type Choice, openMembers } from "./reviewState.ts";
import { useReview } from "./useReview.ts";
import "./result.css";

/** A queue from its first open picture to its result. */
export function ReviewSession({
  study,
  runId,
  queue,
  reviewer,
}: {
  readonly study: StudyAnswer;
  readonly runId: number;
  readonly queue: QueueSpec;
  readonly reviewer: string;
}) {
  const { query } = useAddress();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const noteOf = (position: number) => ({ study: study.folder, runId, reviewer, position });
  const review = useReview(runId, queue, reviewer, ({ position }) => keepDraft(noteOf(position), undefined));
  const written = useRef<Choice | undefined>(undefined);
  written.current = review.saving ?? written.current;
  const wasUndo = written.current?.verdict === "withdrawn";
  if (review.queue === undefined) {
    if (review.failure !== undefined) return <Failure error={review.failure} />;
    return <p class="waiting">Drawing the pictures …</p>;
  }
  const open = openMembers(review.members, maybeWhole(query.get("pass"), 1));
  const openHelp = () => setHelpOpen(true);
  const of = { runId, queue, reviewer };
  return (
    <section class="review" aria-labelledby="review-heading">
      <ReviewTop of={of} members={review.members} onHelp={openHelp} />
      {open.length === 0 ? (
        <DoneState review={review} wasUndo={wasUndo} of={of} onHelp={openHelp} />
      ) : (
        <ReviewDesk review={review} wasUndo={wasUndo} of={of} open={open} noteOf={noteOf} onHelp={openHelp} />
      )}
      <KeyHelp isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </section>
  );
}
