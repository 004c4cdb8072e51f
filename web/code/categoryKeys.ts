/** Keys of categories, in their order: digits first, then the letters that are no commands of the coding screen. */
const alphabet = [..."123456789abcdefghjklmopqrstvwy"];

/** The key of each category: one for up to 30 categories; two, pressed one after the other, for up to 900; and so on. */
export function categoryKeys(count: number): readonly string[] {
  let keys: readonly string[] = alphabet;
  while (keys.length < count) keys = alphabet.flatMap((first) => keys.map((rest) => first + rest));
  return keys.slice(0, count);
}

/** What keys stand for: a category, the beginning of some categories' keys, or nothing. */
export function readCategoryKeys(
  typed: string,
  count: number,
): { readonly category: number } | "beginning" | undefined {
  const keys = categoryKeys(count);
  const category = keys.indexOf(typed);
  if (category !== -1) return { category };
  return keys.some((key) => key.startsWith(typed)) ? "beginning" : undefined;
}
