import type { Estimate } from "../../validation/evaluation.ts";

/** An estimate with its 95% interval: `0.82 [0.76, 0.87]`; `not estimable` without a value. @param write writes a number */
export function estimateText({ value, interval }: Estimate, write: (value: number) => string): string {
  if (value === undefined) return "not estimable";
  if (interval === undefined) return write(value);
  return `${write(value)} [${write(interval.low)}, ${write(interval.high)}]`;
}
