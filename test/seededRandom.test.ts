import { describe, expect, it } from "vitest";
import { sampleIndices, sampleWithoutReplacement, seededRandom } from "../src/seededRandom.ts";

describe("seededRandom", () => {
  it("equals an implementation of splitmix32 and xoshiro128** in Python's whole numbers", () => {
    // That one gives 11520, 0, 5927040, 70819200 from the state 1, 2, 3, 4, as Blackman and Vigna's C code does.
    const oracle: Record<number, readonly number[]> = {
      0: [3809008728, 1133695204, 53579671, 2891528803],
      42: [2837322924, 544945897, 479756282, 3500138142],
    };
    for (const [seed, words] of Object.entries(oracle)) {
      const random = seededRandom(Number(seed));
      expect(words.map(() => random() * 2 ** 32)).toEqual(words);
    }
  });

  it("is uniform in [0, 1): a tenth of a hundred thousand draws in each tenth", () => {
    const random = seededRandom(7);
    const counts = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 100_000; draw++) {
      const tenth = Math.floor(random() * 10);
      counts[tenth] = (counts[tenth] as number) + 1;
    }
    // Chi-squared with 9 degrees of freedom is above 27.9 once in a thousand seeds.
    const chiSquared = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquared).toBeLessThan(27.9);
  });

  it("tells seeds apart, also those that differ above 32 bits", () => {
    const firsts = [0, 1, -1, 2 ** 32, 2 ** 32 + 1, 2 ** 40].map((seed) => seededRandom(seed)());
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it("refuses a seed that is no whole number", () => {
    for (const seed of [0.5, Number.NaN, 2 ** 53]) expect(() => seededRandom(seed)).toThrow(RangeError);
  });
});

describe("sampleWithoutReplacement", () => {
  it("draws every pair equally often and never an item twice", () => {
    const random = seededRandom(3);
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 20_000; draw++) {
      const pair = [...sampleWithoutReplacement(["a", "b", "c", "d", "e"], 2, random)].sort().join("");
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    expect(counts.size).toBe(10);
    const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - 2_000) ** 2 / 2_000, 0);
    expect(chiSquared).toBeLessThan(27.9);
  });

  it("draws all items when asked to, and leaves them as they were", () => {
    const items = Object.freeze([1, 2, 3, 4]);
    expect([...sampleWithoutReplacement(items, 4, seededRandom(1))].sort()).toEqual([1, 2, 3, 4]);
    expect(sampleWithoutReplacement(items, 0, seededRandom(1))).toEqual([]);
  });

  it("refuses sizes that cannot be drawn", () => {
    for (const size of [-1, 1.5, 5]) {
      expect(() => sampleWithoutReplacement([1, 2, 3, 4], size, seededRandom(1))).toThrow(RangeError);
    }
  });
});

describe("sampleIndices", () => {
  it("draws what sampleWithoutReplacement draws from the numbers themselves", () => {
    for (const [count, size] of [
      [1, 1],
      [10, 10],
      [1000, 7],
      [50, 0],
    ] as const) {
      const all = Array.from({ length: count }, (_, i) => i);
      expect(sampleIndices(count, size, seededRandom(3))).toEqual(
        sampleWithoutReplacement(all, size, seededRandom(3)),
      );
    }
    expect(new Set(sampleIndices(30, 30, seededRandom(5))).size).toBe(30);
  });

  it("needs no memory for those that are not drawn", () => {
    const drawn = sampleIndices(2 ** 40, 5, seededRandom(1));
    expect(new Set(drawn).size).toBe(5);
    for (const index of drawn) expect(index).toBeLessThan(2 ** 40);
  });
});
