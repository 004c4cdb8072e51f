import { formatDecimal } from "../format.ts";

/** A change with its interval: `+0.012 (−0.003 to +0.030)`; `±0` where nothing changes. */
export function changeText({
  change,
  interval,
}: {
  readonly change: number;
  readonly interval?: { readonly low: number; readonly high: number } | undefined;
}): string {
  if (change === 0 && !(interval && (interval.low < 0 || interval.high > 0))) return "±0";
  if (interval === undefined) return signed(change);
  return `${signed(change)} (${signed(interval.low)} to ${signed(interval.high)})`;
}

/** With a true minus. */
function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${formatDecimal(Math.abs(value))}`;
}
