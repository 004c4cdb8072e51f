import type { QueueAddress } from "./queueAddress.ts";

const longestMs = 15_000;

/** Below this a process that is only busy would be taken for a network that is gone. */
const shortestMs = 3_000;

/**
 * A connection on which nothing was answered for so long is given up and made anew, in milliseconds: half the time after which a
 * worker counts as lost, so that it can be there again before; from 3 to 15 seconds.
 */
export function deadAfterMs({ lockMs }: Pick<QueueAddress, "lockMs">): number {
  return Math.min(longestMs, Math.max(shortestMs, lockMs / 2));
}

/** BullMQ waits so long for a job with one command, which is no silence: a third of `deadAfterMs`, in seconds. */
export function drainSeconds(address: Pick<QueueAddress, "lockMs">): number {
  return deadAfterMs(address) / 3000;
}
