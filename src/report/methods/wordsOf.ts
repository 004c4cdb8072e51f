import type { Estimate } from "../../validation/evaluation.ts";
import { formatCount } from "../formatNumbers.ts";

/** `1 image`, `14 200 images`. @param words singular and plural */
export function countOf(count: number, [one, many]: readonly [string, string]): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `A, B and C`. */
export function listOf(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** A coefficient or score with two decimals and a true minus sign; nothing that is not exactly 1 is written as 1.00. */
export function scoreText(value: number): string {
  if (value < 1 && value >= 0.995) return ">0.99";
  const text = Math.abs(value).toFixed(2);
  return value < 0 && text !== "0.00" ? `−${text}` : text;
}

/** A very small inclusion probability keeps two significant digits. */
export function probabilityText(value: number): string {
  return value >= 0.01 ? scoreText(value) : String(Number(value.toPrecision(2)));
}

/** `0.82, 95% CI [0.76, 0.87]`; undefined where it was not estimable. */
export function maybeEstimateText({ value, interval }: Estimate): string | undefined {
  if (value === undefined) return undefined;
  const bounds = interval && `, 95% CI [${scoreText(interval.low)}, ${scoreText(interval.high)}]`;
  return `${scoreText(value)}${bounds ?? ""}`;
}
