import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { basename, resolve } from "node:path";
import { type Embeddings, embeddingAt } from "../../embeddings.ts";
import { UserError } from "../../errors.ts";
import type { View } from "../../images/viewGeometry.ts";
import { type Encoder, preprocessingVersion } from "../../model/openEncoder.ts";
import { openCoordinatorQueue } from "../../queue/coordinatorQueue.ts";
import type { JobResult, JobUnit, UnitResult } from "../../queue/jobForms.ts";
import { requireQueue } from "../../queue/queueConnection.ts";
import type { QueueSession } from "../../queue/sessionForm.ts";
import { vectorsFromText } from "../../queue/vectorText.ts";
import { version } from "../../version.ts";
import { createLedger, type Sent } from "./jobLedger.ts";
import { startLocalWorker } from "./localWorker.ts";
import type { QueueSpec } from "./queueSpec.ts";
import { ownRootName, requireDistinct } from "./roots.ts";
import { openWorkerBoard } from "./workerBoard.ts";
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
  /** Stores what came back; its error ends the work. */
  readonly onAnswers: (answers: readonly Answered[]) => void;
}

/**
 * So many images are in Redis at most, as jobs or as results: with the longest embeddings in use, of 1,152 numbers, they take
 * about 130 MB there.
 */
const mostOut = 20_000;

/** How often workers and failed jobs are looked at, and how often it is asked whether Redis still has what was put there. */
const lookMs = 1_000;
const looksPerCheck = 5;

/** Without any worker for so many looks, people are told. */
const looksAlone = 15;

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
    const sent = ledger.find(result.job);
    // Done by another worker meanwhile: this one was thought to be lost.
    if (sent === undefined) return;
    const vectors = maybeVectors(result, sent);
    if (vectors === undefined) {
      onNote(`a worker (${result.worker}) answered with what is no embedding: its job is given out again`);
      await put(ledger.failedOf(sent, "answered with what is no embedding"));
      return;
    }
    if (!tally.knows(result.worker)) await seeWorkers();
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
  const queue = await openCoordinatorQueue(address, session, {
    onResult: take,
    onFault: (error) => failed.reject(error),
    onTrouble: (reason) => {
      queueSpec.onTrouble?.(reason);
      onNote(
        reason === undefined
          ? "Redis is there again: the work goes on"
          : `Redis cannot be reached (${reason}): waiting for it`,
      );
    },
  });
  const put = async (jobs: readonly Sent[]): Promise<void> => {
    for (const { id, place, units } of jobs)
      await queue.add(id, { encoder: encoder.identity, view, maxPixels, units: [...units] }, place);
  };
  const board = openWorkerBoard({
    onJoined: (name) => onNote(`worker ${name} has joined`),
    onLost: (name) => onNote(`worker ${name} has left`),
    onOtherNumbers: (name, first, cosine) => {
      if (!queueSpec.isStrictAboutNumbers) return;
      onNote(
        `the processor of ${name} gives other embeddings than that of ${first} (cosine ${cosine.toFixed(6)} on a reference picture): results hang on who embeds a picture`,
      );
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
  const look = async () => {
    const lines = await seeWorkers();
    alone = lines.length > 0 || ledger.size() === 0 ? 0 : alone + 1;
    if (alone === looksAlone)
      onNote(`no worker is there: start one with clipbook worker --queue ${address.shown}`);
    for (const { id, isStalled, reason } of await queue.takeFailed()) {
      const sent = ledger.find(id);
      if (sent === undefined) continue;
      const { again, poison } = isStalled
        ? ledger.lostOf(sent)
        : { again: ledger.failedOf(sent, reason), poison: [] };
      if (poison.length > 0) {
        spec.onAnswers(poison);
        tellCame();
      }
      await put(again);
    }
    if (++looks % looksPerCheck === 0) {
      // A Redis that was started anew knows nothing of it.
      if (isHeld) await queue.hold(true);
      // Missing twice: the first time its result may just be on its way.
      await put(ledger.missedAgain(await queue.missing(ledger.all().map(({ id, place }) => [id, place]))));
    }
  };
  let isHeld = false;
  let isClosed = false;
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
      while (ledger.size() + units.length > mostOut && ledger.size() > 0) await orFailure(came.promise);
      await orFailure(put(ledger.send(units)));
    },
    progress: async () => {
      if (ledger.size() > 0) await orFailure(came.promise);
    },
    out: () => ledger.size(),
    hold: (held) => {
      isHeld = held;
      return orFailure(queue.hold(held));
    },
    isUnderWay: async () => ledger.size() > 0 && (await orFailure(queue.underWay())) > 0,
    close: async () => {
      isClosed = true;
      signal?.removeEventListener("abort", abort);
      clearTimeout(timer);
      await Promise.all([local?.close(), queue.close()]);
      queueSpec.onShares?.(tally.shares());
    },
  };
}

function describeSession({ queue, studyFolder, encoder, view, maxPixels }: DispatchSpec): QueueSession {
  return {
    id: randomBytes(8).toString("hex"),
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

/** A result's vectors; undefined where it has other outcomes than the job has units, or vectors that are none. */
function maybeVectors({ outcomes, vectors }: JobResult, { units }: Sent): Embeddings | undefined {
  if (outcomes.length !== units.length) return undefined;
  try {
    return vectorsFromText(vectors, outcomes.filter(({ kind }) => kind === "embedded").length);
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
