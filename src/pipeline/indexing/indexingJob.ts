import { UserError } from "../../errors.ts";
import type { Environment } from "../../model/cacheHome.ts";
import { loadEncoder } from "../../model/loadEncoder.ts";
import type { Encoder } from "../../model/openEncoder.ts";
import type { RegisteredModel } from "../../model/registeredModel.ts";
import type { Study } from "../../store/openStudy.ts";
import { type ClassifySpec, classifyUnits } from "../classifyUnits.ts";
import { type LoadedCodebook, loadCodebook } from "../loadCodebook.ts";
import { type Inputs, openInputs } from "../openInputs.ts";
import type { QueueSettings } from "../queue/queueSpec.ts";
import { recordedSettings } from "../recordedSettings.ts";
import { type IndexingSpec, type IndexingState, idleState, isUnderWay, unitsDone } from "./indexingState.ts";
import { createPauseGate } from "./pauseGate.ts";
import { idleQueue, type QueueState, watchedQueue } from "./queueState.ts";
import { type RecentRate, startRecentRate } from "./recentRate.ts";

/** Indexing in the background: one job at a time, which can be watched, paused, and stopped. */
export interface Indexing {
  state(): IndexingState;
  /** Whether a job is under way, or about to be. */
  isBusy(): boolean;
  /**
   * Starts a job; it is under way when this resolves.
   * @throws UserError when one is under way, or for a codebook or inputs that cannot be opened: then none is
   */
  start(spec: IndexingSpec): Promise<void>;
  /** Finishes and stores what is in the tower, then waits. False where nothing runs. */
  pause(): boolean;
  /** False where nothing is paused. */
  resume(): boolean;
  /** Ends the job; finished batches stay stored, and no run is made. False where none is under way. */
  stop(): boolean;
  /** Calls after every change, until the returned function is called. */
  onChange(listener: () => void): () => void;
  /** Stops the job, and resolves when nothing is left of it. No further one can be started. */
  close(): Promise<void>;
  isClosed(): boolean;
}

/** What jobs work with. */
export interface IndexingOptions {
  readonly study: Study;
  readonly codebookPath: string;
  readonly threads?: number | undefined;
  /** Where workers embed the pictures; this process does it itself when absent. The own worker opens each job's model. */
  readonly queue?: QueueSettings | undefined;
  readonly environment?: Environment | undefined;
  /** The models that are known by name. */
  readonly registry?: readonly RegisteredModel[] | undefined;
  readonly now?: () => Date;
  /** Milliseconds, to tell rates. */
  readonly elapsedMs?: () => number;
  /** Told of an error that is Clipbook's own fault. */
  readonly onFault?: ((error: unknown) => void) | undefined;
}

/** So many failed units are listed. */
const mostListed = 100;

