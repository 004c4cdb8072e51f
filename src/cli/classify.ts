import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Scoring } from "../classify.ts";
import { lintCodebook } from "../codebook/lintCodebook.ts";
import { UserError } from "../errors.ts";
import type { View } from "../images/viewGeometry.ts";
import { localIso } from "../localDay.ts";
import type { LogitScaling } from "../model/logitScaling.ts";
import type { Encoder } from "../model/openEncoder.ts";
import type { Precision } from "../model/registeredModel.ts";
import { type Classification, classifyUnits } from "../pipeline/classifyUnits.ts";
import { type LoadedCodebook, loadCodebook } from "../pipeline/loadCodebook.ts";
import { imagesPerCategory } from "../pipeline/makeOverview.ts";
import { type Inputs, openInputs } from "../pipeline/openInputs.ts";
import type { QueueSettings } from "../pipeline/queue/queueSpec.ts";
import { otherNumbersSentence } from "../pipeline/queue/workerBoard.ts";
import type { WorkerShare } from "../pipeline/queue/workerTally.ts";
import { recordedSettings } from "../pipeline/recordedSettings.ts";
import { type RunSummary, summariseRun } from "../pipeline/summariseRun.ts";
import { checkResults, type ResultsSpec } from "../pipeline/writeResults.ts";
import { openStudy, type Study } from "../store/openStudy.ts";
import type { InputTable } from "../tables/inputTable.ts";
import { type TableFormat, tableFormatOf } from "../tables/tableFormat.ts";
import { definedOptions } from "./definedOptions.ts";
import { indexingEvents } from "./indexingEvents.ts";
import { type LeftFiles, startLeftFiles } from "./leftFiles.ts";
import { openModel } from "./openModel.ts";
import { printable } from "./printable.ts";
import { formatCount, startProgressLine } from "./progressLine.ts";
import { openQueue } from "./queueOptions.ts";
import { startQueueProgress } from "./queueProgress.ts";
import { summaryText } from "./summaryText.ts";
import { tellSharedDisk } from "./tellSharedDisk.ts";
import type { Terminal } from "./terminal.ts";
import { writeOutputs } from "./writeOutputs.ts";

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
  readonly followOutside?: boolean;
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
  readonly showPaths?: boolean;
  readonly queue?: string;
  readonly root?: readonly string[];
  readonly work?: boolean;
  readonly jobSize?: number;
  readonly strictNumerics?: boolean;
}

/** What a classification left behind. */
export interface ClassifyOutcome {
  readonly summary: RunSummary;
  /** undefined when it went to stdout. */
  readonly table: string | undefined;
  readonly overview: string | undefined;
}

/** A classification, and who embedded its pictures where they went through a queue. */
interface WatchedClassification extends Classification {
  readonly workers: readonly WorkerShare[] | undefined;
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
  const codebook = await loadStudyCodebook(options);
  warnOfCodebook(codebook, options, terminal);
  const { imageColumn, followOutside } = options;
  const queue = await openQueue(options, terminal);
  const inputs = await openInputs(inputNames, imageColumn, { followOutside });
  const left = startLeftFiles();
  let encoder: Encoder | undefined;
  let study: Study | undefined;
  try {
    const { images: perCategory, seed, sort, showPaths } = options;
    const results = resultsSpec(options, inputs, terminal);
    const { scoring, output } = options;
    // Whatever can be known to fail is told now, not after hours of work.
    await checkResults(
      { codebook: codebook.codebook, scoring },
      output === "-" ? undefined : output,
      results,
    );
    if (options.overview) imagesPerCategory(codebook.codebook.categories.length, perCategory);
    encoder = await openModel(options, terminal);
    study = openStudy(options.study);
    tellSharedDisk(study, terminal);
    const classification = await classifyWithProgress(
      study,
      encoder,
      codebook,
      inputs,
      left,
      queue,
      options,
      terminal,
    );
    const now = new Date();
    const { signal } = terminal;
    const page = {
      ...definedOptions({ perCategory, seed, sort, showPaths }),
      writtenAt: localIso(now),
      signal,
    };
    const outputs = await writeOutputs(study, classification.run, {
      results,
      output: output === "-" ? terminal.stdoutStream : output,
      overview: options.overview ? page : undefined,
      now,
    });
    const outcome = { summary: summariseRun(study, classification.run), ...outputs };
    report(outcome, classification, options, terminal);
    if (options.strictNumerics)
      for (const other of classification.workersRecord?.others ?? [])
        terminal.stderr(`note: ${printable(otherNumbersSentence(other))}\n`);
    for (const note of left.notes()) terminal.stderr(`note: ${note}\n`);
    const { failed, classified } = outcome.summary.counts;
    if (classified === 0) {
      throw new UserError("none of the images could be classified", {
        hint: "the lines above and the results table say why",
      });
    }
    if (options.strict && failed > 0) {
      throw new UserError(`${formatCount(failed)} of the images could not be classified`, {
        hint: "the results table says why in its Error column; leave out --strict to accept it",
      });
    }
    return outcome;
  } finally {
    study?.close();
    await encoder?.close();
    await inputs.close();
  }
}

