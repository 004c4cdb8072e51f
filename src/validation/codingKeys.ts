/**
 * Keys of the categories in the codebook's order, when an image is coded: without N, U, X and Z, which are the note, unsure, uncodable
 * and taking back. Categories behind the last one have no key.
 */
export const codingKeys = "1234567890abcdefghijklmopqrstvwy";

/** The category that a key chooses; undefined for none. @param key one small letter or digit */
export function maybeCategoryOfKey(key: string, categories: number): number | undefined {
  const index = key.length === 1 ? codingKeys.indexOf(key) : -1;
  return index === -1 || index >= categories ? undefined : index;
}
