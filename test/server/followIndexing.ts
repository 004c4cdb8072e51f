import { askApp } from "./askApp.ts";
import { readEvents, type ServerEvent } from "./readEvents.ts";

/** What of a told job the tests look at. */
export interface ToldJob {
  readonly phase: string;
  readonly job: number;
  readonly isUnderWay: boolean;
  readonly runId?: number;
  readonly progress: { readonly embedded: number; readonly units: number };
  readonly error?: { readonly error: string };
}

/**
 * Follows the events of indexing until a state is told that is wanted, and goes away.
 * @param address the server's, with a slash at its end
 */
export async function followIndexing(address: string, isWanted: (job: ToldJob) => boolean) {
  const events: (ServerEvent & { readonly atMs: number })[] = [];
  const leaving = new AbortController();
  const response = await askApp(`${address}api/indexing/events`, { signal: leaving.signal });
  for await (const event of readEvents(response)) {
    events.push({ ...event, atMs: performance.now() });
    if (event.event === "state" && isWanted(event.data as ToldJob)) break;
  }
  leaving.abort();
  return { events, response, last: events.at(-1)?.data as ToldJob };
}

/** Whether a job has ended, in whatever way. */
export const isOver = ({ job, isUnderWay }: ToldJob) => job > 0 && !isUnderWay;

/** Whether the first pictures are stored. */
export const firstIsStored = ({ progress }: ToldJob) => progress.embedded > 0;
