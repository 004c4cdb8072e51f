/** Keys of categories, in their order: digits first, then the letters that are no commands of the coding screen. */
const alphabet = [..."123456789abcdefghjklmopqrstvwy"];

/**
 * The key or keys of each category: one each for up to 30, and two, pressed one after the other, for more of them.
 * @throws RangeError for more than 900 categories
 */
export function categoryKeys(count: number): readonly string[] {
  const { length } = alphabet;
  if (count > length ** 2) throw new RangeError(`${count} categories have no keys`);
  if (count <= length) return alphabet.slice(0, count);
  return Array.from(
    { length: count },
    (_, index) => `${alphabet[Math.floor(index / length)]}${alphabet[index % length]}`,
  );
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
