import { type BackCalculation, backCalculateShares } from "../pipeline/evaluation/backCalculateShares.ts";
import { readErrorRates } from "../pipeline/evaluation/readErrorRates.ts";
import { openStudy } from "../store/openStudy.ts";
import { chooseRun } from "./chooseRun.ts";
import { shortenedName } from "./displayWidth.ts";
import { printable } from "./printable.ts";
import { formatCount } from "./progressLine.ts";
import { tableLines } from "./tableLines.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook shares`, as commander hands them over. */
export interface SharesOptions {
  readonly study: string;
  readonly run?: number;
  readonly errorRates: string;
  readonly json?: boolean;
}

/** What the numbers rest on. */
const assumption =
  "This takes for granted that predictions go wrong here as they did there: that of the images of each true category the same part is predicted as each category. Other pictures, another codebook, model or setting undo it.";

/** Fewer coded images of a category say little of its error rates. */
const fewestImages = 10;

/**
 * `clipbook shares`: a run's shares, corrected by the error rates of another study.
 * @throws UserError for what `readErrorRates` and `backCalculateShares` refuse
 */
export async function runShares(options: SharesOptions, { stdout }: Terminal): Promise<void> {
  const study = openStudy(options.study, { mustExist: true });
  try {
    const run = chooseRun(study, options.run);
    const rates = await readErrorRates(
      options.errorRates,
      run.codebook.categories.map(({ name }) => name),
    );
    const found = backCalculateShares(study, run, rates);
    stdout(
      options.json
        ? `${JSON.stringify({ ...found, errorRates: options.errorRates, assumption })}\n`
        : sharesText(found, options.errorRates),
    );
  } finally {
    study.close();
  }
}

function sharesText(found: BackCalculation, path: string): string {
  const { runId, method, units, codedImages, isOutside, shares } = found;
  const few = shares.filter((share) => share.codedImages < fewestImages);
  const lines = [
    `Shares of run ${runId} (${formatCount(units)} classified), corrected by the error rates of ${printable(path)} (${formatCount(codedImages)} coded images)`,
    `${method === "Rogan-Gladen" ? "Rogan and Gladen's formula" : "Matrix back-calculation"}; 95% intervals by the delta method${found.isWeighted ? "; error rates weighted as that sample was drawn" : ""}`,
    "",
    ...tableLines([
      ["", "as predicted", "corrected", "95% interval", ...(isOutside ? ["within 0-100%"] : [])],
      ...shares.map(({ category, predicted, corrected, interval, constrained }) => [
        shortenedName(printable(category), 32),
        percent(predicted),
        percent(corrected),
        interval === undefined ? "-" : `[${percent(interval.low)}, ${percent(interval.high)}]`,
        ...(isOutside ? [percent(constrained)] : []),
      ]),
    ]),
    "",
    assumption,
    "A coded sample of this collection needs no such assumption: clipbook sample.",
    ...(isOutside
      ? [
          "note: a corrected share lies below 0% or above 100%: the error rates do not fit these predictions. The last column has the possible shares that fit best (constrained least squares).",
        ]
      : []),
    ...few.map(
      ({ category, codedImages: images }) =>
        `note: only ${formatCount(images)} coded images truly are of "${printable(category)}": its error rates are hardly known, and the intervals too narrow`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
