import type { Ref } from "preact";
import { formatCount } from "../format.ts";
import { Link } from "../shell/Link.tsx";
import { RunDownloads } from "../shell/RunDownloads.tsx";
import { FailedUnits } from "./FailedUnits.tsx";
import { FormError } from "./FormError.tsx";
import type { IndexingAnswer } from "./indexingFeed.ts";
import { WorkerShares } from "./WorkerShares.tsx";
import { counted, unitsDone } from "./wordsOfJob.ts";

/** How the last job ended, and where to go from there. */
export function JobOutcome({
  job,
  wasCutOff,
  headingRef,
}: {
  readonly job: IndexingAnswer;
  readonly wasCutOff: boolean;
  readonly headingRef: Ref<HTMLHeadingElement>;
}) {
  const { phase, progress, failures, runId, error } = job;
  const done = unitsDone(job);
  const stored =
    done === 0
      ? "Nothing was finished yet."
      : `${counted(done, "image")} ${done === 1 ? "is" : "are"} stored: start again to go on from there.`;
  const title = (text: string) => (
    <h2 id="job-title" tabIndex={-1} ref={headingRef}>
      {text}
    </h2>
  );
  if (wasCutOff) {
    return (
      <section class="job" aria-labelledby="job-title">
        {title("The server was started again")}
        <p>Its job has ended. What was finished is stored: start again to go on from there.</p>
      </section>
    );
  }
  if (phase === "done") {
    return (
      <section class="job" aria-labelledby="job-title">
        {title(`Run ${runId} is ready`)}
        <p>
          {counted(progress.units, "image")}, of which {formatCount(progress.embedded)}{" "}
          {progress.embedded === 1 ? "was" : "were"} new to the study.
        </p>
        <p>
          <Link class="button primary" href="/">
            Look at run {runId}
          </Link>
        </p>
        {runId !== undefined && (
          <p>
            <RunDownloads runId={runId} />
          </p>
        )}
        <WorkerShares queue={job.queue} />
        <FailedUnits failures={failures} count={progress.failed} />
      </section>
    );
  }
  if (phase === "stopped") {
    return (
      <section class="job" aria-labelledby="job-title">
        {title("Stopped")}
        <p>No run was made. {stored}</p>
        <FailedUnits failures={failures} count={progress.failed} />
      </section>
    );
  }
  if (phase !== "failed" || error === undefined) return null;
  return (
    <section class="job" aria-labelledby="job-title">
      {title("This did not work")}
      <FormError body={error} />
      {done > 0 && <p>{stored}</p>}
      <FailedUnits failures={failures} count={progress.failed} />
    </section>
  );
}
