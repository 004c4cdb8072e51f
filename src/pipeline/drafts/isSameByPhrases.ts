/** Whether two categories with other names are taken for the same one: they share more than half of the phrases of each. */
export function isSameByPhrases(phrases: readonly string[], others: readonly string[]): boolean {
  const texts = new Set(phrases);
  const shared = others.filter((text) => texts.has(text)).length;
  return 2 * shared > Math.max(texts.size, others.length);
}
