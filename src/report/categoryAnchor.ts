import type { OverviewCategory } from "./overview.ts";

/** The id of a category's section, from its place and not its name: names may hold anything. */
export function categoryAnchor(index: number): string {
  return `category-${index + 1}`;
}

/** Category name -> id of its section. */
export function categoryAnchors(categories: readonly OverviewCategory[]): ReadonlyMap<string, string> {
  return new Map(categories.map(({ name }, index) => [name, categoryAnchor(index)]));
}
