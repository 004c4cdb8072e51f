import { describe, expect, it } from "vitest";
import { kOccurrence, kOccurrenceSkewness } from "../../src/stats/kOccurrence.ts";

describe("kOccurrence", () => {
  it("counts the first of equals", () => {
    expect(
      kOccurrence(
        [
          [1, 1, 0],
          [0, 2, 3],
        ],
        1,
      ),
    ).toEqual([1, 0, 1]);
  });

  it("refuses more neighbours than there are", () => {
    expect(() => kOccurrence([[1, 2]], 3)).toThrow(RangeError);
    expect(() => kOccurrence([[1, 2]], 2, true)).toThrow(RangeError);
  });

  it("has no skewness where all counts are the same", () => {
    expect(kOccurrenceSkewness([2, 2, 2])).toBeUndefined();
    expect(kOccurrenceSkewness([])).toBeUndefined();
  });
});
