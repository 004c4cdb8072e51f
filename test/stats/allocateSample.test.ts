import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/seededRandom.ts";
import { allocateSample } from "../../src/stats/allocateSample.ts";

describe("the allocation of a sample", () => {
  it("gives every category the floor and the rest by size", () => {
    expect(allocateSample([6000, 3000, 1000], 250)).toEqual([110, 80, 60]);
  });
  it("takes all of a small category and no more", () => {
    expect(allocateSample([1000, 20], 170)).toEqual([150, 20]);
    expect(allocateSample([100, 60, 0], 160)).toEqual([100, 60, 0]);
    // 52 of the second one are full at once; what it cannot take goes to the first.
    expect(allocateSample([1000, 52], 600)).toEqual([548, 52]);
  });
  it("gives fractions to the largest remainders, and ties to the earlier category", () => {
    expect(allocateSample([100, 100, 100], 5, { floor: 0 })).toEqual([2, 2, 1]);
    expect(allocateSample([500, 300, 200], 7, { floor: 0 })).toEqual([4, 2, 1]);
  });
  it("spreads a total below the floors evenly", () => {
    expect(allocateSample([1000, 1000, 4], 50)).toEqual([23, 23, 4]);
  });
  it("adds up, within the sizes, whatever the sizes are", () => {
    const random = seededRandom(5);
    for (let trial = 0; trial < 500; trial += 1) {
      const sizes = Array.from({ length: 1 + Math.floor(random() * 8) }, () =>
        Math.floor(random() ** 3 * 400),
      );
      const all = sizes.reduce((sum, size) => sum + size, 0);
      const total = Math.floor(random() * (all + 1));
      const drawn = allocateSample(sizes, total, { floor: Math.floor(random() * 60) });
      expect(drawn.reduce((sum, size) => sum + size, 0)).toBe(total);
      expect(drawn.every((size, index) => size >= 0 && size <= (sizes[index] as number))).toBe(true);
    }
  });
  it("refuses more than there are", () => {
    expect(() => allocateSample([5, 5], 11)).toThrow(RangeError);
    expect(() => allocateSample([5, 5], 1.5)).toThrow(RangeError);
  });
});
