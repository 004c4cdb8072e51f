import { statSync } from "node:fs";
import { dirname } from "node:path";
import type { Writable } from "node:stream";
import { type Candidate, topCandidates, type UnitScores } from "../classify.ts";
import { codebookPhrases } from "../codebook/codebook.ts";
import { UserError } from "../errors.ts";
import type { Study } from "../store/openStudy.ts";
import type { Prediction, Run, RunRow } from "../store/runStore.ts";
import type { InputRow, InputTable } from "../tables/inputTable.ts";
import { checkFileSink } from "../tables/outputSink.ts";
import { checkOutputTable, type OutputRow } from "../tables/outputTable.ts";
import type { OwnCell, OwnColumn } from "../tables/ownColumn.ts";
import type { TableFormat } from "../tables/tableFormat.ts";
import { writeTable } from "../tables/writeTable.ts";
import { classifierOfRun } from "./classifierOfRun.ts";
import { requireReplaceable } from "./replaceable.ts";
import { cosineBlocks } from "./scoreRun.ts";

/** Which columns the results table gets. */
export interface ResultsSpec {
  readonly format: TableFormat;
  /** The user's table that was classified; its columns come first, untouched. */
  readonly table?: InputTable | undefined;
  /** Its column that holds the images. */
  readonly imageColumn?: string | undefined;
  /** Prefix of Clipbook's columns. */
  readonly columnName?: string | undefined;
  /** The best answers as `X_1, X_label_1, X_prob_1, X_2, ...` instead of the one best. */
  readonly top?: number | undefined;
  /** A column more for every probability that was compared. */
  readonly allScores?: boolean | undefined;
  /** Which predictions are not believed; not together with `top` and `allScores`. */
  readonly withholding?: Withholding | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Units whose prediction is replaced; a column more has the category that the run gave them. */
export interface Withholding {
  /** The category that they get. */
  readonly residual: string;
  isKept(prediction: Prediction): boolean;
}

/** Prefix of Clipbook's columns unless told otherwise. */
export const defaultColumnName = "Classification";

/**
 * Checks what can be known of a results table before hours of work: its columns, and where it goes.
 * @param target the table's file; undefined for a new name or a stream
 * @throws UserError for a column name that is taken, a folder that is not there or may not be written, the input table as
 * output, or any file that is no earlier results table
 */
export async function checkResults(
  run: Pick<Run, "codebook" | "scoring">,
  target: string | undefined,
  spec: ResultsSpec,
): Promise<void> {
  const { columns } = resultsLayout(run, spec, true);
  checkOutputTable({ format: spec.format, input: spec.table, own: columns });
  if (target === undefined) return;
  if (!statSync(dirname(target), { throwIfNoEntry: false })?.isDirectory()) {
    throw new UserError(`${target}: its folder does not exist`, { hint: "make the folder first" });
  }
  if (spec.table !== undefined && isSameFile(target, spec.table.path)) {
    throw new UserError(`${target}: this is the input, and it is not overwritten`, {
      hint: "name another file for the results",
    });
  }
  const { columns: own } = resultsLayout(run, spec, false);
  await requireReplaceable(target, [own.at(0)?.name ?? "", own.at(-1)?.name ?? ""]);
  await checkFileSink(target);
}

/** Also by another spelling or through a link. */
function isSameFile(target: string, input: string): boolean {
  const found = statSync(target, { throwIfNoEntry: false, bigint: true });
  const { dev, ino } = statSync(input, { bigint: true });
  return found !== undefined && found.dev === dev && found.ino === ino;
}

/**
 * Writes a run's results table, one row per unit in the run's order; memory does not grow with it.
 * @throws UserError for a column name that is taken, a table that changed since it was classified, or a disk's fault
 */
export async function writeResults(
  study: Study,
  run: Run,
  target: string | Writable,
  spec: ResultsSpec,
): Promise<void> {
  await checkResults(run, typeof target === "string" ? target : undefined, spec);
  const layout = resultsLayout(run, spec, study.runs.counts(run.id).failed > 0);
  await writeTable(
    target,
    { format: spec.format, input: spec.table, own: layout.columns },
    joinedRows(study, run, layout, spec.table),
    { signal: spec.signal },
  );
}

interface ResultsLayout {
  readonly columns: readonly OwnColumn[];
  readonly needsScores: boolean;
  cells(row: RunRow, scores: UnitScores | undefined): readonly OwnCell[];
}

function resultsLayout(
  run: Pick<Run, "codebook" | "scoring">,
  spec: ResultsSpec,
  hasFailures: boolean,
): ResultsLayout {
  checkImageColumn(spec);
  const { codebook, scoring } = run;
  const phrases = codebookPhrases(codebook);
  const possible = scoring === "max" ? phrases.length : codebook.categories.length;
  if (spec.top !== undefined && (!Number.isSafeInteger(spec.top) || spec.top < 1)) {
    throw new RangeError(`the best ${spec.top} answers`);
  }
  if (spec.top !== undefined && spec.top > possible) {
    throw new UserError(`the best ${spec.top} answers are asked for, but there are only ${possible}`, {
      hint: `give --top ${possible} or less`,
    });
  }
  const prefix = spec.columnName ?? defaultColumnName;
  // A table whose image column is already called Image needs no second one.
  const ownImage = spec.imageColumn === "Image" ? [] : [text("Image")];
  const answers = spec.top === undefined ? 1 : spec.top;
  const answerColumns =
    spec.top === undefined
      ? [text(prefix), text(`${prefix} Label`), probability(`${prefix} Probability`)]
      : Array.from({ length: answers }, (_, i) => [
          text(`${prefix}_${i + 1}`),
          text(`${prefix}_label_${i + 1}`),
          probability(`${prefix}_prob_${i + 1}`),
        ]).flat();
  const compared =
    scoring === "max" ? phrases.map((phrase) => phrase.text) : codebook.categories.map(({ name }) => name);
  const scoreColumns = spec.allScores
    ? compared.map((name) => probability(`${prefix} Probability: ${name}`))
    : [];
  const { withholding } = spec;
  if (withholding !== undefined && (spec.top !== undefined || spec.allScores))
    throw new RangeError("withheld predictions beside other scores");
  const withheldColumns = withholding === undefined ? [] : [text(`${prefix} Withheld`)];
  const errorColumns = hasFailures ? [text(`${prefix} Error`)] : [];
  const answerCells = (candidate: Candidate | undefined, residual?: string): readonly OwnCell[] =>
    candidate === undefined
      ? [undefined, undefined, undefined]
      : [
          residual ?? codebook.categories[candidate.category]?.name,
          phrases[candidate.phrase]?.text,
          candidate.probability * 100,
        ];
  return {
    columns: [...ownImage, ...answerColumns, ...scoreColumns, ...withheldColumns, ...errorColumns],
    needsScores: spec.top !== undefined || spec.allScores === true,
    cells: ({ unit, prediction, failure }, scores) => {
      const candidates =
        spec.top === undefined || scores === undefined
          ? [prediction]
          : topCandidates(scores, phrases, scoring, answers);
      const residual =
        prediction === undefined || withholding?.isKept(prediction) !== false
          ? undefined
          : withholding.residual;
      const probabilities =
        scores && (scoring === "max" ? scores.phraseProbabilities : scores.categoryProbabilities);
      return [
        ...ownImage.map(() => unit.name),
        ...Array.from({ length: answers }, (_, i) => answerCells(candidates[i], residual)).flat(),
        ...scoreColumns.map((_, i) => (probabilities ? (probabilities[i] as number) * 100 : undefined)),
        ...withheldColumns.map(() => residual && codebook.categories[prediction?.category ?? -1]?.name),
        ...errorColumns.map(() => failure && `${failure.code}: ${failure.sentence}`),
      ];
    },
  };
}

/** `--column-name` does not change the name of this one. */
function checkImageColumn({ table, imageColumn }: ResultsSpec): void {
  if (imageColumn === "Image" || !table?.columns.includes("Image")) return;
  throw new UserError(
    `${table.path}: Clipbook would write "Image", but the table has such a column already`,
    {
      hint: "rename it in the table, or say that it holds the images with --image-column Image",
    },
  );
}

function text(name: string): OwnColumn {
  return { name, kind: "text" };
}

function probability(name: string): OwnColumn {
  return { name, kind: "probability" };
}

async function* joinedRows(
  study: Study,
  run: Run,
  layout: ResultsLayout,
  table: InputTable | undefined,
): AsyncGenerator<OutputRow> {
  const scores = layout.needsScores ? scoresByPosition(study, run) : undefined;
  const inputRows = table?.rows()[Symbol.asyncIterator]();
  try {
    for (const row of study.runs.rows(run.id)) {
      const input = inputRows && (await nextInputRow(inputRows, row, table as InputTable));
      const rowScores = row.prediction && scores && (await scores.at(row.position));
      yield { input, own: layout.cells(row, rowScores) };
    }
    if (inputRows && !(await inputRows.next()).done) throw changedTable(table as InputTable);
  } finally {
    // Close the table's file and the matrix product also where the writing ends early.
    await inputRows?.return?.();
    await scores?.close();
  }
}

async function nextInputRow(
  rows: AsyncIterator<InputRow>,
  row: RunRow,
  table: InputTable,
): Promise<InputRow> {
  const next = await rows.next();
  if (next.done || next.value.number !== row.unit.rowNumber) throw changedTable(table);
  return next.value;
}

function changedTable(table: InputTable): UserError {
  return new UserError(`${table.path}: the table changed while it was classified`, {
    hint: "run the same command again",
  });
}

interface PositionScores {
  /** The positions asked for must ascend. */
  at(position: number): Promise<UnitScores | undefined>;
  close(): Promise<void>;
}

/** Scores by position, computed a block at a time. */
function scoresByPosition(study: Study, run: Run): PositionScores {
  const classifier = classifierOfRun(study, run);
  const blocks = cosineBlocks(study, run.id, run, classifier);
  let block = new Map<number, UnitScores>();
  return {
    at: async (position) => {
      while (!block.has(position)) {
        const next = await blocks.next();
        if (next.done) return undefined;
        const scores = classifier.scoresOf(next.value.cosines);
        block = new Map(next.value.positions.map((at, i) => [at, scores[i] as UnitScores]));
      }
      return block.get(position);
    },
    close: async () => {
      await blocks.return(undefined);
    },
  };
}