/** The codebook that was named, or the study's. @throws UserError that tells of a codebook in the current folder where the study has none */
export async function loadStudyCodebook({
  codebook,
  study,
}: Pick<ClassifyOptions, "codebook" | "study">): Promise<LoadedCodebook> {
  if (codebook !== undefined) return loadCodebook(codebook);
  const path = join(study, "codebook.yaml");
  if (!existsSync(path) && existsSync("codebook.yaml")) {
    throw new UserError(`${path}: the study has no codebook, and only there it is looked for`, {
      hint: "take the one of this folder with --codebook codebook.yaml, or copy it into the study",
    });
  }
  return loadCodebook(path);
}

function resultsSpec(
  options: ClassifyOptions,
  { table, imageColumn }: Inputs,
  terminal: Terminal,
): ResultsSpec {
  const { output, columnName, top, allScores, json } = options;
  if (json && output === "-") {
    throw new UserError("--json and --output - both want stdout", { hint: "name a file with --output" });
  }
  const { signal } = terminal;
  return { format: outputFormat(options, table), table, imageColumn, columnName, top, allScores, signal };
}

/** Says on stderr that a codebook has weak points, if it has. */
export function warnOfCodebook(
  codebook: LoadedCodebook,
  { scoring }: Pick<ClassifyOptions, "scoring">,
  terminal: Terminal,
): void {
  const count = lintCodebook(codebook, { scoring }).length;
  if (count === 0) return;
  const what = count === 1 ? "a weak point" : `${count} weak points`;
  terminal.stderr(
    `note: ${printable(codebook.file)} has ${what}, see: clipbook check ${printable(codebook.file)}\n`,
  );
}

/** Says on stderr that the logit scale is only the usual one, if it is. */
export function tellUsualScale(model: string, { scale, source }: LogitScaling, terminal: Terminal): void {
  if (source !== "family default") return;
  terminal.stderr(
    `note: nothing tells the logit scale of ${printable(model)}; ${scale}, as in OpenAI's CLIP models, is used ` +
      "(set another with --logit-scale)\n",
  );
}

async function classifyWithProgress(
  study: Study,
  encoder: Encoder,
  codebook: LoadedCodebook,
  inputs: Inputs,
  left: LeftFiles,
  queue: QueueSettings | undefined,
  options: ClassifyOptions,
  terminal: Terminal,
): Promise<WatchedClassification> {
  const { signal } = terminal;
  const { view, batchSize, maxMegapixels } = options;
  const line = startProgressLine("classifying", await inputs.count(signal), terminal);
  const live = queue && startQueueProgress(line, terminal);
  try {
    const classification = await classifyUnits({
      study,
      encoder,
      codebook,
      inputs,
      signal,
      queue: queue && { ...queue, ...live?.events },
      scoring: options.scoring,
      ...definedOptions({
        view,
        batchSize,
        maxPixels: maxMegapixels && Math.max(1, Math.floor(maxMegapixels * 1e6)),
      }),
      truncate: options.truncate ?? false,
      settings: recordedSettings(options),
      onLogitScaling: (scaling) => tellUsualScale(encoder.name, scaling, terminal),
      ...indexingEvents("classify", line, live, left, terminal),
    });
    return { ...classification, workers: live?.shares() };
  } finally {
    line.clear();
    live?.end();
  }
}

/** The table's format: by the output's name, else the input table's own, else CSV. */
function outputFormat({ output }: ClassifyOptions, table: InputTable | undefined): TableFormat {
  const like = table?.format;
  if (output === "-" || output === undefined)
    return like && output !== "-" ? like : tableFormatOf("x.csv", like);
  return tableFormatOf(output, like);
}

/** What of a run had to be computed: people want to see that a changed phrase costs no pictures. */
function effort(embedded: number): string {
  if (embedded === 0) return "every picture was known already";
  return `${formatCount(embedded)} ${embedded === 1 ? "picture was" : "pictures were"} new`;
}

function report(
  { summary, table, overview }: ClassifyOutcome,
  { progress, openedTowers, run, workers }: WatchedClassification,
  options: ClassifyOptions,
  terminal: Terminal,
): void {
  if (options.json) {
    const { embedded } = progress;
    const answer = { ...summary, table, overview, embedded, openedTowers, startedAt: run.startedAt, workers };
    terminal.stdout(`${JSON.stringify(answer, undefined, 2)}\n`);
    return;
  }
  const files = [
    ...(table === undefined ? [] : [`results   ${printable(table)}`]),
    ...(overview === undefined ? [] : [`overview  ${printable(overview)}`]),
    `study     ${printable(join(options.study, "clipbook.db"))} (run ${summary.runId}: ${effort(progress.embedded)})`,
  ];
  // With the table on stdout the summary must not end up in it.
  const write = table === undefined ? terminal.stderr : terminal.stdout;
  write(`${summaryText(summary)}\n${files.join("\n")}\n`);
}
