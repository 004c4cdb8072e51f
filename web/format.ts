// Numbers as the reader's browser writes them: 14,200 or 14.200, 29.0% or 29,0 %.

const locale = typeof navigator === "undefined" ? "en" : navigator.language;
const counts = new Intl.NumberFormat(locale);
const percents = new Intl.NumberFormat(locale, {
  style: "percent",
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const wholePercents = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
const decimals = new Intl.NumberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
const points = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const scores = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const days = new Intl.DateTimeFormat(locale, { dateStyle: "long" });
const times = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });

/** A count: `14,200`. */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** A share 0..1 with one decimal; never 0.0% for something or 100.0% for less than all. */
export function formatPercent(share: number): string {
  if (share > 0 && share < 0.0005) return `<${percents.format(0.001)}`;
  if (share < 1 && share >= 0.9995) return `>${percents.format(0.999)}`;
  return percents.format(share);
}

/** A share 0..1 in whole percent; never 0% for something or 100% for less than all. */
export function formatWholePercent(share: number): string {
  if (share > 0 && share < 0.005) return `<${wholePercents.format(0.01)}`;
  if (share < 1 && share >= 0.995) return `>${wholePercents.format(0.99)}`;
  return wholePercents.format(share);
}

/** A part of 0..1 in percentage points, with one decimal: `3.9`. */
export function formatPoints(part: number): string {
  return points.format(part * 100);
}

/** A cosine or a difference, with three decimals. */
export function formatDecimal(value: number): string {
  return decimals.format(value);
}

/** A score or coefficient, -1..1, with two decimals; nothing less than 1 is written as 1.00. */
export function formatScore(value: number): string {
  if (value < 1 && value >= 0.995) return `>${scores.format(0.99)}`;
  return scores.format(value);
}

const byteUnits = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** A file's size in decimal units, with at most three digits: `184 kB`, `1.21 MB`. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(bytes) / 3));
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: byteUnits[power] as string,
    unitDisplay: power === 0 ? "long" : "short",
    maximumSignificantDigits: 3,
  }).format(bytes / 1000 ** power);
}

/** A moment, in the reader's time zone. */
export function formatTime(iso: string): string {
  return times.format(new Date(iso));
}

/** A moment's day, in the reader's time zone. */
export function formatDay(iso: string): string {
  return days.format(new Date(iso));
}
