import type { Codebook } from "../codebook/codebook.ts";
import { sampleWithoutReplacement } from "../seededRandom.ts";

/**
 * The codebook with its phrases dealt anew among the categories, each of which keeps its number of phrases: what a codebook of the same
 * size and wording reaches that means nothing.
 */
export function scrambleCodebook(codebook: Codebook, random: () => number): Codebook {
  const phrases = codebook.categories.flatMap((category) => category.phrases);
  const dealt = sampleWithoutReplacement(phrases, phrases.length, random);
  let next = 0;
  return {
    ...codebook,
    categories: codebook.categories.map((category) => {
      const from = next;
      next += category.phrases.length;
      return { ...category, phrases: dealt.slice(from, next) };
    }),
  };
}
