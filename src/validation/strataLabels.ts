import type { SampleStratum } from "./drawnDesign.ts";

/** The strata's names: the category's, with the half where categories are split; `all images` for a design without strata. */
export function strataLabels(
  strata: readonly SampleStratum[],
  categories: readonly string[],
): readonly string[] {
  return strata.map(({ category, half }) => {
    if (category === undefined) return "all images";
    const name = categories[category] ?? `category ${category + 1}`;
    if (half === undefined) return name;
    return `${name}, ${half === "lower" ? "less probable half" : "more probable half"}`;
  });
}
