import type { SeenImages } from "../pipeline/samples/countSeenImages.ts";
import type { SampleProgress } from "../pipeline/samples/listSamples.ts";
import type { StudyPlan } from "../pipeline/samples/planStudySample.ts";
import type { SampleOverlap } from "../pipeline/samples/sampleOverlap.ts";
import type { PlannedMetric } from "../stats/planSample.ts";
import { sampleSizeProportion } from "../stats/sampleSizeProportion.ts";
import { sampleSizeWilson } from "../stats/sampleSizeWilson.ts";
import type { Run } from "../store/runStore.ts";
import type { CodebookFreeze } from "../store/sampleStore.ts";
import { designText } from "../validation/designText.ts";
import type { DrawnDesign } from "../validation/drawnDesign.ts";
import { overlapCountText, sampleWord } from "../validation/overlapText.ts";
import { shortenedName } from "./displayWidth.ts";
import { printable } from "./printable.ts";
import { formatCount } from "./progressLine.ts";
import { tableLines } from "./tableLines.ts";

/** Longest category name that is shown whole. */
const longestName = 32;

/** What would be drawn, and what it would tell, for a terminal. */
export function planText(run: Run, plan: StudyPlan, overlaps: readonly SampleOverlap[]): string {
  const { design, parts, expected, frameSize, left, assumedPrecision } = plan;
  const isChance = design.kind === "uncertainty";
  const partRows = parts.map((part) => [
    partName(run, part),
    formatCount(part.size),
    isChance ? part.drawn.toFixed(1) : formatCount(part.drawn),
    rangeText(part.least, part.most),
  ]);
  const widthRows = expected.categories.map(({ precision, recall, f1, share }, category) => [
    partName(run, { category, half: undefined }),
    ...[precision, recall, f1, share].map(halfWidthText),
  ]);
  return lines([
    `${capital(designText(design))}: ${formatCount(design.size)} of ${formatCount(frameSize)} images of run ${run.id}`,
    ...leftLines(left),
    ...overlapLines(overlaps, true),
    "",
    ...tableLines([
      ["predicted category", "images", isChance ? "expected" : "drawn", "probability"],
      ...partRows,
    ]),
    "",
    `Half widths of 95% intervals, in points, if ${percent(assumedPrecision)} of each category's predictions are right:`,
    `  accuracy ${halfWidthText(expected.accuracy)}, macro-F1 ${halfWidthText(expected.macroF1)}`,
    "",
    ...tableLines([["category", "precision", "recall", "F1", "corrected share"], ...widthRows]),
    "",
    ...(design.kind === "simple" ? textbookLines(frameSize) : []),
    "Nothing was drawn.",
  ]);
}

/** How many images textbooks ask for, at the share of a half, which needs most. */
function textbookLines(frameSize: number): readonly string[] {
  return [0.03, 0.05]
    .flatMap((halfWidth) => {
      const share = 0.5;
      const size = sampleSizeProportion({ share, halfWidth, populationSize: frameSize });
      const ofWilson = sampleSizeWilson({ share, halfWidth });
      // A rounding above a whole number is that number.
      const count = formatCount(Math.ceil(size - 1e-9));
      return `A share within ±${halfWidth * 100} points takes ${count} images at most (Cochran 1977), or ${formatCount(ofWilson)} of a far larger collection (Wilson's interval).`;
    })
    .concat("");
}

/** What was drawn, for a terminal. */
export function drawnText(run: Run, sample: SampleProgress, overlaps: readonly SampleOverlap[]): string {
  const { spec, strata, frameSize, left } = sample.design;
  const rows = strata.map(({ category, half, size, drawn }) => [
    category === undefined ? "all images" : partName(run, { category, half }),
    formatCount(size),
    formatCount(drawn),
    spec.kind === "uncertainty" ? "by uncertainty" : rangeText(size === 0 ? undefined : drawn / size),
  ]);
  return lines([
    `Sample ${quoted(sample.name)} (${sample.purpose}): ${formatCount(sample.size)} of ${formatCount(frameSize)} images of run ${run.id}, ${designText(spec)}, seed ${sample.seed}`,
    ...leftLines(left),
    ...overlapLines(overlaps, false),
    ...(sample.isSealed
      ? ["sealed: its results are shown when the codebook is frozen (clipbook freeze)"]
      : []),
    "",
    ...tableLines([["", "images", "drawn", "probability"], ...rows]),
    "",
  ]);
}

