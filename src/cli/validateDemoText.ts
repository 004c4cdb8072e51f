import { simulatedAdjudicator } from "../../demo/simulateCoders.ts";
import type { Run } from "../store/runStore.ts";
import type { Sample } from "../store/sampleStore.ts";
import { designText } from "../validation/designText.ts";
import type { Estimate, Reliability } from "../validation/evaluation.ts";
import type { DrawnShares } from "./drawnShares.ts";
import { printable } from "./printable.ts";
import { formatCount } from "./progressLine.ts";
import { tableLines } from "./tableLines.ts";

/** What the worked example of a validation begins with. */
export function openingText(directory: string, codebook: string, isNew: boolean): string {
  const shown = printable(directory);
  return `
A worked example of a validation
The demo's codebook is right too often to teach anything. This example takes ${printable(codebook)}
instead, in which four phrases stand under a category where they do not belong.
${
  isNew
    ? `  npx clipbook classify ${shown}/images --study ${shown} --codebook ${printable(codebook)} --model demo`
    : "It was made before and is not made twice: what is missing is added, and the report is written again."
}
`;
}

/** Its samples and who codes them. */
export function samplesText(
  directory: string,
  samples: readonly Sample[],
  coders: readonly string[],
): string {
  const shown = printable(directory);
  const lines = samples.map(
    ({ name, isSealed, design: { spec, frameSize } }) =>
      `  "${name}": ${formatCount(spec.size)} of ${formatCount(frameSize)} images, ${designText(spec)}${isSealed ? ", sealed" : ""}`,
  );
  return `
Two samples, coded by ${coders.join(", ")}: three simulated coders who err at known rates
${lines.join("\n")}
  npx clipbook sample --study ${shown} --list
`;
}

/** What came of the coding, and the freeze. */
export function codedText(
  directory: string,
  {
    reliability,
    adjudicated,
    run,
    digest,
  }: {
    readonly reliability: Reliability;
    readonly adjudicated: number;
    readonly run: Run;
    readonly digest: string;
  },
): string {
  const agreement = reliability.coefficients[0]?.estimate;
  return `
Agreement in the reliability sample (${reliability.units} images with at least two codes)
  Krippendorff's alpha ${figure(reliability.alpha)}, percent agreement ${agreement === undefined ? "" : figure(agreement)}
Then all three coded the test sample, and ${simulatedAdjudicator.name} decided the ${formatCount(adjudicated)} images on which they disagree.
The codebook is frozen, so that the sealed sample opens:
  npx clipbook freeze --study ${printable(directory)} --run ${run.id}     (SHA-256 ${digest.slice(0, 12)})
  npx clipbook evaluate --study ${printable(directory)} --sample test

`;
}

/** The comparison with what was drawn. */
export function closingText(directory: string, drawn: DrawnShares): string {
  const shown = printable(directory);
  const table = tableLines([
    ["", "drawn", "as predicted", "off by", "corrected", "off by", ""],
    ...drawn.categories.map(({ name, drawn: share, raw, corrected, interval, isCovered }) => [
      name,
      percent(share),
      percent(raw),
      points(raw - share),
      corrected === undefined || interval === undefined
        ? "not estimable"
        : `${percent(corrected)} [${percent(interval.low)}, ${percent(interval.high)}]`,
      corrected === undefined ? "" : points(corrected - share),
      isCovered ? "covered" : "not covered",
    ]),
  ]);
  return `
What only a demo knows: the shares that were drawn, over the ${formatCount(drawn.images)} images that the sample stands for
${table.join("\n")}
${drawn.covered} of ${drawn.categories.length} intervals of corrected shares hold the drawn share.
Shares as predicted are off by ${pointsOf(drawn.rawError)} points on average, corrected ones by ${pointsOf(drawn.correctedError)}.

docs/validating-a-classification.md walks through this example. Look at it in your browser:
  npx clipbook serve --study ${shown}
`;
}

function figure({ value, interval, why }: Estimate): string {
  if (value === undefined) return `not estimable (${why})`;
  return interval === undefined
    ? value.toFixed(3)
    : `${value.toFixed(3)} [${interval.low.toFixed(3)}, ${interval.high.toFixed(3)}]`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

function points(difference: number): string {
  const text = pointsOf(Math.abs(difference));
  return text === "0.0" ? text : `${difference < 0 ? "-" : "+"}${text}`;
}

function pointsOf(difference: number): string {
  return (difference * 100).toFixed(1);
}
