import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { UserError } from "../../errors.ts";
import { openDecoders } from "../../images/decoding/openDecoders.ts";
import type { Encoder } from "../../model/openEncoder.ts";
import { drawTestViews } from "../../model/selfTest/drawTestViews.ts";
import type { QueueJob } from "../../queue/jobForms.ts";
import type { QueueAddress } from "../../queue/queueAddress.ts";
import { requireQueue } from "../../queue/queueConnection.ts";
import type { QueueSession } from "../../queue/sessionForm.ts";
import { vectorsToText } from "../../queue/vectorText.ts";
import { openWorkerQueue, type WorkerQueue } from "../../queue/workerQueue.ts";
import { openViewPool } from "../viewPool.ts";
import { embedJob } from "./embedJob.ts";
import { openJobReader } from "./openJobReader.ts";
import type { Root } from "./roots.ts";
import { loadSessionEncoder, maybeRefusal, type WorkerModels } from "./workerEncoder.ts";

/** What a worker works with. */
export interface WorkSpec extends WorkerModels {
  readonly address: QueueAddress;
  readonly roots: readonly Root[];
  /** The one session that it works for, as one of the coordinator's own. */
  readonly ownSession?: string | undefined;
  /** Ends after so long without work; never when absent. */
  readonly idleMs?: number | undefined;
  readonly events?: WorkerEvents | undefined;
}

/** What a worker tells. */
export interface WorkerEvents {
  readonly onWaiting?: () => void;
  readonly onJoined?: (session: QueueSession) => void;
  readonly onProgress?: (counts: WorkerCounts) => void;
  /** Its coordinator has ended; not told where the worker itself is stopped. */
  readonly onLeft?: (session: QueueSession) => void;
  /** A session of which it takes no jobs; told once. */
  readonly onRefused?: (who: string, reason: string) => void;
  readonly onTrouble?: (reason: string | undefined) => void;
}

/** What a worker has done, over all sessions. */
export interface WorkerCounts {
  readonly embedded: number;
  readonly failed: number;
  readonly sessions: number;
}

/** Two, so that one is decoded while the other is in the tower. */
const jobsAtOnce = 2;

const lookMs = 1_000;

/** After so long it is tried again whether a session that was refused can be served. */
const refusedMs = 60_000;
const beatMs = 1_000;

/** So many files in a row that cannot be read are a disk that is not there, and not pictures that are gone. */
const mostUnreachable = 8;

/**
 * Takes jobs of any session on the queue, one session at a time, and embeds their images, until the signal or the idle time ends
 * it. What is under way is finished first.
 * @throws UserError for a queue that cannot be used, and for a root under which nothing can be read
 */
export async function workOnQueue(spec: WorkSpec): Promise<WorkerCounts> {
  const { address, roots, signal, events = {}, idleMs = Number.POSITIVE_INFINITY } = spec;
  // A coordinator's own worker may be started again while Redis is away, which is waited for.
  if (spec.ownSession === undefined) await requireQueue(address);
  const workerId = `${process.pid}-${randomBytes(6).toString("hex")}`;
  const queue = openWorkerQueue(address, workerId, events.onTrouble ?? (() => undefined));
  const counts = { embedded: 0, failed: 0, sessions: 0 };
  const refused = new Map<string, number>();
  const refuse = (id: string, who: string, reason: string) => {
    if (!refused.has(id)) events.onRefused?.(who, reason);
    refused.set(id, performance.now());
  };
  let encoder: Encoder | undefined;
  let idleSince = performance.now();
  let isWaiting = false;
  try {
    while (!signal.aborted && performance.now() - idleSince < idleMs) {
      const session = await untilAborted(
        chooseSession(queue, spec, (id, who, reason) => refuse(id, who, reason), refused),
        signal,
      );
      if (session === undefined) {
        if (spec.ownSession !== undefined) break;
        if (!isWaiting) events.onWaiting?.();
        isWaiting = true;
        await untilAborted(wait(lookMs, undefined, { signal }), signal);
        continue;
      }
      try {
        if (encoder?.identity !== session.encoder.identity) {
          await encoder?.close();
          encoder = undefined;
          encoder = await loadSessionEncoder(session, spec);
        }
      } catch (error) {
        if (!(error instanceof UserError) || spec.ownSession !== undefined) throw error;
        const hint = error.hint === undefined ? "" : ` (${error.hint})`;
        refuse(session.id, `${session.study} of ${session.coordinator}`, `${error.message}${hint}`);
        continue;
      }
      counts.sessions += 1;
      isWaiting = false;
      events.onJoined?.(session);
      await serve(session, encoder, { queue, workerId, roots, signal, counts, spec });
      if (!signal.aborted) events.onLeft?.(session);
      idleSince = performance.now();
    }
    return counts;
  } catch (error) {
    if (signal.aborted && error === signal.reason) return counts;
    throw error;
  } finally {
    await queue.close();
    await encoder?.close();
  }
}

