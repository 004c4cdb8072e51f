import { describe, expect, it } from "vitest";
import { reviewSentence } from "../../src/review/reviewSentence.ts";
import { type ExampleSummarySpec, exampleSummary } from "./exampleSummary.ts";

/** Numbers as a browser writes them. */
function formatOf(locale: string) {
  const counts = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  return {
    count: (count: number) => counts.format(count),
    percent: (share: number) => percents.format(share),
  };
}

const caveat = "the prediction was visible, so this is an impression, not a validation";

function sentence(spec: ExampleSummarySpec, locale = "en"): string {
  return reviewSentence(exampleSummary(spec), formatOf(locale));
}

const random = { kind: "random", n: 12, seed: 1 } as const;

describe("a review in a sentence", () => {
  it("says share, interval, how many were judged of how many, and what it is not", () => {
    expect(
      sentence({
        queue: random,
        categories: [
          [10_000, 48, 12],
          [4200, 45, 15],
        ],
      }),
    ).toBe(`About 79% right, 70 to 85, from 120 of 14,200 images; ${caveat}.`);
  });

  it("writes numbers as the reader's language does", () => {
    expect(sentence({ queue: random, categories: [[14_200, 96, 24]] }, "de")).toBe(
      `About 80\u00a0% right, 72 to 86, from 120 of 14.200 images; ${caveat}.`,
    );
  });

  it("says which part of the images it is about while categories are not judged", () => {
    expect(
      sentence({
        queue: random,
        categories: [
          [900, 8, 2],
          [100, 0, 0],
          [0, 0, 0],
        ],
      }),
    ).toBe(
      `About 80% right, 49 to 94, from 10 of 1,000 images, for 1 of 2 categories (the others, 10% of the images, have none judged yet); ${caveat}.`,
    );
  });

  it("names the category of a queue that has only one, in its own direction", () => {
    expect(
      sentence({
        queue: { ...random, category: 1 },
        names: ["a", "مظاهرات"],
        categories: [
          [900, 0, 0],
          [400, 11, 1],
        ],
      }),
    ).toBe(`About 92% right, 65 to 99, from 12 of 400 images sorted into \u2068مظاهرات\u2069; ${caveat}.`);
  });

  it("leaves the interval away where all images were judged", () => {
    expect(
      sentence({
        queue: random,
        categories: [
          [12, 9, 3],
          [8, 8, 0],
        ],
      }),
    ).toBe(`85% right, all 20 images were judged; ${caveat}.`);
    expect(sentence({ queue: random, categories: [[1, 1, 0]] })).toContain("all 1 image were judged");
  });

  it("never has bounds of 0 or 100 for less than none and all", () => {
    expect(sentence({ queue: random, categories: [[1_000_000, 5000, 1]] })).toContain(", >99 to >99,");
    expect(sentence({ queue: random, categories: [[1_000_000, 1, 5000]] })).toContain(", <1 to <1,");
    expect(sentence({ queue: random, categories: [[1_000_000, 20, 0]] })).toContain("100% right, 84 to 100,");
  });

  it("counts unsure and skipped ones apart", () => {
    expect(sentence({ queue: random, unsure: 3, skipped: 2, categories: [[900, 8, 2]] })).toMatch(
      /validation\. Not counted: 3 unsure and 2 skipped\.$/,
    );
    expect(sentence({ queue: random, unsure: 3, categories: [[900, 8, 2]] })).toMatch(
      /Not counted: 3 unsure\.$/,
    );
  });

  it("estimates nothing from the hardest pictures, and says what they are", () => {
    const text = sentence({ queue: { kind: "uncertain", n: 24, seed: 1 }, categories: [[900, 11, 9]] });
    expect(text).toBe(
      `11 of 20 right (55%). These were the hardest pictures, those whose two best categories were closest: it says nothing about the others; ${caveat}.`,
    );
  });

  it("says so when there is nothing yet", () => {
    expect(sentence({ queue: random, categories: [[900, 0, 0]] })).toBe("Nothing is judged yet.");
    expect(sentence({ queue: random, skipped: 1, categories: [[900, 0, 0]] })).toBe(
      "Nothing counts yet. Not counted: 1 skipped.",
    );
  });
});
