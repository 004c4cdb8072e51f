import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Codebook } from "../codebook/codebook.ts";
import { openRunSummaries, type RunSummaries } from "./runSummaries.ts";

/** Everything that decides a run's answers, and what a method section says about it. */
export interface RunSpec {
  /** ISO 8601. */
  readonly startedAt: string;
  /** `pid@host` of the process that writes the run. */
  readonly writer: string;
  readonly codebookFile: string;
  readonly codebookText: string;
  readonly codebook: Codebook;
  readonly encoderId: number;
  /** The registry's id or the folder's name. */
  readonly modelName: string;
  /** Where on the Hub it came from; undefined for a folder. */
  readonly repository: string | undefined;
  readonly revision: string | undefined;
  readonly view: string;
  readonly scoring: "max" | "sum" | "mean";
  readonly probabilityKind: "softmax" | "sigmoid";
  readonly logitScale: number;
  readonly logitBias: number;
  readonly logitSource: string;
  /** Phrases that were longer than the model's context and lost their end, by the user's leave. */
  readonly truncatedPhrases: number;
  /** What else was set: inputs, batch size, threads, ... */
  readonly settings: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly versions: readonly { readonly name: string; readonly version: string }[];
}

/** A stored run; immutable once it has `completedAt`. */
export interface Run extends RunSpec {
  readonly id: number;
  readonly completedAt: string | undefined;
  /** Files in the input folders that are no pictures. */
  readonly ignoredFiles: number;
}

/** What is classified: `rowNumber` is 0 for an image file, else the table's row from 1. */
export interface UnitRecord {
  readonly name: string;
  readonly path: string;
  readonly rowNumber: number;
}

/** Why a unit has no image. */
export interface UnitFailure {
  readonly code: string;
  readonly sentence: string;
}

/** A unit's image, or why it has none. */
export type UnitOutcome = { readonly imageId: number } | { readonly failure: UnitFailure };

/** A run's answer for one unit: indices into the codebook's categories and phrases, probabilities 0..1. */
export interface Prediction {
  readonly category: number;
  readonly phrase: number;
  readonly probability: number;
  /** The best of the other categories; undefined in a codebook of one category. */
  readonly runnerUp:
    | { readonly category: number; readonly phrase: number; readonly probability: number }
    | undefined;
}

/** One row of a run, in the results table's order. */
export interface RunRow {
  readonly position: number;
  readonly unit: UnitRecord;
  readonly imageId: number | undefined;
  readonly prediction: Prediction | undefined;
  readonly failure: UnitFailure | undefined;
}

/** The study's runs and their predictions. */
export interface RunStore extends RunSummaries {
  start(spec: RunSpec): number;
  /** Adds units at the positions from `from` on. */
  addUnits(
    runId: number,
    from: number,
    units: readonly (readonly [unit: UnitRecord, outcome: UnitOutcome])[],
  ): void;
  /**
   * Adds an earlier run's units, images and failures at the positions from `from` on, at most `limit`; how many there were.
   */
  copyUnits(runId: number, earlierRunId: number, from: number, limit: number): number;
  /** Units with an image, in order from `from` on: their positions, and the image of each. */
  imagesOf(
    runId: number,
    from: number,
    limit: number,
  ): { readonly positions: readonly number[]; readonly imageIds: readonly number[] };
  savePrediction(runId: number, position: number, prediction: Prediction): void;
  /** Adds to the settings of a run what is known only later; what has the same name is replaced. */
  addSettings(runId: number, settings: RunSpec["settings"]): void;
  complete(runId: number, completedAt: string, ignoredFiles: number): void;
  /** Removes a run that was never completed. @throws RangeError for a completed one */
  removeUnfinished(runId: number): void;
  unfinished(): readonly { readonly id: number; readonly writer: string }[];
  /** The logit scale and bias that an encoder's own graph or folder told an earlier run. */
  maybeModelScaling(encoderId: number): { readonly scale: number; readonly bias: number } | undefined;
  /** All completed runs, the oldest first. */
  list(): readonly Run[];
  maybeNewest(): Run | undefined;
  maybeGet(runId: number): Run | undefined;
  /** All rows of a run in order. */
  rows(runId: number): IterableIterator<RunRow>;
  row(runId: number, position: number): RunRow;
}

/** Rows that are read at once. */
const rowsAtOnce = 4096;

const rowColumns = `
  p.position, p.image_id, p.category, p.phrase, p.probability, p.runner_up_category, p.runner_up_phrase,
  p.runner_up_probability, p.failure_code, p.failure_sentence, u.name, u.path, u.row_number
  FROM prediction AS p JOIN unit AS u ON u.id = p.unit_id`;

