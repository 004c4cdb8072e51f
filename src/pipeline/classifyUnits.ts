import { type Scoring, scorings } from "../classify.ts";
import { UserError } from "../errors.ts";
import type { Decoders } from "../images/decoding/openDecoders.ts";
import type { IgnoredFile } from "../images/unit.ts";
import { type View, views } from "../images/viewGeometry.ts";
import type { LogitScaling } from "../model/logitScaling.ts";
import type { Encoder } from "../model/openEncoder.ts";
import type { Study } from "../store/openStudy.ts";
import type { Run, RunSpec } from "../store/runStore.ts";
import { describeRun } from "./describeRun.ts";
import { embedPhrases } from "./embedPhrases.ts";
import { type IndexOptions, type IndexProgress, indexImages } from "./indexImages.ts";
import type { PauseGate } from "./indexing/pauseGate.ts";
import type { LoadedCodebook } from "./loadCodebook.ts";
import type { Inputs } from "./openInputs.ts";
import { queueImages } from "./queue/queueImages.ts";
import { defaultJobSize, type QueueSpec } from "./queue/queueSpec.ts";
import type { WorkersRecord } from "./queue/workerBoard.ts";
import { requirePhraseLengths } from "./requirePhraseLengths.ts";
import { removeInterruptedRuns, storeRun, type UnstoredRun } from "./storeRun.ts";

/** What to classify, with what, and how. */
export interface ClassifySpec {
  readonly study: Study;
  readonly encoder: Encoder;
  readonly codebook: LoadedCodebook;
  readonly inputs: Inputs;
  readonly scoring?: Scoring;
  /** By default the view that the model was trained with. */
  readonly view?: View;
  readonly batchSize?: number;
  readonly maxPixels?: number;
  /** By default the process's own. */
  readonly decoders?: Decoders;
  /** Where workers embed the pictures; this process does it itself when absent. */
  readonly queue?: QueueSpec | undefined;
  /** Accepts phrases that are longer than the model's context; they lose their end. */
  readonly truncate?: boolean;
  /** Further settings to be recorded with the run. */
  readonly settings?: RunSpec["settings"];
  /** How long to wait for another process that holds the study, with the whole thread: a server passes 0. */
  readonly lockWaitMs?: number;
  readonly signal?: AbortSignal;
  /** Where the user can make it pause; the study stays held meanwhile. */
  readonly gate?: PauseGate;
  readonly onProgress?: (progress: IndexProgress) => void;
  /** Called before anything is computed: where the logit scale comes from is something to tell. */
  readonly onLogitScaling?: (scaling: LogitScaling) => void;
  /** Called for each file that is no picture, and for a folder below the inputs whose pictures Clipbook made itself. */
  readonly onIgnored?: (file: IgnoredFile) => void;
  /** Called for each unit that cannot be classified, in order. */
  readonly onFailure?: (unit: string, failure: { readonly code: string; readonly sentence: string }) => void;
  readonly clock?: () => Date;
}

/** A finished classification. */
export interface Classification {
  readonly run: Run;
  readonly progress: IndexProgress;
  /** The towers that had to be opened: none where everything was stored. */
  readonly openedTowers: readonly ("image" | "text")[];
  /** Who worked, where pictures went through a queue. */
  readonly workersRecord: WorkersRecord | undefined;
}

/**
 * Classifies units and stores the run. Only pictures and phrases that the study has not met before go through a tower.
 * @throws UserError for a phrase that is too long, a study that another process writes to or that cannot be written
 * @throws RangeError for a scoring, view, batch size or limit that does not exist
 * @throws the signal's reason when aborted; finished batches are stored and the next run continues from there
 */
export async function classifyUnits(spec: ClassifySpec): Promise<Classification> {
  requireSound(spec);
  const lock = spec.study.lock(spec.lockWaitMs);
  try {
    return await classifyLocked(spec);
  } finally {
    lock.release();
  }
}

/** What types cannot hold back in plain JavaScript. @throws RangeError */
function requireSound({ scoring, view, batchSize = 1, maxPixels = 1 }: ClassifySpec): void {
  if (scoring !== undefined && !scorings.includes(scoring))
    throw new RangeError(`there is no scoring "${scoring}"`);
  if (view !== undefined && !views.includes(view)) throw new RangeError(`there is no view "${view}"`);
  if (!Number.isSafeInteger(batchSize) || batchSize < 1)
    throw new RangeError(`a batch of ${batchSize} pictures`);
  if (!(maxPixels > 0)) throw new RangeError(`a limit of ${maxPixels} pixels`);
}

