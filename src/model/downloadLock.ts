import { open, rm, stat, utimes } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { isErrorCode } from "../errorCode.ts";

/** How a lock is kept and when another's counts as left behind. */
export interface LockOptions {
  /** A lock that was not renewed for so long has lost its holder; 5 seconds by default. */
  readonly staleMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs `work` while no other Clipbook process runs work under the same lock file. A holder renews its file's time; a
 * lock whose time stands still (its holder was killed) is taken over. Clocks are not compared, so that a cache on a
 * network drive works too. The digest check after a download stands behind it if two ever get in.
 */
export async function withDownloadLock<T>(
  lockPath: string,
  work: () => Promise<T>,
  { staleMs = 5000, signal }: LockOptions = {},
): Promise<T> {
  let seenMs: number | undefined;
  let standsSince = performance.now();
  while (!(await takeLock(lockPath))) {
    await wait(staleMs / 20, undefined, { signal });
    const timeMs = await lockTime(lockPath);
    if (timeMs !== seenMs) {
      seenMs = timeMs;
      standsSince = performance.now();
    } else if (performance.now() - standsSince > staleMs) {
      await rm(lockPath, { force: true });
    }
  }
  const renewal = setInterval(() => {
    const now = new Date();
    // A lock that was taken away by another process cannot be renewed; the work goes on.
    utimes(lockPath, now, now).catch(() => undefined);
  }, staleMs / 5);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await rm(lockPath, { force: true });
  }
}

async function takeLock(path: string): Promise<boolean> {
  try {
    await (await open(path, "wx")).close();
    return true;
  } catch (error) {
    if (isErrorCode(error, "EEXIST")) return false;
    throw error;
  }
}

async function lockTime(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (isErrorCode(error, "ENOENT")) return undefined;
    throw error;
  }
}
