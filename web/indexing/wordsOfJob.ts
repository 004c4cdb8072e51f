import { formatCount } from "../format.ts";

const locale = typeof navigator === "undefined" ? "en" : navigator.language;
const threeDigits = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });

/** A count with its noun: `1 image`, `14,200 images`. */
export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A rate: `35 images per second`, `2.4 images per second`. */
export function rateSentence(perSecond: number): string {
  const shown =
    perSecond < 10
      ? threeDigits.format(Number(perSecond.toPrecision(2)))
      : formatCount(Math.round(perSecond));
  return `${shown} images per second`;
}

/** How long the rest takes, in words that do not change with every second. */
export function restSentence(seconds: number): string {
  if (seconds < 10) return "a few seconds left";
  if (seconds < 90) return `about ${formatCount(Math.ceil(seconds / 10) * 10)} seconds left`;
  if (seconds < 5_400) return `about ${counted(Math.ceil(seconds / 60), "minute")} left`;
  return `about ${counted(Math.round(seconds / 3_600), "hour")} left`;
}
