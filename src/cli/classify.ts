import { statSync } from "node:fs";
import { join } from "node:path";
import type { Scoring } from "../classify.ts";
import { lintCodebook } from "../codebook/lintCodebook.ts";
import { UserError } from "../errors.ts";
import type { View } from "../images/viewGeometry.ts";
import { loadEncoder } from "../model/loadEncoder.ts";
import type { Encoder } from "../model/openEncoder.ts";
import type { Precision } from "../model/registeredModel.ts";
import { type Classification, classifyUnits } from "../pipeline/classifyUnits.ts";
import { removeReserved, reserveNames, writeWhole } from "../pipeline/freeName.ts";
import { type LoadedCodebook, loadCodebook } from "../pipeline/loadCodebook.ts";
import { makeOverview } from "../pipeline/makeOverview.ts";
import { type Inputs, openInputs } from "../pipeline/openInputs.ts";
import { type RunSummary, summariseRun } from "../pipeline/summariseRun.ts";
import { writeResults } from "../pipeline/writeResults.ts";
import { renderOverview } from "../report/renderOverview.tsx";
import { openStudy, type Study } from "../store/openStudy.ts";
import { maybeTableFormat, type TableFormat, tableFormatOf } from "../tables/tableFormat.ts";
import { startDownloadLine } from "./downloadLine.ts";
import { given } from "./given.ts";
import { localDay, localIso } from "./localDay.ts";
import { printable } from "./printable.ts";
import { formatCount, startProgressLine } from "./progressLine.ts";
import { summaryText } from "./summaryText.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook classify`, as commander hands them over. */
export interface ClassifyOptions {
  readonly codebook?: string;
  readonly study: string;
  readonly model: string;
  readonly precision: Precision;
  readonly output?: string;
  readonly top?: number;
  readonly allScores?: boolean;
  readonly scoring: Scoring;
  readonly view?: View;
  readonly columnName: string;
  readonly imageColumn?: string;
  readonly truncate?: boolean;
  readonly logitScale?: number;
  readonly logitBias?: number;
  readonly batchSize?: number;
  readonly threads?: number;
  readonly maxMegapixels?: number;
  readonly overview: boolean;
  readonly strict?: boolean;
  readonly json?: boolean;
  readonly images?: number;
  readonly seed?: number;
  readonly sort?: "probability" | "margin" | "name" | "random";
}

/** What a classification left behind. */
export interface ClassifyOutcome {
  readonly summary: RunSummary;
  readonly table: string;
  readonly overview: string | undefined;
}

/**
 * `clipbook classify`: results table, overview page and summary.
 * @throws UserError for whatever the user can mend, and with `--strict` when an image could not be classified
 */
export async function runClassify(
  inputNames: readonly string[],
  options: ClassifyOptions,
  terminal: Terminal,
): Promise<ClassifyOutcome> {
  const codebook = await loadCodebook(options.codebook ?? join(options.study, "codebook.yaml"));
  warnOfCodebook(codebook, options, terminal);
  const inputs = await openInputs(inputNames, options.imageColumn);
  try {
    const format = outputFormat(options, inputs);
    const encoder = await openModel(options, terminal);
    const study = openStudy(options.study);
    try {
      const classification = await classifyWithProgress(study, encoder, codebook, inputs, options, terminal);
      const outcome = await writeOutputs(study, classification, inputs, format, options, terminal);
      report(outcome, classification, options, terminal);
      const { failed } = outcome.summary.counts;
      if (options.strict && failed > 0) {
        throw new UserError(`${formatCount(failed)} of the images could not be classified`, {
          hint: "the results table says why in its Error column; leave out --strict to accept it",
        });
      }
      return outcome;
    } finally {
      study.close();
      await encoder.close();
    }
  } finally {
    await inputs.close();
  }
}

function warnOfCodebook(codebook: LoadedCodebook, { scoring }: ClassifyOptions, terminal: Terminal): void {
  const count = lintCodebook(codebook, { scoring }).length;
  if (count === 0) return;
  const what = count === 1 ? "a weak point" : `${count} weak points`;
  terminal.stderr(`note: ${codebook.file} has ${what}, see: clipbook check ${codebook.file}\n`);
}

async function openModel(options: ClassifyOptions, terminal: Terminal): Promise<Encoder> {
  const download = startDownloadLine(terminal);
  const { threads, logitScale, logitBias } = options;
  const encoder = await loadEncoder(options.model, {
    precision: options.precision,
    environment: terminal.environment,
    signal: terminal.signal,
    onProgress: download.onProgress,
    ...given({ threads, logitScale, logitBias }),
  }).finally(download.clear);
  const { scale, source } = await encoder.logitScaling();
  if (source === "family default") {
    terminal.stderr(
      `note: nothing tells the logit scale of ${encoder.name}; ${scale}, as in OpenAI's CLIP models, is used ` +
        "(set another with --logit-scale)\n",
    );
  }
  return encoder;
}

