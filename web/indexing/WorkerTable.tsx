import { formatCount } from "../format.ts";
import type { IndexingAnswer } from "./indexingFeed.ts";
import { rateNumber } from "./wordsOfJob.ts";

type Queue = NonNullable<IndexingAnswer["queue"]>;

/** Workers that have a row of their own; the rest is one row. */
const mostRows = 12;

/** Who embeds at present, and how fast. Not read out when it changes, which it does every second. */
export function WorkerTable({
  workers,
  isStill,
}: {
  readonly workers: Queue["workers"];
  /** Whether they wait, whatever they did just before. */
  readonly isStill: boolean;
}) {
  const ordered = [...workers].sort((a, b) => Number(b.isLocal) - Number(a.isLocal));
  const shown = ordered.length === mostRows + 1 ? ordered : ordered.slice(0, mostRows);
  const others = ordered.slice(shown.length);
  return (
    <table class="workers">
      <caption>Workers</caption>
      <thead>
        <tr>
          <th scope="col">Process and machine</th>
          <th scope="col">Images per second</th>
          <th scope="col" class="embedded">
            Embedded
          </th>
          <th scope="col">Failed</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((worker) => (
          <tr key={worker.name}>
            <th scope="row">
              <bdi>{worker.name}</bdi>
              {worker.isLocal && <span class="soft"> (this app’s own)</span>}
            </th>
            <Numbers workers={[worker]} isStill={isStill} />
          </tr>
        ))}
        {others.length > 0 && (
          <tr>
            <th scope="row">and {formatCount(others.length)} more</th>
            <Numbers workers={others} isStill={isStill} />
          </tr>
        )}
      </tbody>
      {workers.length > 1 && (
        <tfoot>
          <tr>
            <th scope="row">All {formatCount(workers.length)}</th>
            <Numbers workers={workers} isStill={isStill} />
          </tr>
        </tfoot>
      )}
    </table>
  );
}

function Numbers({ workers, isStill }: Parameters<typeof WorkerTable>[0]) {
  const rates = workers.flatMap(({ imagesPerSecond }) => imagesPerSecond ?? []);
  const sum = (of: (worker: Queue["workers"][number]) => number) =>
    workers.reduce((all, worker) => all + of(worker), 0);
  return (
    <>
      <td>
        {isStill ? "0" : rates.length === 0 ? "…" : rateNumber(rates.reduce((all, rate) => all + rate, 0))}
      </td>
      <td class="embedded">{formatCount(sum(({ embedded }) => embedded))}</td>
      <td>{formatCount(sum(({ failed }) => failed))}</td>
    </>
  );
}