/** Indexing of one study; nothing runs yet. */
export function openIndexing(options: IndexingOptions): Indexing {
  const { elapsedMs = () => performance.now() } = options;
  const listeners = new Set<() => void>();
  const idle: IndexingState = { ...idleState, queue: options.queue && idleQueue(options.queue) };
  let state = idle;
  let abort = new AbortController();
  let rate: RecentRate = startRecentRate();
  let working: Promise<void> = Promise.resolve();
  let isClosed = false;
  let isOpening = false;
  const isBusy = () => isOpening || isUnderWay(state);
  const update = (changes: Partial<IndexingState>) => {
    state = { ...state, ...changes };
    for (const listener of listeners) listener();
  };
  const updateQueue = (changes: Partial<QueueState>) => {
    if (state.queue !== undefined) update({ queue: { ...state.queue, ...changes } });
  };
  const gate = createPauseGate(() => {
    if (state.phase === "pausing") update({ phase: "paused", imagesPerSecond: undefined });
  });
  const runAgain = () => {
    rate = startRecentRate();
    rate.add(elapsedMs(), unitsDone(state.progress));
    update({ phase: "running", imagesPerSecond: undefined });
  };
  const watched: Partial<ClassifySpec> = {
    gate,
    onProgress: (progress) => {
      rate.add(elapsedMs(), unitsDone(progress));
      update({ progress, imagesPerSecond: state.phase === "running" ? rate.perSecond() : undefined });
    },
    onFailure: (unit, { code, sentence }) => {
      if (state.failures.length < mostListed)
        update({ failures: [...state.failures, { unit, code, sentence }] });
    },
    onIgnored: ({ ignored, isOwnFolder }) => {
      if (isOwnFolder) update({ leftOut: [...state.leftOut, ignored] });
    },
    onLogitScaling: ({ scale, source }) => {
      if (source === "family default") update({ usualLogitScale: scale });
    },
  };
  const classifyAll = async (spec: IndexingSpec, codebook: LoadedCodebook, inputs: Inputs) => {
    const { signal } = abort;
    const encoder = await openModel(spec, options, signal, update);
    try {
      signal.throwIfAborted();
      update({ phase: "counting", download: undefined, making: undefined });
      const of = await inputs.count(signal);
      signal.throwIfAborted();
      update({ of });
      runAgain();
      const { study } = options;
      const queue = options.queue && watchedQueue(options.queue, spec.model, updateQueue);
      const given = { study, encoder, codebook, inputs, signal, queue, lockWaitMs: 0 };
      return await classifyUnits({ ...classifySpec(spec, options), ...watched, ...given });
    } finally {
      await encoder.close();
    }
  };
  const work = async (spec: IndexingSpec, codebook: LoadedCodebook, inputs: Inputs): Promise<void> => {
    let end: Partial<IndexingState>;
    try {
      const { run, progress } = await classifyAll(spec, codebook, inputs);
      end = { phase: "done", progress, runId: run.id };
    } catch (error) {
      const isStopped = error === abort.signal.reason;
      end = isStopped ? { phase: "stopped" } : { phase: "failed", error };
      if (!isStopped && !(error instanceof UserError)) options.onFault?.(error);
    }
    gate.open();
    await inputs.close();
    updateQueue({ trouble: undefined });
    update({ ...end, imagesPerSecond: undefined, download: undefined, making: undefined });
  };
  return {
    state: () => state,
    isBusy,
    start: async (spec) => {
      if (isClosed || isBusy()) {
        throw new UserError("images are being added already", {
          hint: "wait until that is done, or stop it",
        });
      }
      isOpening = true;
      const opening = openSources(spec, options.codebookPath);
      // Whoever closes waits for this, too.
      working = opening.then(
        ({ inputs }) => (isClosed ? inputs.close() : undefined),
        () => undefined,
      );
      try {
        const { codebook, inputs } = await opening;
        if (isClosed) throw new UserError("the server ends");
        abort = new AbortController();
        update({ ...idle, phase: "opening", job: state.job + 1, spec });
        working = work(spec, codebook, inputs);
      } finally {
        isOpening = false;
      }
    },
    pause: () => {
      if (state.phase !== "running") return false;
      gate.close();
      update({ phase: "pausing" });
      return true;
    },
    resume: () => {
      if (state.phase !== "pausing" && state.phase !== "paused") return false;
      runAgain();
      gate.open();
      return true;
    },
    stop: () => {
      if (!isUnderWay(state)) return false;
      update({ phase: "stopping", imagesPerSecond: undefined });
      abort.abort(new Error("the job was stopped"));
      return true;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      isClosed = true;
      abort.abort(new Error("the server ends"));
      for (const listener of listeners) listener();
      await working;
    },
    isClosed: () => isClosed,
  };
}

/** What can be known to be wrong is told before a job begins. @throws UserError */
async function openSources({ inputs, imageColumn, followOutside }: IndexingSpec, codebookPath: string) {
  const codebook = await loadCodebook(codebookPath);
  return { codebook, inputs: await openInputs(inputs, imageColumn, { followOutside }) };
}

function openModel(
  { model, precision, logitScale, logitBias }: IndexingSpec,
  { threads, environment, registry }: IndexingOptions,
  signal: AbortSignal,
  update: (changes: Partial<IndexingState>) => void,
): Promise<Encoder> {
  return loadEncoder(model, {
    precision,
    signal,
    onProgress: (download) => update({ download }),
    onVariant: ({ graph }) => update({ making: graph }),
    ...(environment !== undefined && { environment }),
    ...(registry !== undefined && { registry }),
    ...(threads !== undefined && { threads }),
    ...(logitScale !== undefined && { logitScale }),
    ...(logitBias !== undefined && { logitBias }),
  });
}

function classifySpec(spec: IndexingSpec, { threads, now }: IndexingOptions) {
  const { scoring, view, maxMegapixels } = spec;
  // As from the command line, where it is given or not.
  const truncate = spec.truncate || undefined;
  const followOutside = spec.followOutside || undefined;
  return {
    scoring,
    settings: recordedSettings({ ...spec, truncate, followOutside, threads }),
    ...(truncate !== undefined && { truncate }),
    ...(view !== undefined && { view }),
    ...(maxMegapixels !== undefined && { maxPixels: Math.max(1, Math.floor(maxMegapixels * 1e6)) }),
    ...(now !== undefined && { clock: now }),
  };
}
