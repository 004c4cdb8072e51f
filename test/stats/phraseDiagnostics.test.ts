import { describe, expect, it } from "vitest";
import { phraseDiagnostics } from "../../src/stats/phraseDiagnostics.ts";

const images = [
  [1, 0],
  [1, 0.2],
  [0, 1],
];

describe("phraseDiagnostics", () => {
  it("cannot leave out a category's only phrase", () => {
    const { aggregations, nearestRivals, wins } = phraseDiagnostics(
      images,
      [
        [1, 0],
        [0.6, 0.8],
        [0, 1],
      ],
      [0, 0, 1],
    );
    expect(wins).toEqual([2, 0, 1]);
    expect(aggregations["max-similarity"].categories).toEqual([0, 0, 1]);
    expect(aggregations["max-similarity"].changedWithout).toEqual([0, 0, undefined]);
    expect(nearestRivals.map((rival) => rival?.phrase)).toEqual([2, 2, 1]);
    expect(nearestRivals[1]?.cosine).toBeCloseTo(0.8, 12);
  });

  it("has no rivals in a codebook of one category", () => {
    expect(phraseDiagnostics(images, [[1, 0]], [0]).nearestRivals).toEqual([undefined]);
  });

  it("refuses a vector without a direction", () => {
    expect(() => phraseDiagnostics(images, [[0, 0]], [0])).toThrow(RangeError);
    expect(() => phraseDiagnostics([], [[1, 0]], [0])).toThrow(RangeError);
  });
});