/** Images that a test could have although people looked at them before, and how they are left out; empty where there are none. */
export function seenText({ samples, reviewed, examples }: SeenImages): string {
  const note = (images: number, which: string, option: string) =>
    images === 0
      ? ""
      : `note: ${formatCount(images)} ${images === 1 ? "image" : "images"} ${which} could be drawn; ${option} leaves ${images === 1 ? "it" : "them"} out\n`;
  return [
    ...samples.map(({ name, images }) =>
      note(images, `of sample ${quoted(name)}`, `--exclude ${quoted(name)}`),
    ),
    note(reviewed, "judged in a review", "--exclude-reviewed"),
    note(examples, "among the codebook's examples", "--exclude-examples"),
  ].join("");
}

/** Pictures of imported embeddings that are not on this machine, of all in the sample; empty where there are none. */
export function unseenText(unseen: number, images: number): string {
  return unseen === 0
    ? ""
    : `note: ${formatCount(unseen)} of the sample's ${formatCount(images)} pictures are not on this machine, and coders cannot see them\n`;
}

/** Coders and their links, for a terminal. */
export function codersText({ coders, name }: SampleProgress): string {
  if (coders.length === 0) {
    return `Nobody codes it yet: clipbook sample --name ${quoted(name)} --coders NAME,NAME\n`;
  }
  return lines([
    "Links of the coders: each is that coder's alone, and goes behind http://HOST:PORT of clipbook serve.",
    "Leave out what follows the # of its own address: that opens the whole study.",
    ...tableLines(coders.map(({ coder, role, link }) => [`  ${printable(coder)}`, role, `/code/${link}`])),
  ]);
}

/** All samples of a study, for a terminal. */
export function listText(samples: readonly SampleProgress[], freezes: readonly CodebookFreeze[]): string {
  if (samples.length === 0) return "no sample was drawn yet: clipbook sample\n";
  const last = freezes.at(-1);
  return lines([
    ...samples.flatMap((sample) => [
      `${quoted(sample.name)}: ${sample.purpose}, ${formatCount(sample.size)} images of run ${sample.runId}, ${designText(sample.design.spec)}, drawn on ${sample.drawnAt.slice(0, 10)}`,
      ...sealLines(sample, last !== undefined),
      ...tableLines(
        sample.coders.map(({ coder, role, coded, size, link }) => [
          `  ${printable(coder)}`,
          role,
          `${formatCount(coded)} of ${formatCount(size)}`,
          `/code/${link}`,
        ]),
      ),
      ...(sample.coders.length === 0 ? ["  nobody codes it yet"] : []),
    ]),
    last === undefined
      ? "The codebook is not frozen."
      : `The codebook of run ${last.runId} was frozen on ${last.frozenAt.slice(0, 10)} (SHA-256 ${last.sha256.slice(0, 12)}).`,
  ]);
}

function sealLines({ isSealed, openings }: SampleProgress, isFrozen: boolean): readonly string[] {
  const times = openings.length === 1 ? "once" : `${openings.length} times`;
  const opened = openings.length > 0 ? [`  results looked at ${times}`] : [];
  return isSealed
    ? [
        `  sealed${isFrozen ? ", opens for the frozen codebook" : ": results are not shown before clipbook freeze"}`,
        ...opened,
      ]
    : opened;
}

function leftLines(left: DrawnDesign["left"]): readonly string[] {
  const count = (number: number, words: string) => (number > 0 ? [`${formatCount(number)} ${words}`] : []);
  const parts = [
    ...count(left.inSamples, "in other samples"),
    ...count(left.reviewed, "judged in a review"),
    ...count(left.examples, "examples of the codebook"),
    ...count(left.failedUnits, "not classified"),
    ...count(left.doubledUnits, "showing the same picture as another"),
  ];
  return parts.length === 0 ? [] : [`left out: ${parts.join(", ")}`];
}

function overlapLines(overlaps: readonly SampleOverlap[], isPlanned: boolean): readonly string[] {
  return overlaps.map(
    ({ name, purpose, images }) =>
      `${overlapCountText(images, isPlanned)} in the ${sampleWord(purpose)} ${quoted(name)}`,
  );
}

function partName(
  run: Run,
  { category, half }: { readonly category: number; readonly half: "lower" | "upper" | undefined },
): string {
  const name = shortenedName(printable(run.codebook.categories[category]?.name ?? ""), longestName);
  return half === undefined ? `  ${name}` : `  ${name}, ${half} half`;
}

function halfWidthText(metric: PlannedMetric | undefined): string {
  return metric === undefined ? "–" : `±${(metric.halfWidth * 100).toFixed(1)}`;
}

function rangeText(least: number | undefined, most = least): string {
  if (least === undefined || most === undefined) return "–";
  const [low, high] = [least.toFixed(4), most.toFixed(4)];
  return low === high ? low : `${low} to ${high}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

function quoted(name: string): string {
  return `"${printable(name)}"`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lines(texts: readonly string[]): string {
  return `${texts.join("\n")}\n`;
}
