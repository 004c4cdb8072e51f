import { type AlphaInterval, alphaInterval } from "./alphaInterval.ts";
import { type AlphaUndefinedReason, alphaUndefinedReason } from "./krippendorffAlpha.ts";
import type { Ratings } from "./pairableUnits.ts";

/** How well coders tell one category from all others. */
export interface CategoryAlpha {
  readonly category: number;
  /** undefined where alpha is not defined, as for a category that nobody used. */
  readonly alpha: AlphaInterval | undefined;
  /** Why there is none. */
  readonly reason: AlphaUndefinedReason | undefined;
  /** Pairable units to which at least one coder gave the category. */
  readonly units: number;
}

/**
 * Krippendorff's nominal alpha of each category against the rest: all other categories count as one (Krippendorff 2018, "Content
 * Analysis", 4th ed., chapter 12).
 *
 * @param ratings categories 0..categories-1 [n, coders]
 */
export function alphaPerCategory(
  ratings: Ratings,
  categories: number,
  { level = 0.95 }: { level?: number } = {},
): readonly CategoryAlpha[] {
  return Array.from({ length: categories }, (_, category) => {
    const collapsed = ratings.map((row) =>
      row.map((value) => (value === undefined ? undefined : Number(value === category))),
    );
    return {
      category,
      alpha: alphaInterval(collapsed, { level }),
      reason: alphaUndefinedReason(collapsed),
      units: ratings.filter((row) => row.includes(category) && row.filter((v) => v !== undefined).length > 1)
        .length,
    };
  });
}