/** The session that has the fewest workers, of those that this worker may work for. */
async function chooseSession(
  queue: WorkerQueue,
  { roots, ownSession }: WorkSpec,
  refuse: (id: string, who: string, reason: string) => void,
  refused: Map<string, number>,
): Promise<QueueSession | undefined> {
  let best: QueueSession | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  const sessions = await queue.sessions();
  const ids = new Set(sessions.map((found) => (found.kind === "unknown" ? found.id : found.session.id)));
  for (const id of refused.keys()) if (!ids.has(id)) refused.delete(id);
  for (const found of sessions) {
    if (found.kind === "unknown") {
      refuse(found.id, found.id, "its coordinator is another version of Clipbook: install the same on both");
      continue;
    }
    const { session } = found;
    if (ownSession !== undefined && session.id !== ownSession) continue;
    const reason = maybeRefusal(
      session,
      roots.map(({ name }) => name),
    );
    if (reason !== undefined) refuse(session.id, `${session.study} of ${session.coordinator}`, reason);
    // A download that broke off may work later.
    if (performance.now() - (refused.get(session.id) ?? Number.NEGATIVE_INFINITY) < refusedMs) continue;
    const workers = await queue.workersIn(session.id);
    if (workers < fewest) [best, fewest] = [session, workers];
  }
  return best;
}

interface Serving {
  readonly queue: WorkerQueue;
  readonly workerId: string;
  readonly roots: readonly Root[];
  readonly signal: AbortSignal;
  readonly counts: { embedded: number; failed: number };
  readonly spec: WorkSpec;
}

/** Works for a session until its coordinator is gone. */
async function serve(session: QueueSession, encoder: Encoder, serving: Serving): Promise<void> {
  const { queue, workerId, roots, signal, counts, spec } = serving;
  const isLocal = spec.ownSession !== undefined;
  const decoders = openDecoders();
  const pool = openViewPool();
  const reader = openJobReader(roots, { isLocal });
  const here = { embedded: 0, failed: 0 };
  const ended = new AbortController();
  let fault: unknown;
  const broken = new AbortController();
  const breakOff = (error: unknown) => {
    fault ??= error;
    broken.abort();
  };
  const work = async (job: QueueJob) => {
    // Others are to have it, and not a worker that is about to end.
    if (fault !== undefined) return undefined;
    // Its coordinator is told; this worker goes on.
    if (job.encoder !== encoder.identity) throw new Error("the job is for another encoder than its session");
    try {
      const result = await embedJob(job, { encoder, decoders, reader, pool, workerId, signal: ended.signal });
      const unread = result.outcomes.find((outcome) => outcome.kind === "unreachable");
      if (unread !== undefined && reader.unreadInRow() >= mostUnreachable && !isLocal) {
        breakOff(nothingThere(unread, roots));
        return undefined;
      }
      for (const outcome of result.outcomes) {
        if (outcome.kind === "embedded") here.embedded += 1;
        if (outcome.kind === "failed") here.failed += 1;
      }
      return result;
    } catch (error) {
      if (!ended.signal.aborted) breakOff(error);
      throw error;
    }
  };
  const name = `${process.pid}@${hostname()}`;
  const reference = vectorsToText(
    await encoder.embedViews(drawTestViews(encoder.viewSpec(session.view).sizePx)),
  );
  const joined = queue.join(session, { isLocal, concurrency: jobsAtOnce, work });
  const told = { embedded: 0, failed: 0 };
  const tell = () => {
    counts.embedded += here.embedded - told.embedded;
    counts.failed += here.failed - told.failed;
    Object.assign(told, here);
    spec.events?.onProgress?.({ ...counts, sessions: 0 });
  };
  let isForced = true;
  try {
    for (let beat = 0; !signal.aborted && fault === undefined; beat++) {
      await untilAborted(joined.beat({ id: workerId, name, isLocal, beat, ...here, reference }), signal);
      tell();
      if (!(await untilAborted(joined.isAlive(), signal))) break;
      await wait(beatMs, undefined, { signal: AbortSignal.any([signal, broken.signal]) }).catch(
        () => undefined,
      );
    }
    // A coordinator that is gone wants no results; whoever interrupts or has a fault finishes what is under way.
    isForced = !signal.aborted && fault === undefined;
  } catch (error) {
    if (!signal.aborted) throw error;
    isForced = false;
  } finally {
    if (isForced) ended.abort(new Error("the session has ended"));
    await joined.leave({ force: isForced });
    ended.abort(new Error("the session has ended"));
    await decoders.close();
    tell();
  }
  if (fault !== undefined) throw fault;
}

function nothingThere({ sentence }: { readonly sentence: string }, roots: readonly Root[]): UserError {
  const places = roots.map(({ name, place }) => `${name}=${place}`).join(", ");
  return new UserError(`${mostUnreachable} files in a row could not be read: ${sentence} (${places})`, {
    hint: "check that the roots hold what they hold on the coordinator, then start the worker again",
  });
}

/** Waits for Redis no longer than the user does. @throws the signal's reason */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
