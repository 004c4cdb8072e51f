import type { OwnCell } from "../../tables/ownColumn.ts";
import type { Estimate } from "../../validation/evaluation.ts";

/** An estimate in a table: value, standard error, low, high, method, why there is none. */
export function estimateCells(estimate: Estimate): readonly OwnCell[] {
  const { value, standardError, interval, method, why } = estimate;
  return [value, standardError, interval?.low, interval?.high, method, why];
}
