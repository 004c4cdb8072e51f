import { UserError } from "../errors.ts";
import type { AbstentionScore } from "../pipeline/evaluation/abstentionOf.ts";
import {
  type ChosenThreshold,
  type ChosenThresholds,
  chooseThresholds,
  fewestCoded,
  requireEnoughCoded,
  requireResidual,
} from "../pipeline/evaluation/chooseThresholds.ts";
import { readCodedSample } from "../pipeline/evaluation/codedSample.ts";
import { postStratifiedResponse } from "../pipeline/evaluation/postStratifiedResponse.ts";
import { readFrameUnits } from "../pipeline/evaluation/readFrameUnits.ts";
import { responseDesign } from "../pipeline/evaluation/responseDesign.ts";
import { type KeptUnits, writePredictions } from "../pipeline/evaluation/writePredictions.ts";
import { openSample, requireOpenable } from "../pipeline/samples/openSample.ts";
import { requireSample } from "../pipeline/samples/requireSample.ts";
import { maybeTableOfRun } from "../pipeline/tableOfRun.ts";
import { checkResults, type ResultsSpec } from "../pipeline/writeResults.ts";
import { openStudy, type Study } from "../store/openStudy.ts";
import type { Run } from "../store/runStore.ts";
import { tableFormatOf } from "../tables/tableFormat.ts";
import type { GoldRule } from "../validation/goldStandard.ts";
import { chooseRun } from "./chooseRun.ts";
import { printable } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook export predictions`, as commander hands them over. */
export interface ExportPredictionsOptions {
  readonly study: string;
  readonly run?: number;
  readonly sample?: string;
  readonly gold?: GoldRule;
  /** Percent. */
  readonly atPrecision: number;
  readonly score: AbstentionScore;
  readonly perCategory?: boolean;
  readonly lowerBound?: boolean;
  readonly residual?: string;
  /** False: without the columns of the table that was classified. */
  readonly columns: boolean;
  readonly columnName?: string;
  readonly output: string;
  readonly json?: boolean;
}

/**
 * `clipbook export predictions`: a run's results table in which only those predictions stand that reach a precision.
 * @throws UserError for a precision that no threshold reaches, a sealed sample, and a table that cannot be written
 */
export async function runExportPredictions(
  options: ExportPredictionsOptions,
  terminal: Terminal,
): Promise<void> {
  const study = openStudy(options.study, { mustExist: true });
  try {
    const sample = requireSample(study, options.sample);
    const run = chooseRun(study, options.run ?? sample.runId);
    requireResidual(run, options.residual);
    const results = await resultsSpec(study, run, options, terminal.signal);
    requireOpenable(study, sample, [run]);
    const coded = readCodedSample(study, sample, run, options.gold);
    const { score } = options;
    const response = postStratifiedResponse(
      responseDesign(coded, "collection"),
      (await readFrameUnits(study, sample, run, terminal.signal)).sizes,
    );
    requireEnoughCoded(response);
    // Only now: what fails before shows nobody anything. A precision that no threshold reaches does: the best one is named.
    openSample(study, sample, [run], "export predictions", new Date().toISOString());
    const chosen = chooseThresholds(run, response, {
      score,
      target: options.atPrecision / 100,
      isPerCategory: options.perCategory === true,
      byLowerBound: options.lowerBound === true,
      residual: options.residual,
      seed: sample.seed,
    });
    const units = await writePredictions(study, run, options.output, { ...results, chosen, score });
    if (options.json) {
      const { residual, thresholds } = chosen;
      const answer = {
        runId: run.id,
        sample: sample.name,
        score,
        residual,
        thresholds,
        ...units,
        output: options.output,
      };
      terminal.stdout(`${JSON.stringify(answer)}\n`);
      return;
    }
    terminal.stderr(summaryOf(chosen, options, units));
    terminal.stdout(`${printable(options.output)}\n`);
  } finally {
    study.close();
  }
}

async function resultsSpec(
  study: Study,
  run: Run,
  { output, columns, columnName }: ExportPredictionsOptions,
  signal: AbortSignal,
): Promise<ResultsSpec> {
  const found = columns ? await maybeTableOfRun(study, run) : undefined;
  if (found !== undefined && "problem" in found) {
    throw new UserError(`the table that was classified cannot be used any more: ${found.problem}`, {
      hint: "put it back as it was, or leave its columns out with --no-columns",
    });
  }
  const format = tableFormatOf(output, found?.table.format);
  const spec = { format, table: found?.table, imageColumn: found?.imageColumn, columnName, signal };
  // Before the sample is opened: an output that cannot be written is no look at the results.
  await checkResults(run, output, { ...spec, withholding: { residual: "", isKept: () => true } });
  return spec;
}

function summaryOf(
  { residual, thresholds }: ChosenThresholds,
  { score, lowerBound }: ExportPredictionsOptions,
  { classified, kept }: KeptUnits,
): string {
  const share = classified === 0 ? "" : ` (${percent(kept / classified)})`;
  return [
    ...thresholds.map((chosen) => thresholdLine(chosen, score)),
    ...(lowerBound === true
      ? []
      : [
          "note: the interval takes the threshold as given, and is too narrow with few coded images; --lower-bound is on the safe side",
        ]),
    `kept ${kept} of ${classified} classified units${share}; the others are "${printable(residual)}"`,
    "",
  ].join("\n");
}

function thresholdLine(
  { category, threshold, coded, precision, coverage, best }: ChosenThreshold,
  score: AbstentionScore,
): string {
  const name = category === undefined ? "" : `${printable(category)}: `;
  if (threshold === undefined) {
    if (coded > 0 && coded < fewestCoded)
      return `${name}too few coded images to choose a threshold (${coded}; ${fewestCoded} are the least): all are withheld`;
    const reached =
      best === undefined ? "none of its images is coded" : `the best is ${percent(best.precision)}`;
    return `${name}no threshold reaches it (${reached}): all are withheld`;
  }
  const interval =
    precision?.interval === undefined
      ? ""
      : ` [${percent(precision.interval.low)}, ${percent(precision.interval.high)}]`;
  const found =
    precision?.value === undefined
      ? `not known (${precision?.why})`
      : `${percent(precision.value)}${interval}`;
  return `${name}${score} from ${scoreText(threshold)} on; precision, cross-validated: ${found}; coverage ${percent(coverage as number)}`;
}

/** As results tables have probabilities. */
function scoreText(threshold: number): string {
  return (threshold * 100).toFixed(2);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
