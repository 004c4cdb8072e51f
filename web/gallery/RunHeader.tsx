import { formatCount, formatTime } from "../format.ts";
import { RunDownloads } from "../shell/RunDownloads.tsx";
import type { RunAnswer } from "./galleryAnswers.ts";
import { imageCount } from "./imageCount.ts";

/** What run this is, what its percentages mean, and how it was made. */
export function RunHeader({ run }: { readonly run: RunAnswer }) {
  const { title, counts, ignoredFiles, modelName, completedAt, startedAt, aboutTheModel } = run;
  const notes = [
    counts.images < counts.classified && `${formatCount(counts.images)} different ones`,
    counts.warned > 0 && `${formatCount(counts.warned)} with small faults in the file`,
    counts.failed > 0 && `${formatCount(counts.failed)} failed`,
    ignoredFiles > 0 && `${formatCount(ignoredFiles)} other files left alone`,
  ].filter((note) => note !== false);
  return (
    <header class="run-header">
      <h1 dir="auto">{title ?? "Overview"}</h1>
      <p class="soft small">{[`${imageCount(counts.classified)} classified`, ...notes].join(" · ")}</p>
      <details class="small">
        <summary>About this run</summary>
        <p>
          Classified with <bdi>{modelName}</bdi>, {formatTime(completedAt ?? startedAt)}.{" "}
          <RunDownloads runId={run.id} />
        </p>
        {aboutTheModel !== undefined && <p dir="auto">{aboutTheModel}</p>}
        <p>{run.probabilityMeaning.join(" ")}</p>
        <dl class="facts">
          {run.settings.map(({ label, value }) => (
            <div key={label}>
              <dt dir="auto">{label}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </header>
  );
}
