import { type IndexingAnswer, useIndexing } from "./indexingFeed.ts";
import { unitsDone } from "./wordsOfJob.ts";

/** A small sign beside "Add images" while a job is under way; it changes with whole percents only. */
export function IndexingSign() {
  const { job } = useIndexing({ follows: false });
  if (job === undefined || !job.isUnderWay) return null;
  return (
    <>
      {" "}
      <span class="indexing-sign">{signOf(job)}</span>
    </>
  );
}

function signOf(job: IndexingAnswer): string {
  const { phase, of } = job;
  if (phase === "paused") return "paused";
  if (of === undefined || of === 0) return "…";
  return `${Math.floor((100 * unitsDone(job)) / of)}%`;
}