/** @throws Error of SQLite */
export function openRunStore(database: DatabaseSync): RunStore {
  const insertRun = database.prepare(`
    INSERT INTO run (started_at, writer, codebook_file, codebook_text, codebook, encoder_id, model_name, repository, revision, view, scoring,
      probability_kind, logit_scale, logit_bias, logit_source, truncated_phrases, settings, versions)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`);
  // Statements for many units at once, as JSON [path, name, row, image, code, sentence]: twice as fast as one by one.
  const insertUnits = database.prepare(`
    INSERT INTO unit (path, name, row_number) SELECT value->>0, value->>1, value->>2 FROM json_each(?) WHERE true
    ON CONFLICT DO NOTHING`);
  const insertPredictions = database.prepare(`
    INSERT INTO prediction (run_id, position, unit_id, image_id, failure_code, failure_sentence)
    SELECT ?, ? + j.key, u.id, j.value->>3, j.value->>4, j.value->>5 FROM json_each(?) AS j
    JOIN unit AS u ON u.path = j.value->>0 AND u.name = j.value->>1 AND u.row_number = j.value->>2`);
  const copyPredictions = database.prepare(`
    INSERT INTO prediction (run_id, position, unit_id, image_id, failure_code, failure_sentence)
    SELECT ?, position, unit_id, image_id, failure_code, failure_sentence FROM prediction
    WHERE run_id = ? AND position >= ? ORDER BY position LIMIT ?`);
  const removePredictions = database.prepare("DELETE FROM prediction WHERE run_id = ? AND position >= ?");
  const withImage = database.prepare(`
    SELECT position, image_id FROM prediction
    WHERE run_id = ? AND position >= ? AND image_id IS NOT NULL ORDER BY position LIMIT ?`);
  withImage.setReturnArrays(true);
  const update = database.prepare(`
    UPDATE prediction SET category = ?, phrase = ?, probability = ?,
      runner_up_category = ?, runner_up_phrase = ?, runner_up_probability = ?
    WHERE run_id = ? AND position = ?`);
  const setComplete = database.prepare("UPDATE run SET completed_at = ?, ignored_files = ? WHERE id = ?");
  const addSettings = database.prepare("UPDATE run SET settings = json_patch(settings, ?) WHERE id = ?");
  const remove = database.prepare("DELETE FROM run WHERE id = ? AND completed_at IS NULL");
  const listUnfinished = database.prepare("SELECT id, writer FROM run WHERE completed_at IS NULL");
  const modelScaling = database.prepare(`
    SELECT logit_scale AS scale, logit_bias AS bias FROM run
    WHERE encoder_id = ? AND logit_source = 'model' AND completed_at IS NOT NULL ORDER BY id DESC LIMIT 1`);
  const listRuns = database.prepare("SELECT * FROM run WHERE completed_at IS NOT NULL ORDER BY id");
  const newest = database.prepare(
    "SELECT * FROM run WHERE completed_at IS NOT NULL ORDER BY id DESC LIMIT 1",
  );
  const byId = database.prepare("SELECT * FROM run WHERE id = ? AND completed_at IS NOT NULL");
  const someRows = database.prepare(
    `SELECT ${rowColumns} WHERE p.run_id = ? AND p.position >= ? ORDER BY p.position LIMIT ?`,
  );
  const oneRow = database.prepare(`SELECT ${rowColumns} WHERE p.run_id = ? AND p.position = ?`);
  return {
    ...openRunSummaries(database),
    start: (spec) => {
      const row = insertRun.get(
        spec.startedAt,
        spec.writer,
        spec.codebookFile,
        spec.codebookText,
        JSON.stringify(spec.codebook),
        spec.encoderId,
        spec.modelName,
        spec.repository ?? null,
        spec.revision ?? null,
        spec.view,
        spec.scoring,
        spec.probabilityKind,
        spec.logitScale,
        spec.logitBias,
        spec.logitSource,
        spec.truncatedPhrases,
        JSON.stringify(spec.settings),
        JSON.stringify(spec.versions),
      );
      return (row as { id: number }).id;
    },
    addUnits: (runId, from, units) => {
      const rows = JSON.stringify(
        units.map(([{ path, name, rowNumber }, outcome]) => {
          const failure = "failure" in outcome ? outcome.failure : undefined;
          const imageId = "imageId" in outcome ? outcome.imageId : null;
          return [
            path.toWellFormed(),
            name.toWellFormed(),
            rowNumber,
            imageId,
            failure?.code ?? null,
            failure?.sentence ?? null,
          ];
        }),
      );
      // Mostly all units are known from an earlier run, and need not be looked for first.
      if (insertPredictions.run(runId, from, rows).changes === units.length) return;
      removePredictions.run(runId, from);
      insertUnits.run(rows);
      const { changes } = insertPredictions.run(runId, from, rows);
      if (changes !== units.length) throw new RangeError(`${changes} of ${units.length} units were stored`);
    },
    copyUnits: (runId, earlierRunId, from, limit) =>
      Number(copyPredictions.run(runId, earlierRunId, from, limit).changes),
    imagesOf: (runId, from, limit) => {
      const rows = withImage.all(runId, from, limit) as unknown as [number, number][];
      return { positions: rows.map(([position]) => position), imageIds: rows.map(([, imageId]) => imageId) };
    },
    savePrediction: (runId, position, { category, phrase, probability, runnerUp }) => {
      update.run(
        category,
        phrase,
        probability,
        runnerUp?.category ?? null,
        runnerUp?.phrase ?? null,
        runnerUp?.probability ?? null,
        runId,
        position,
      );
    },
    addSettings: (runId, settings) => {
      addSettings.run(JSON.stringify(settings), runId);
    },
    complete: (runId, completedAt, ignoredFiles) => {
      setComplete.run(completedAt, ignoredFiles, runId);
    },
    removeUnfinished: (runId) => {
      if (remove.run(runId).changes === 0) throw new RangeError(`run ${runId} is not there or is complete`);
    },
    unfinished: () => listUnfinished.all() as { id: number; writer: string }[],
    maybeModelScaling: (encoderId) =>
      modelScaling.get(encoderId) as { scale: number; bias: number } | undefined,
    list: () => listRuns.all().map(toRun),
    maybeNewest: () => maybeRun(newest.get()),
    maybeGet: (runId) => maybeRun(byId.get(runId)),
    *rows(runId) {
      // In parts: a statement that is open for as long as a download takes would fail with the first write that is undone.
      for (let from = 0; ; ) {
        const rows = someRows.all(runId, from, rowsAtOnce);
        for (const row of rows) yield toRunRow(row);
        if (rows.length < rowsAtOnce) return;
        from = (rows.at(-1)?.position as number) + 1;
      }
    },
    row: (runId, position) => {
      const row = oneRow.get(runId, position);
      if (row === undefined) throw new RangeError(`run ${runId} has no row ${position}`);
      return toRunRow(row);
    },
  };
}

