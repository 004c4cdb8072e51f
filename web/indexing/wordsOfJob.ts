import { formatCount } from "../format.ts";
import type { IndexingAnswer } from "./indexingFeed.ts";

const locale = typeof navigator === "undefined" ? "en" : navigator.language;
const threeDigits = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });

/** A count with its noun: `1 image`, `14,200 images`. */
export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A rate: `35 images per second`, `2.4 images per second`. */
export function rateSentence(perSecond: number): string {
  return `${rateNumber(perSecond)} images per second`;
}

/** The number of a rate: `35`, `2.4`. */
export function rateNumber(perSecond: number): string {
  return perSecond < 10
    ? threeDigits.format(Number(perSecond.toPrecision(2)))
    : formatCount(Math.round(perSecond));
}

/** Units of a job that need nothing more, also those that wait for one before them. */
export function unitsDone({ progress }: Pick<IndexingAnswer, "progress">): number {
  return progress.units + (progress.waiting ?? 0);
}

/** How long the rest takes, in words that do not change with every second. */
export function restSentence(seconds: number): string {
  if (seconds < 10) return "a few seconds left";
  if (seconds < 90) return `about ${formatCount(Math.ceil(seconds / 10) * 10)} seconds left`;
  if (seconds < 5_400) return `about ${counted(Math.ceil(seconds / 60), "minute")} left`;
  return `about ${counted(Math.round(seconds / 3_600), "hour")} left`;
}
