import { describe, expect, it } from "vitest";
import { similarityRange, similarPairs } from "../../../web/codebook/similarPairs.ts";

// Phrases 0 and 1 are of one category, 2 of another.
const similarities = [1, 0.9, 0.2, 0.9, 1, 0.6, 0.2, 0.6, 1];

describe("pairs of phrases", () => {
  it("lists those of different categories, the most similar first", () => {
    expect(similarPairs(similarities, [0, 0, 1], 10)).toEqual([
      { first: 1, second: 2, cosine: 0.6 },
      { first: 0, second: 2, cosine: 0.2 },
    ]);
    expect(similarPairs(similarities, [0, 0, 1], 1)).toHaveLength(1);
  });

  it("range without a phrase's likeness to itself", () => {
    expect(similarityRange(similarities, 3)).toEqual({ least: 0.2, most: 0.9 });
    expect(similarityRange([1], 1)).toBeUndefined();
  });
});
