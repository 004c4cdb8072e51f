import { readCodedSample } from "../pipeline/evaluation/codedSample.ts";
import { readFrameUnits } from "../pipeline/evaluation/readFrameUnits.ts";
import { columnsOf, type RegressionSpec, regress } from "../pipeline/evaluation/regress.ts";
import { parseTerm } from "../pipeline/evaluation/regressionTerms.ts";
import { readUserColumns } from "../pipeline/evaluation/userColumns.ts";
import { checkRegressionTable, writeRegression } from "../pipeline/evaluation/writeRegression.ts";
import { openSample, requireOpenable } from "../pipeline/samples/openSample.ts";
import { requireSample } from "../pipeline/samples/requireSample.ts";
import type { RegressionModel } from "../stats/regression/regressionRow.ts";
import { openStudy } from "../store/openStudy.ts";
import { tableFormatOf } from "../tables/tableFormat.ts";
import type { GoldRule } from "../validation/goldStandard.ts";
import { chooseRun } from "./chooseRun.ts";
import { printable } from "./printable.ts";
import { regressionText } from "./regressionText.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook regress`, as commander hands them over. */
export interface RegressOptions {
  readonly study: string;
  readonly run?: number;
  readonly sample?: string;
  readonly gold?: GoldRule;
  readonly outcome: string;
  readonly on: readonly string[];
  readonly family: RegressionModel;
  readonly cluster?: string;
  readonly missing?: readonly string[];
  readonly output?: string;
  readonly json?: boolean;
}

/**
 * `clipbook regress`: a regression on the user's columns and the categories, right for what coders would have said.
 * @throws UserError for columns, categories or samples that there are not, a sealed sample, and a regression without a solution
 */
export async function runRegress(options: RegressOptions, terminal: Terminal): Promise<void> {
  const { output, json } = options;
  const format = output === undefined ? undefined : tableFormatOf(output);
  const study = openStudy(options.study, { mustExist: true });
  try {
    const sample = requireSample(study, options.sample);
    const run = chooseRun(study, options.run ?? sample.runId);
    const spec: RegressionSpec = {
      outcome: parseTerm(run, options.outcome),
      on: options.on.map((text) => parseTerm(run, text)),
      model: options.family,
      cluster: options.cluster,
      missing: options.missing,
    };
    if (output !== undefined) await checkRegressionTable(output);
    requireOpenable(study, sample, [run]);
    const columns = await readUserColumns(study, run, columnsOf(spec));
    const coded = readCodedSample(study, sample, run, options.gold);
    const frame = await readFrameUnits(study, sample, run, terminal.signal);
    const found = regress(coded, frame, spec, columns);
    // Only now: what fails on the way shows nobody anything.
    openSample(study, sample, [run], "regress", new Date().toISOString());
    if (output !== undefined && format !== undefined)
      await writeRegression(found, output, { format, signal: terminal.signal });
    if (json) {
      const answer = { runId: run.id, sample: sample.name, gold: coded.rule, ...found, output };
      terminal.stdout(`${JSON.stringify(answer)}\n`);
      return;
    }
    terminal.stdout(
      regressionText(found, { run, sample, rule: coded.rule, adjudications: coded.adjudications.length }),
    );
    if (output !== undefined) terminal.stderr(`written to ${printable(output)}\n`);
  } finally {
    study.close();
  }
}
