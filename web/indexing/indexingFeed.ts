import type { InferResponseType } from "hono/client";
import { useEffect, useState } from "preact/hooks";
import { answer, api } from "../api.ts";

/** A job as the server tells it. */
export type IndexingAnswer = InferResponseType<typeof api.indexing.$get, 200>;

/** What is known of the server's indexing. */
export interface IndexingFeed {
  /** undefined before the first answer. */
  readonly job: IndexingAnswer | undefined;
  /** Whether the connection broke; it is tried again. */
  readonly isLost: boolean;
  /** Whether a job was under way when the server ended, as seen from here. */
  readonly wasCutOff: boolean;
}

/** A server that answers, but not with events, is asked again after so long. */
const retryMs = 2_000;

// One connection for the whole page, and none for a page that nobody sees: browsers allow six to a server, for all tabs
// together.
let feed: IndexingFeed = { job: undefined, isLost: false, wasCutOff: false };
let source: EventSource | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;
let followers = 0;
let isLooking = false;
const listeners = new Set<(feed: IndexingFeed) => void>();

function change(changes: Partial<IndexingFeed>): void {
  feed = { ...feed, ...changes };
  for (const listener of listeners) listener(feed);
}

/** Takes in what the server tells of its job, from whatever request. */
export function tellIndexing(job: IndexingAnswer): void {
  const before = feed.job;
  const isOtherServer = before !== undefined && job.job < before.job;
  const wasCutOff = (isOtherServer && before.isUnderWay) || (feed.wasCutOff && job.job === 0);
  change({ job, isLost: false, wasCutOff });
  settle();
}

/** Opens or closes the connection, as there is somebody to tell something or not. */
function settle(): void {
  const isWanted = followers > 0 || feed.job?.isUnderWay === true;
  if (document.visibilityState === "visible" && isWanted) open();
  else close();
}

function open(): void {
  if (source !== undefined) return;
  const opened = new EventSource("/api/indexing/events");
  source = opened;
  let failures: IndexingAnswer["failures"] = feed.job?.failures ?? [];
  opened.addEventListener("failures", (event) => {
    failures = JSON.parse(event.data) as IndexingAnswer["failures"];
  });
  opened.addEventListener("state", (event) => {
    tellIndexing({ ...(JSON.parse(event.data) as Omit<IndexingAnswer, "failures">), failures });
  });
  opened.addEventListener("error", () => {
    if (source !== opened) return;
    change({ isLost: true });
    // Mostly the browser tries again by itself; not where it got another answer than events.
    if (opened.readyState !== EventSource.CLOSED) return;
    close();
    // Says why: a server that was started anew wants another token.
    look();
    retry = setTimeout(settle, retryMs);
  });
}

function close(): void {
  clearTimeout(retry);
  source?.close();
  source = undefined;
}

/** Asks once: a job may have been started from another tab, or by another person. */
function look(): void {
  if (document.visibilityState !== "visible" || source !== undefined || isLooking) return;
  isLooking = true;
  // Where the server does not answer, the screen's own requests say so.
  void answer(api.indexing.$get())
    .then(tellIndexing, () => undefined)
    .finally(() => {
      isLooking = false;
    });
}

document.addEventListener("visibilitychange", () => {
  settle();
  look();
});

/**
 * What is known of the server's indexing; while a job is under way it is followed.
 * @param follows whether it is followed in any case, as the screen does that is about it
 */
export function useIndexing({ follows }: { readonly follows: boolean }): IndexingFeed {
  const [known, setKnown] = useState(feed);
  useEffect(() => {
    listeners.add(setKnown);
    setKnown(feed);
    if (follows) followers += 1;
    settle();
    look();
    return () => {
      listeners.delete(setKnown);
      if (follows) followers -= 1;
      settle();
    };
  }, [follows]);
  return known;
}
