import type { Ref } from "preact";
import { formatBytes, formatCount } from "../format.ts";
import { FailedUnits } from "./FailedUnits.tsx";
import type { IndexingAnswer } from "./indexingFeed.ts";
import { ProgressBar } from "./ProgressBar.tsx";
import { QueuePanel } from "./QueuePanel.tsx";
import { counted, rateSentence, restSentence, unitsDone } from "./wordsOfJob.ts";

/** What the user can do to a job. */
export type JobAction = "pause" | "resume" | "stop";

/** A job that is under way: how far it is, and how to pause or stop it. */
export function JobProgress({
  job,
  isLost,
  act,
  headingRef,
}: {
  readonly job: IndexingAnswer;
  readonly isLost: boolean;
  readonly act: (action: JobAction) => void;
  readonly headingRef: Ref<HTMLHeadingElement>;
}) {
  const { phase, progress, download } = job;
  const canPause = phase === "running" || phase === "pausing" || phase === "paused";
  const isPaused = phase === "paused" || phase === "pausing";
  const share = download === undefined ? shareDone(job) : download.bytes / Math.max(1, download.totalBytes);
  return (
    <section class="job" aria-labelledby="job-title">
      <div role="status">
        <h2 id="job-title" tabIndex={-1} ref={headingRef}>
          {titleOf(job)}
        </h2>
      </div>
      <ProgressBar share={share} label="Progress" isStill={phase === "paused" || isLost} />
      <p class="job-numbers">
        <span>{numbersOf(job)}</span>
        <span class="soft">{speedOf(job)}</span>
      </p>
      <p class="small soft">{detailsOf(job)}</p>
      <p class="job-buttons">
        <button type="button" disabled={!canPause} onClick={() => act(isPaused ? "resume" : "pause")}>
          {isPaused ? "Resume" : "Pause"}
        </button>
        <button type="button" disabled={phase === "stopping"} onClick={() => act("stop")}>
          Stop
        </button>
      </p>
      <Notes job={job} />
      {job.queue !== undefined && job.of !== undefined && (
        <QueuePanel queue={job.queue} isStill={phase === "paused"} />
      )}
      <FailedUnits failures={job.failures} count={progress.failed} />
    </section>
  );
}

function Notes({ job }: { readonly job: IndexingAnswer }) {
  return (
    <>
      {job.leftOut.map((folder) => (
        <p key={folder} class="small soft">
          <bdi>{folder}</bdi> is left out: its pictures are drawings of clipbook demo. Name the folder itself
          to classify them.
        </p>
      ))}
      {job.usualLogitScale !== undefined && (
        <p class="small soft">
          Nothing tells the logit scale of this model; {formatCount(job.usualLogitScale)}, as in OpenAI's CLIP
          models, is used. More settings have a field for another one.
        </p>
      )}
    </>
  );
}

function shareDone(job: IndexingAnswer): number | undefined {
  const { of } = job;
  if (of === undefined) return undefined;
  return of === 0 ? 1 : Math.min(1, unitsDone(job) / of);
}

function titleOf({ phase, download, making, of, progress, spec }: IndexingAnswer): string {
  switch (phase) {
    case "opening":
      if (making !== undefined) return "Making the model's int8 variant, once";
      return download === undefined
        ? `Opening the model ${spec?.model}`
        : `Fetching the model ${download.model}`;
    case "counting":
      return "Counting the images";
    case "pausing":
      return "Pausing: what is under way is finished first";
    case "paused":
      return "Paused";
    case "stopping":
      return "Stopping: what is under way is finished first";
    default:
      return of !== undefined && progress.units >= of ? "Sorting into the categories" : "Adding images";
  }
}

function numbersOf(job: IndexingAnswer): string {
  const { phase, download, of } = job;
  if (download !== undefined) return `${formatBytes(download.bytes)} of ${formatBytes(download.totalBytes)}`;
  if (of === undefined)
    return phase === "opening" ? "This takes a moment." : "No picture is opened for that.";
  return `${formatCount(unitsDone(job))} of ${counted(of, "image")}`;
}

function speedOf(job: IndexingAnswer): string {
  const { phase, of, imagesPerSecond, queue } = job;
  if (phase !== "running" || imagesPerSecond === undefined || imagesPerSecond === 0) return "";
  // Nothing comes back then, and nobody knows for how long.
  if (queue?.trouble !== undefined) return "";
  const rest = ((of ?? 0) - unitsDone(job)) / imagesPerSecond;
  return rest > 0
    ? `${rateSentence(imagesPerSecond)} · ${restSentence(rest)}`
    : rateSentence(imagesPerSecond);
}

function detailsOf({ phase, progress }: IndexingAnswer): string {
  const { embedded, ignored } = progress;
  const parts = [
    `${formatCount(embedded)} ${embedded === 1 ? "was" : "were"} new to the study`,
    ...(ignored > 0 ? [`${counted(ignored, "other file")} left alone`] : []),
  ];
  const held = phase === "paused" ? " Everything so far is stored; the study waits for this job." : "";
  return `${parts.join(", ")}.${held}`;
}