async function classifyLocked(spec: ClassifySpec): Promise<Classification> {
  const { study, encoder, inputs, scoring = "max", view = encoder.view } = spec;
  const { codebook } = spec.codebook;
  const truncatedPhrases = requirePhraseLengths(spec.codebook, encoder, spec.truncate ?? false);
  removeInterruptedRuns(study);
  // Every write is a transaction of the study's: it waits its turn, and its failures are explained to the user.
  const encoderId = study.transaction(() => study.embeddings.encoderId(encoderRecord(encoder)));
  const runSpec = await describeRun({
    study,
    encoder,
    encoderId,
    codebook: spec.codebook,
    view,
    scoring,
    truncatedPhrases,
    settings: {
      ...(encoder.model.registered?.caveat && { aboutTheModel: encoder.model.registered.caveat }),
      inputs: inputs.names,
      ...spec.settings,
    },
    onLogitScaling: spec.onLogitScaling,
  });
  // While the text tower opens, known files can be looked up; beside the image tower it would only take memory.
  const phrasesEmbedded = embedPhrases(study, encoder, encoderId, codebook).then(() =>
    encoder.closeTextTower(),
  );
  try {
    return await indexAndScore(spec, runSpec, phrasesEmbedded);
  } finally {
    // Whatever failed: the study is not given back while this may still write to it. It has failed itself where it is awaited.
    await phrasesEmbedded.catch(() => undefined);
  }
}

async function indexAndScore(
  spec: ClassifySpec,
  runSpec: UnstoredRun,
  phrasesEmbedded: Promise<void>,
): Promise<Classification> {
  const { study, encoder, inputs, view = encoder.view, signal, clock = () => new Date() } = spec;
  let workersRecord: WorkersRecord | undefined;
  let progress: IndexProgress = { units: 0, embedded: 0, failed: 0, ignored: 0 };
  const addUnits = async (runId: number): Promise<number> => {
    let position = 0;
    const options = {
      ...spec,
      now: () => clock().getTime(),
      encoderId: runSpec.encoderId,
      view,
      ready: phrasesEmbedded,
      onUnits: (units: Parameters<IndexOptions["onUnits"]>[0]) => {
        study.runs.addUnits(runId, position, units);
        position += units.length;
        for (const [{ name, rowNumber }, outcome] of units) {
          if ("failure" in outcome)
            spec.onFailure?.(name === "" ? `row ${rowNumber}` : name, outcome.failure);
        }
      },
    };
    const { queue } = spec;
    if (queue === undefined) progress = await indexImages(study, encoder, inputs.units(signal), options);
    else {
      ({ workers: workersRecord, ...progress } = await queueImages(study, encoder, inputs.units(signal), {
        ...options,
        queue,
      }));
      const record = queueSettings(workersRecord, queue);
      study.transaction(() => study.runs.addSettings(runId, record));
    }
    if (position === 0) {
      study.transaction(() => study.runs.removeUnfinished(runId));
      throw noUnits(inputs, progress.ignored);
    }
    await phrasesEmbedded;
    return progress.ignored;
  };
  const run = await storeRun(study, runSpec, { addUnits, signal, clock });
  return { run, progress, openedTowers: encoder.openedTowers(), workersRecord };
}

/** What a run records of the workers on a queue: their number, not their names. */
function queueSettings(
  { workers, machines, areSameBits }: WorkersRecord,
  { jobSize = defaultJobSize }: QueueSpec,
): RunSpec["settings"] {
  return {
    workers,
    workerMachines: machines,
    jobSize,
    ...(areSameBits !== undefined && { workersGiveSameBits: areSameBits }),
  };
}

/** What the study notes of an encoder. */
export function encoderRecord(encoder: Encoder) {
  const { identity, family, precision, model } = encoder;
  return {
    identity,
    family,
    precision,
    files: model.files.map(({ name, bytes, sha256, madeFrom }) => ({
      name,
      bytes,
      sha256,
      ...(madeFrom && { madeFrom }),
    })),
  };
}

/** The error for inputs without a single unit. @param ignored files that are no pictures */
export function noUnits(inputs: Inputs, ignored: number): UserError {
  const where = inputs.names.join(", ");
  if (inputs.table)
    return new UserError(`${where}: the table has no rows`, { hint: "check that it was saved whole" });
  const others = ignored > 0 ? ` (${ignored} other ${ignored === 1 ? "file" : "files"})` : "";
  return new UserError(`${where}: there are no pictures here${others}`, {
    hint: "name a folder with JPEG, PNG, WebP, GIF, TIFF, AVIF or BMP files",
  });
}
