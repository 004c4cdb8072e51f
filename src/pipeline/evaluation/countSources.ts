import type { Coding, CodingSource } from "../../validation/coding.ts";

/** How many codings came from where. */
export function countSources(codings: readonly Coding[]): Readonly<Record<CodingSource, number>> {
  const counts = { screen: 0, offline: 0, csv: 0, "label-studio": 0 };
  for (const { source } of codings) counts[source] += 1;
  return counts;
}
