import { Link } from "../shell/Link.tsx";
import type { StudyAnswer } from "../shell/screenProps.ts";
import { useIndexing } from "./indexingFeed.ts";

/** The job whose end was shown on its own screen. */
let seenJob = 0;

/** On the other screens: a run that a job has made and this page does not know yet, or that the job failed. */
export function JobNews({
  study,
  path,
  refresh,
}: {
  readonly study: StudyAnswer;
  readonly path: string;
  readonly refresh: () => void;
}) {
  const { job } = useIndexing({ follows: false });
  const isOwnScreen = path === "/indexing";
  if (isOwnScreen && job !== undefined) seenJob = job.job;
  const isNew = job?.phase === "done" && !study.runs.some(({ id }) => id === job.runId);
  const hasFailed = job?.phase === "failed" && job.job !== seenJob;
  return (
    <p role="status" class="job-news">
      {!isOwnScreen && isNew && (
        <Link href="/" onClick={refresh}>
          Run {job.runId} is ready
        </Link>
      )}
      {!isOwnScreen && hasFailed && <Link href="/indexing">Adding images failed: see why</Link>}
    </p>
  );
}
