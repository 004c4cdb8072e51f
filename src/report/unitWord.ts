import type { OverviewCounts } from "./overview.ts";

/** "image" where every unit has its own image, else "unit"; in the plural unless `count` is 1. */
export function unitWord(counts: OverviewCounts, count: number): "image" | "images" | "unit" | "units" {
  const ownImages = counts.images === counts.classified;
  if (count === 1) return ownImages ? "image" : "unit";
  return ownImages ? "images" : "units";
}
