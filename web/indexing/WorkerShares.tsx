import { formatCount } from "../format.ts";
import type { IndexingAnswer } from "./indexingFeed.ts";
import { counted } from "./wordsOfJob.ts";

/** Who embedded how many pictures of a job that has ended. */
export function WorkerShares({ queue }: { readonly queue: IndexingAnswer["queue"] }) {
  const shares = (queue?.shares ?? []).filter(({ embedded, failed }) => embedded + failed > 0);
  if (shares.length === 0) return null;
  return (
    <details class="worker-shares">
      <summary>{counted(shares.length, "worker")} embedded them</summary>
      <ul>
        {shares.map(({ name, isLocal, embedded, failed }) => (
          <li key={name}>
            <bdi>{name}</bdi>
            {isLocal && " (this app’s own)"}: {formatCount(embedded)}
            {failed > 0 && `, ${formatCount(failed)} failed`}
          </li>
        ))}
      </ul>
    </details>
  );
}