type SqlRow = Record<string, SQLOutputValue>;

function maybeRun(row: SqlRow | undefined): Run | undefined {
  return row === undefined ? undefined : toRun(row);
}

function toRun(row: SqlRow): Run {
  return {
    id: row.id as number,
    startedAt: row.started_at as string,
    completedAt: (row.completed_at as string | null) ?? undefined,
    writer: row.writer as string,
    codebookFile: row.codebook_file as string,
    codebookText: row.codebook_text as string,
    codebook: JSON.parse(row.codebook as string) as Codebook,
    encoderId: row.encoder_id as number,
    modelName: row.model_name as string,
    repository: (row.repository as string | null) ?? undefined,
    revision: (row.revision as string | null) ?? undefined,
    view: row.view as string,
    scoring: row.scoring as RunSpec["scoring"],
    probabilityKind: row.probability_kind as RunSpec["probabilityKind"],
    logitScale: row.logit_scale as number,
    logitBias: row.logit_bias as number,
    logitSource: row.logit_source as string,
    truncatedPhrases: row.truncated_phrases as number,
    ignoredFiles: row.ignored_files as number,
    settings: JSON.parse(row.settings as string) as RunSpec["settings"],
    versions: JSON.parse(row.versions as string) as RunSpec["versions"],
  };
}

/** A prediction from the columns of `prediction`, of a unit that has one. */
export function toPrediction(row: SqlRow): Prediction {
  return {
    category: row.category as number,
    phrase: row.phrase as number,
    probability: row.probability as number,
    runnerUp:
      row.runner_up_category === null
        ? undefined
        : {
            category: row.runner_up_category as number,
            phrase: row.runner_up_phrase as number,
            probability: row.runner_up_probability as number,
          },
  };
}

/** A row of a run from the columns of `prediction` and its unit's `name`, `path` and `row_number`. */
export function toRunRow(row: SqlRow): RunRow {
  return {
    position: row.position as number,
    unit: { name: row.name as string, path: row.path as string, rowNumber: row.row_number as number },
    imageId: (row.image_id as number | null) ?? undefined,
    prediction: row.category === null ? undefined : toPrediction(row),
    failure:
      row.failure_code === null
        ? undefined
        : { code: row.failure_code as string, sentence: row.failure_sentence as string },
  };
}
