import { createHash, randomBytes } from "node:crypto";
import { realpathSync } from "node:fs";
import { hostname } from "node:os";
import { basename, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Embeddings, embeddingAt } from "../../embeddings.ts";
import { UserError } from "../../errors.ts";
import type { View } from "../../images/viewGeometry.ts";
import { type Encoder, preprocessingVersion } from "../../model/openEncoder.ts";
import { openCoordinatorQueue, studyMarkBytes } from "../../queue/coordinatorQueue.ts";
import type { JobResult, JobUnit, UnitResult } from "../../queue/jobForms.ts";
import { requireQueue } from "../../queue/queueConnection.ts";
import type { QueueSession } from "../../queue/sessionForm.ts";
import { vectorsFromText } from "../../queue/vectorText.ts";
import { version } from "../../version.ts";
import { createLedger, type Sent } from "./jobLedger.ts";
import { startLocalWorker } from "./localWorker.ts";
import type { QueueSpec } from "./queueSpec.ts";
import { ownRootName, requireDistinct } from "./roots.ts";
import { openWorkerBoard, otherNumbersSentence, type WorkersRecord } from "./workerBoard.ts";
import { openWorkerTally } from "./workerTally.ts";

/** An image that came back from a worker. */
export interface Answered {
  readonly unit: JobUnit;
  readonly end:
    | (Extract<UnitResult, { kind: "embedded" }> & { readonly vector: Float32Array })
    | Extract<UnitResult, { kind: "failed" }>;
}

/** Gives images to workers, sees to it that each one comes back, and keeps only so many out at once. */
export interface Dispatcher {
  /** Resolves when the images are in the queue, which may have to get room first. @throws what made the work impossible */
  send(units: readonly JobUnit[]): Promise<void>;
  /** Resolves when something has come back, or a second later, or at once where nothing is out. @throws what made the work impossible */
  progress(): Promise<void>;
  /** Images that are out. */
  out(): number;
  /** Who has worked so far, those included that came just now. */
  workers(): Promise<WorkersRecord>;
  /** Lets workers begin no further job, or lets them again. @throws what made the work impossible */
  hold(isHeld: boolean): Promise<void>;
  /** Whether a worker is at a job, or has answered and that is not stored yet. @throws what made the work impossible */
  isUnderWay(): Promise<boolean>;
  close(): Promise<void>;
}

/** What a dispatcher is opened with. */
export interface DispatchSpec {
  readonly queue: QueueSpec;
  readonly studyFolder: string;
  readonly encoder: Encoder;
  readonly view: View;
  readonly maxPixels: number;
  readonly signal: AbortSignal | undefined;
  /** Numbers of an embedding; undefined while the study has none of this encoder. */
  readonly dim: () => number | undefined;
  /** Stores what came back; its error ends the work. */
  readonly onAnswers: (answers: readonly Answered[]) => void;
}

/**
 * So many images are in Redis at most, as jobs or as results: with the longest embeddings in use, of 1,152 numbers, they take less
 * than 180 MB there, 9,000 bytes for each.
 */
const mostOut = 20_000;

/** How often workers and failed jobs are looked at, and how often it is asked whether Redis still has what was put there. */
const lookMs = 1_000;
const looksPerCheck = 5;

/** How long the last look at who works may take. */
const lastLookMs = 2_000;

