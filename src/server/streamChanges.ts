import { setTimeout as wait } from "node:timers/promises";
import type { SSEStreamingApi } from "hono/streaming";

/** Something that changes and tells so. */
export interface Changing {
  /** @returns ends the calls */
  onChange(listener: () => void): () => void;
  isClosed(): boolean;
}

/** Changes that come faster than this are sent together. */
const leastMs = 200;
/** Something is sent at least so often, so that whoever is gone is noticed on both sides. */
const heartbeatMs = 15_000;

/** Sends the present state at once, and again after changes, until the client goes away or nothing changes any more. */
export async function streamChanges(
  stream: SSEStreamingApi,
  changing: Changing,
  send: () => Promise<void>,
): Promise<void> {
  const gone = new AbortController();
  let changed = Promise.withResolvers<void>();
  const notice = () => changed.resolve();
  const stopListening = changing.onChange(notice);
  stream.onAbort(() => {
    gone.abort();
    notice();
  });
  try {
    while (!stream.aborted && !changing.isClosed()) {
      changed = Promise.withResolvers<void>();
      await send();
      await pause(leastMs, gone.signal);
      await noticed(changed.promise, gone.signal);
    }
  } finally {
    stopListening();
  }
}

/** Resolves with a change, or when a heartbeat is due. */
async function noticed(changed: Promise<void>, gone: AbortSignal): Promise<void> {
  const enough = new AbortController();
  const signal = AbortSignal.any([enough.signal, gone]);
  await Promise.race([changed, pause(heartbeatMs, signal)]);
  enough.abort();
}

/** Waits, and no longer than the signal allows; the process may end meanwhile. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  // An abort is an end like the other one.
  await wait(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
