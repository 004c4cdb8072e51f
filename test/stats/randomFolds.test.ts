import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/seededRandom.ts";
import { randomFolds } from "../../src/stats/randomFolds.ts";

describe("randomFolds", () => {
  it("have sizes that differ by 1 at most", () => {
    const sizes = new Array<number>(5).fill(0);
    for (const fold of randomFolds(23, 5, seededRandom(2))) sizes[fold] = (sizes[fold] as number) + 1;
    expect(sizes.sort()).toEqual([4, 4, 5, 5, 5]);
  });

  it("depend on the seed, and put a unit into every fold equally often", () => {
    expect(randomFolds(30, 3, seededRandom(1))).not.toEqual(randomFolds(30, 3, seededRandom(2)));
    const random = seededRandom(7);
    let first = 0;
    for (let draw = 0; draw < 3000; draw++) if (randomFolds(6, 3, random)[0] === 0) first += 1;
    // A third, five standard errors wide.
    expect(Math.abs(first / 3000 - 1 / 3)).toBeLessThan(0.043);
  });

  it("refuse one fold, and more than there are units", () => {
    expect(() => randomFolds(5, 1, seededRandom(1))).toThrow(RangeError);
    expect(() => randomFolds(5, 6, seededRandom(1))).toThrow(RangeError);
  });
});