/** Opens a session on the queue. @throws UserError for a queue that cannot be used */
export async function openDispatcher(spec: DispatchSpec): Promise<Dispatcher> {
  const { queue: queueSpec, encoder, view, maxPixels, signal } = spec;
  const { address, roots, localWorker, onNote = () => undefined } = queueSpec;
  requireDistinct(roots);
  await requireQueue(address);
  const session = describeSession(spec);
  const ledger = createLedger({ hasLocalWorker: localWorker !== undefined });
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  let came = Promise.withResolvers<void>();
  const tellCame = () => {
    came.resolve();
    came = Promise.withResolvers<void>();
  };
  const abort = () => failed.reject(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  signal?.throwIfAborted();

  const take = async (result: JobResult): Promise<void> => {
    // Before its job is looked up: while this waits, the job may be taken for lost, and given out again.
    if (!tally.knows(result.worker)) await seeWorkers();
    const sent = ledger.find(result.job);
    // Done by another worker meanwhile: this one was thought to be lost.
    if (sent === undefined) return;
    const vectors = maybeVectors(result, sent, spec.dim());
    if (vectors === undefined) {
      onNote(`a worker (${result.worker}) answered with what is no embedding: its job is given out again`);
      await put(ledger.failedOf(sent, "answered with what is no embedding"));
      return;
    }
    tally.add(result.worker, result.outcomes);
    const { answers, again } = ledger.settle(sent, result.outcomes);
    let row = 0;
    const rowOf = result.outcomes.map(({ kind }) => (kind === "embedded" ? row++ : -1));
    spec.onAnswers(
      answers.map(({ unit, index, end }) =>
        end.kind === "embedded"
          ? { unit, end: { ...end, vector: embeddingAt(vectors, rowOf[index] as number) } }
          : { unit, end },
      ),
    );
    await put(again);
    tellCame();
  };
  let isToldOfOthers = false;
  const queue = await openCoordinatorQueue(address, session, {
    onResult: take,
    onFault: (error) => failed.reject(error),
    onRefused: (why) => {
      // Whoever writes there could write for ever.
      if (!isToldOfOthers)
        onNote(`something came back from the queue that is no result, and is left out: ${why}`);
      isToldOfOthers = true;
    },
    onTrouble: (reason) => {
      queueSpec.onTrouble?.(reason);
      onNote(
        reason === undefined
          ? "Redis is there again: the work goes on"
          : `Redis cannot be reached (${reason}): waiting for it`,
      );
    },
  });
  let isClosed = false;
  const put = async (jobs: readonly Sent[]): Promise<void> => {
    for (const { id, place, units, deaths } of jobs) {
      // Nothing may come into a queue that is being taken away.
      if (isClosed) return;
      const job = { encoder: encoder.identity, view, maxPixels, units: [...units] };
      await queue.add(id, job, { place, isAlone: deaths > 0 });
    }
  };
  const board = openWorkerBoard({
    onJoined: (name) => onNote(`worker ${name} has joined`),
    onLost: (name, id) => {
      onNote(`worker ${name} has left`);
      // It is told by the next look where Redis is away.
      void queue.forget(id).catch(() => undefined);
    },
    onOtherNumbers: (other) => {
      if (queueSpec.isStrictAboutNumbers) onNote(otherNumbersSentence(other));
    },
  });
  const tally = openWorkerTally();
  const seeWorkers = async () => {
    const beats = await queue.workers();
    tally.see(beats);
    board.update(beats, performance.now());
    const lines = board.lines();
    queueSpec.onWorkers?.(lines);
    return lines;
  };
  let looks = 0;
  let alone = 0;
  /** Without any worker for so many looks, people are told: half the time after which one counts as lost. */
  const looksAlone = Math.ceil(address.lockMs / 2 / lookMs);
  const look = async () => {
    const lines = await seeWorkers();
    alone = lines.length > 0 || ledger.size() === 0 ? 0 : alone + 1;
    if (alone === looksAlone)
      onNote(`no worker is there: start one with clipbook worker --queue ${address.shown}`);
    for (const { id, isStalled, isBegun, reason } of await queue.takeFailed()) {
      const sent = ledger.find(id);
      if (sent === undefined) continue;
      const count = sent.units.length;
      if (isStalled && isBegun && sent.deaths === 0)
        onNote(`a worker was lost with ${count} ${count === 1 ? "picture" : "pictures"}: given out again`);
      await put(isStalled ? ledger.lostOf(sent, isBegun) : ledger.failedOf(sent, reason));
    }
    const { again, poison } = ledger.decide();
    if (poison.length > 0) {
      spec.onAnswers(poison);
      tellCame();
    }
    await put(again);
    if (++looks % looksPerCheck === 0) {
      // A Redis that was started anew knows nothing of it.
      if (isHeld) await queue.hold(true);
      const missing = await queue.missing(ledger.inRedis().map(({ id, place }) => [id, place]));
      // Asked afterwards: a job that is not there any more may have its result among those that wait. And missing twice: the
      // first time it may just be on its way.
      if ((await queue.resultsWaiting()) === 0) await put(ledger.missedAgain(missing));
    }
  };
  let isHeld = false;
  let looking: Promise<void> = Promise.resolve();
  const lookOn = () => {
    looking = look().catch((error) => {
      if (!isClosed) failed.reject(error);
    });
    void looking.then(() => {
      tellCame();
      if (!isClosed) timer = setTimeout(lookOn, lookMs);
    });
  };
  let timer = setTimeout(lookOn, 0);
  const local =
    localWorker &&
    startLocalWorker(
      { address, roots, session: session.id, model: localWorker.model, threads: localWorker.threads },
      localWorker.environment ?? process.env,
      {
        onFault: (error) => failed.reject(error),
        onKilled: (how) => onNote(`the own worker was ended by ${how}: it is started again`),
      },
    );
  const orFailure = <T>(work: Promise<T>): Promise<T> => Promise.race([work, failed.promise]);
  return {
    send: async (units) => {
      while (ledger.size() + units.length > (queueSpec.mostOut ?? mostOut) && ledger.size() > 0)
        await orFailure(came.promise);
      await orFailure(put(ledger.send(units)));
    },
    progress: async () => {
      if (ledger.size() > 0) await orFailure(came.promise);
    },
    out: () => ledger.size(),
    workers: async () => {
      const seen = seeWorkers();
      seen.catch(() => undefined);
      // Everything is stored: a Redis that is gone just now is not waited for.
      await Promise.race([seen, wait(lastLookMs, undefined, { ref: false })]);
      return board.record();
    },
    hold: (held) => {
      isHeld = held;
      return orFailure(queue.hold(held));
    },
    isUnderWay: async () => ledger.size() > 0 && (await orFailure(queue.underWay())) > 0,
    close: async () => {
      isClosed = true;
      signal?.removeEventListener("abort", abort);
      clearTimeout(timer);
      // What the own worker finishes is still taken, and nothing is written behind the end.
      await Promise.all([
        local?.close(),
        Promise.race([looking, wait(lastLookMs, undefined, { ref: false })]),
      ]);
      await queue.close();
      queueSpec.onShares?.(tally.shares());
    },
  };
}

function describeSession({ queue, studyFolder, encoder, view, maxPixels }: DispatchSpec): QueueSession {
  return {
    id: `${studyMark(studyFolder)}${randomBytes(8 - studyMarkBytes).toString("hex")}`,
    clipbookVersion: version,
    preprocessingVersion,
    study: basename(resolve(studyFolder)),
    coordinator: `${process.pid}@${hostname()}`,
    encoder: {
      identity: encoder.identity,
      model: encoder.name,
      precision: encoder.precision,
      files: encoder.model.files.map(({ name, sha256 }) => ({ name, sha256 })),
    },
    view,
    maxPixels,
    roots: queue.roots.map(({ name }) => name),
    lockMs: queue.address.lockMs,
  };
}

/** Begins a session's id: who comes after a coordinator that was killed knows by it what that one left behind. */
function studyMark(folder: string): string {
  const place = `${hostname()}\0${realpathSync(folder)}`;
  return createHash("sha256")
    .update(place)
    .digest("hex")
    .slice(0, 2 * studyMarkBytes);
}

/** A result's vectors; undefined where it has other outcomes than the job has units, or vectors that are none. */
function maybeVectors(
  { outcomes, vectors }: JobResult,
  { units }: Sent,
  dim: number | undefined,
): Embeddings | undefined {
  if (outcomes.length !== units.length) return undefined;
  try {
    return vectorsFromText(vectors, outcomes.filter(({ kind }) => kind === "embedded").length, dim);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** @throws UserError for a file that no worker could find */
export function requireRoot(unit: JobUnit, path: string, { localWorker }: QueueSpec): void {
  if (unit.root !== ownRootName || localWorker !== undefined) return;
  throw new UserError(`${path} lies under no --root, so that no worker can find it`, {
    hint: "name the folder that holds all pictures: --root NAME=FOLDER, here and for each worker",
  });
}