async function classifyWithProgress(
  study: Study,
  encoder: Encoder,
  codebook: LoadedCodebook,
  inputs: Inputs,
  options: ClassifyOptions,
  terminal: Terminal,
): Promise<Classification> {
  const { signal } = terminal;
  const { view, batchSize, maxMegapixels } = options;
  const line = startProgressLine("classifying", await inputs.count(signal), terminal);
  try {
    return await classifyUnits({
      study,
      encoder,
      codebook,
      inputs,
      signal,
      scoring: options.scoring,
      ...given({ view, batchSize, maxPixels: maxMegapixels && Math.floor(maxMegapixels * 1e6) }),
      truncate: options.truncate ?? false,
      settings: recordedSettings(options),
      onProgress: ({ units, failed }) =>
        line.update(units, failed > 0 ? `${formatCount(failed)} failed` : ""),
      onFailure: (unit, { code, sentence }) => {
        line.clear();
        terminal.stderr(`${printable(unit)}: ${code}: ${sentence}\n`);
      },
    });
  } finally {
    line.clear();
  }
}

function recordedSettings(options: ClassifyOptions): Record<string, string | number | boolean> {
  const { batchSize, threads, maxMegapixels, truncate } = options;
  return given({ batchSize, threads, maxMegapixels, truncate }) as Record<string, string | number | boolean>;
}

/** The table's format: by the output's name, else the input table's own, else CSV. */
function outputFormat({ output }: ClassifyOptions, inputs: Inputs): TableFormat {
  const like = inputs.table?.format;
  if (output === "-" || output === undefined)
    return like && output !== "-" ? like : tableFormatOf("x.csv", like);
  const format = tableFormatOf(output, like);
  if (inputs.table !== undefined && isSameFile(output, inputs.table.path)) {
    throw new UserError(`${output}: this is the input, and it is not overwritten`, {
      hint: "name another file with --output",
    });
  }
  return format;
}

/** Also by another spelling or through a link. */
function isSameFile(output: string, input: string): boolean {
  const found = statSync(output, { throwIfNoEntry: false, bigint: true });
  const { dev, ino } = statSync(input, { bigint: true });
  return found !== undefined && found.dev === dev && found.ino === ino;
}

async function writeOutputs(
  study: Study,
  { run }: Classification,
  inputs: Inputs,
  format: TableFormat,
  options: ClassifyOptions,
  terminal: Terminal,
): Promise<ClassifyOutcome> {
  const now = new Date();
  const { signal } = terminal;
  const endings = [
    ...(options.output === undefined ? [tableEnding(format)] : []),
    ...(options.overview ? [".html"] : []),
  ];
  const reserved = await reserveNames(study.directory, `${localDay(now)}-CLIP-Classification`, endings);
  try {
    const table = options.output ?? (reserved[0] as string);
    const target = table === "-" ? terminal.stdoutStream : table;
    await writeResults(study, run, target, {
      format,
      table: inputs.table,
      imageColumn: inputs.imageColumn,
      columnName: options.columnName,
      top: options.top,
      allScores: options.allScores,
      signal,
    });
    const overview = options.overview ? (reserved.at(-1) as string) : undefined;
    if (overview !== undefined) {
      const { images, seed, sort } = options;
      const page = await makeOverview(study, run, {
        ...given({ perCategory: images, seed, sort }),
        writtenAt: localIso(now),
        signal,
      });
      await writeWhole(overview, renderOverview(page));
    }
    return { summary: summariseRun(study, run), table, overview };
  } catch (error) {
    await removeReserved(reserved);
    throw error;
  }
}

function tableEnding(format: TableFormat): string {
  const ending = `.${format.kind}`;
  if (maybeTableFormat(`x${ending}`) === undefined) throw new RangeError(`no ending for ${format.kind}`);
  return ending;
}

function report(
  { summary, table, overview }: ClassifyOutcome,
  { progress, openedTowers, run }: Classification,
  options: ClassifyOptions,
  terminal: Terminal,
): void {
  if (options.json) {
    const { embedded } = progress;
    const answer = { ...summary, table, overview, embedded, openedTowers, startedAt: run.startedAt };
    terminal.stdout(`${JSON.stringify(answer, undefined, 2)}\n`);
    return;
  }
  const files = [
    ...(table === "-" ? [] : [`results   ${printable(table)}`]),
    ...(overview === undefined ? [] : [`overview  ${printable(overview)}`]),
    `study     ${printable(join(options.study, "clipbook.db"))} (run ${summary.runId})`,
  ];
  // With the table on stdout the summary must not end up in it.
  const write = table === "-" ? terminal.stderr : terminal.stdout;
  write(`${summaryText(summary)}\n${files.join("\n")}\n`);
}
