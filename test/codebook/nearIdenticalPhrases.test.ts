import { describe, expect, it } from "vitest";
import { findNearIdenticalPhrases } from "../../src/codebook/nearIdenticalPhrases.ts";

function areNearIdentical(first: string, second: string): boolean {
  const forwards = findNearIdenticalPhrases([first, second]).length === 1;
  expect(findNearIdenticalPhrases([second, first]).length === 1, "the order must not matter").toBe(forwards);
  return forwards;
}

describe("findNearIdenticalPhrases", () => {
  it.each([
    ["A photo of a rally.", "a photo of a rally"],
    ["a photo of a rally", "The image of rallys"],
    ["a crowd in a street, with banners", "banners with a crowd in the street"],
    ["demonstrators on a square", "demonstraters on a square"],
    ["demonstrators on a square", "demonstrtors on a square"],
    ["ein Bild von einem Plakat", "Plakat"],
    ["STRASSENFEST mit Musik", "straßenfest mit Musik"],
    ["café terrace", "cafe\u0301 terrace"],
    [
      "people holding banners on a sunny square in Berlin",
      "people holding large banners on a sunny square in Berlin",
    ],
    ["المظاهرة في الشارع", "المظاهرة، في الشارع"],
    ["集会。", "集会"],
  ])("finds %s and %s", (first, second) => {
    expect(areNearIdentical(first, second)).toBe(true);
  });

  it.each([
    ["a photo of a cat", "a photo of a dog"],
    ["a photo of a cat", "a photo of a car"],
    ["a photo of a man", "a photo of a woman"],
    ["a man walking", "a man talking"],
    ["a man driving", "a man diving"],
    ["a street with a crowd", "a street without a crowd"],
    ["a poster from 2021", "a poster from 2022"],
    ["a crowd in a street", "a large crowd in a street"],
    ["a photo", "an image of the"],
    ["男人", "女人"],
  ])("tells %s from %s", (first, second) => {
    expect(areNearIdentical(first, second)).toBe(false);
  });

  it("names the first of several, once for each later phrase", () => {
    expect(findNearIdenticalPhrases(["a dog", "a cat", "the dog", "dogs", "cat"])).toEqual([
      { first: 0, second: 2 },
      { first: 0, second: 3 },
      { first: 1, second: 4 },
    ]);
  });
});
