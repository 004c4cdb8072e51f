import type { ReviewSummary } from "./reviewSummary.ts";

/** How numbers are written: on a screen as the reader's browser does, on a page as the page does. */
export interface NumberFormat {
  count(count: number): string;
  /** A share 0..1 in whole percent, with the sign. */
  percent(share: number): string;
}

/** What has to be said with every number of a review. */
const caveat = "the prediction was visible, so this is an impression, not a validation";

/**
 * A review in a plain sentence or two: `About 78% right, 71 to 84, from 120 of 14,200 images; the prediction was visible, so
 * this is an impression, not a validation.`
 */
export function reviewSentence(summary: ReviewSummary, format: NumberFormat): string {
  const { right, wrong } = summary;
  const left = leftOut(summary, format);
  if (right + wrong === 0)
    return left === "" ? "Nothing is judged yet." : `Nothing counts yet. ${left}`.trim();
  const main =
    summary.queue?.kind === "uncertain"
      ? uncertainSentence(summary, format)
      : randomSentence(summary, format);
  return `${main} ${left}`.trim();
}

function randomSentence(summary: ReviewSummary, format: NumberFormat): string {
  const { estimate, categories, queue } = summary;
  if (estimate === undefined) throw new RangeError("a random sample with judgements and without an estimate");
  const { share, interval, judged, coveredSize, size, isWhole } = estimate;
  const only = queue?.category === undefined ? undefined : categories[queue.category];
  const where = only === undefined ? "" : ` sorted into ${isolated(only.name)}`;
  const images = `${format.count(size)} ${size === 1 ? "image" : "images"}${where}`;
  const from =
    isWhole && coveredSize === size
      ? `all ${images} were judged`
      : `from ${format.count(judged)} of ${images}`;
  const amount = isWhole
    ? `${format.percent(share)} right`
    : `About ${format.percent(share)} right, ${bound(interval.low)} to ${bound(interval.high)}`;
  return `${amount}, ${from}${coverage(summary, format)}; ${caveat}.`;
}

/** Which categories the number is about, where it is not about all. */
function coverage({ estimate, categories }: ReviewSummary, format: NumberFormat): string {
  if (estimate === undefined || estimate.coveredSize === estimate.size) return "";
  const withImages = categories.filter(({ images }) => images > 0);
  const judged = withImages.filter(({ right, wrong }) => right + wrong > 0);
  const rest = format.percent(1 - estimate.coveredSize / estimate.size);
  return `, for ${judged.length} of ${withImages.length} categories (the others, ${rest} of the images, have none judged yet)`;
}

function uncertainSentence({ right, wrong, estimate }: ReviewSummary, format: NumberFormat): string {
  if (estimate !== undefined) throw new RangeError("an estimate from pictures that were not drawn at random");
  const judged = right + wrong;
  const of = `${format.count(right)} of ${format.count(judged)} right (${format.percent(right / judged)})`;
  return `${of}. These were the hardest pictures, those whose two best categories were closest: it says nothing about the others; ${caveat}.`;
}

/** What was looked at and does not count. */
function leftOut({ unsure, skipped }: ReviewSummary, format: NumberFormat): string {
  const parts = [
    ...(unsure > 0 ? [`${format.count(unsure)} unsure`] : []),
    ...(skipped > 0 ? [`${format.count(skipped)} skipped`] : []),
  ];
  if (parts.length === 0) return "";
  return `Not counted: ${parts.join(" and ")}.`;
}

/** A bound in whole percent without the sign; never 0 for something or 100 for less than all. */
function bound(share: number): string {
  const percent = Math.round(share * 100);
  if (percent === 100 && share < 1) return ">99";
  if (percent === 0 && share > 0) return "<1";
  return String(percent);
}

/** A user's text inside a sentence keeps its own direction (Unicode's first-strong isolate). */
function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
