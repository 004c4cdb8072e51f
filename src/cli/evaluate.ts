import { UserError } from "../errors.ts";
import { localDay, localIso } from "../localDay.ts";
import { evaluateSample } from "../pipeline/evaluation/evaluateSample.ts";
import { withThumbnails } from "../pipeline/evaluation/withThumbnails.ts";
import { requireEvaluationFiles, writeEvaluation } from "../pipeline/evaluation/writeEvaluation.ts";
import { publishFiles } from "../pipeline/publishFiles.ts";
import { requireReplaceable } from "../pipeline/replaceable.ts";
import { requireSample } from "../pipeline/samples/requireSample.ts";
import { writeTemporary, writeWhole } from "../pipeline/writeWhole.ts";
import { renderEvaluation } from "../report/renderEvaluation.tsx";
import { openStudy, type Study } from "../store/openStudy.ts";
import type { Evaluation, ShareMethod, Target } from "../validation/evaluation.ts";
import type { GoldRule } from "../validation/goldStandard.ts";
import { chooseRun } from "./chooseRun.ts";
import { evaluationText } from "./evaluationText.ts";
import { printable } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook evaluate`, as commander hands them over. */
export interface EvaluateOptions {
  readonly study: string;
  readonly sample?: string;
  readonly run?: number;
  readonly gold?: GoldRule;
  readonly target: Target;
  readonly shares?: ShareMethod["kind"];
  readonly ordinal?: boolean;
  readonly compare?: number;
  readonly by?: readonly string[];
  readonly output?: string;
  readonly files?: string;
  readonly page: boolean;
  readonly showPaths?: boolean;
  readonly json?: boolean;
}

/** What an evaluation left behind. */
export interface EvaluateOutcome {
  readonly evaluation: Evaluation;
  /** undefined with `--no-page`. */
  readonly page: string | undefined;
  readonly files: readonly string[];
}

/**
 * `clipbook evaluate`: what a coded sample says of a run, printed, as a page, and as files.
 * @throws UserError for what is not there, not coded, sealed, or cannot be written
 */
export async function runEvaluate(options: EvaluateOptions, terminal: Terminal): Promise<EvaluateOutcome> {
  if (options.output !== undefined) await checkPageName(options.output);
  const study = openStudy(options.study, { mustExist: true });
  try {
    // Before the sample is opened: who sees nothing has not looked.
    if (options.files !== undefined) await requireEvaluationFiles(options.files);
    const sample = requireSample(study, options.sample);
    const run = options.run === undefined ? undefined : chooseRun(study, options.run);
    const now = new Date();
    const evaluation = await evaluateSample(study, {
      sample,
      // The run that was drawn from: another one has other strata, and wider intervals.
      run: run ?? chooseRun(study, sample.runId),
      rule: options.gold,
      target: options.target,
      by: options.by ?? [],
      shares: options.shares,
      isOrdinal: options.ordinal,
      compared: options.compare === undefined ? undefined : chooseRun(study, options.compare),
      showPaths: options.showPaths,
      how: "evaluate",
      madeAt: localIso(now),
      signal: terminal.signal,
    });
    const files = options.files === undefined ? [] : await writeEvaluation(evaluation, options.files);
    const page = options.page
      ? await writePage(
          renderEvaluation(await withThumbnails(study, evaluation, { signal: terminal.signal })),
          study,
          options,
          localDay(now),
        )
      : undefined;
    if (options.json) {
      terminal.stdout(`${JSON.stringify({ evaluation, page, files })}\n`);
    } else {
      terminal.stdout(evaluationText(evaluation));
      for (const path of [...files, ...(page === undefined ? [] : [page])])
        terminal.stdout(`${printable(path)}\n`);
    }
    return { evaluation, page, files };
  } finally {
    study.close();
  }
}

/** @throws UserError for a name that is no page's, or a file there that is no page of Clipbook's */
async function checkPageName(output: string): Promise<void> {
  if (!/\.html?$/i.test(output)) {
    throw new UserError(`${output === "" ? '""' : output}: not the name of a page`, {
      hint: "end the name in .html; tables go into the folder of --files",
    });
  }
  await requireReplaceable(output, ['<meta name="generator" content="Clipbook"']);
}

async function writePage(
  html: string,
  study: Study,
  { output }: EvaluateOptions,
  day: string,
): Promise<string> {
  if (output !== undefined) {
    await writeWhole(output, html);
    return output;
  }
  const temporary = await writeTemporary(study.directory, html);
  const [path] = await publishFiles(study.directory, `${day}-CLIP-Validation`, [
    { temporary, ending: ".html" },
  ]);
  return path as string;
}
