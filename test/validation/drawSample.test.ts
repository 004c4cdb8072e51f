import { describe, expect, it } from "vitest";
import { sampleWithoutReplacement, seededRandom } from "../../src/seededRandom.ts";
import { drawSample } from "../../src/validation/drawSample.ts";
import type { SampleFrame } from "../../src/validation/sampleFrame.ts";
import type { DesignSpec } from "../../src/validation/sampleSpec.ts";
import { randomFrame } from "./randomFrame.ts";

const seeds = 5000;

const designs: readonly (readonly [name: string, design: DesignSpec])[] = [
  ["simple", { kind: "simple", size: 12 }],
  ["stratified", { kind: "stratified", size: 16, floor: 3, isSplit: false }],
  ["split", { kind: "stratified", size: 18, floor: 4, isSplit: true }],
  ["uncertainty", { kind: "uncertainty", size: 14, least: 0.25 }],
];

/** The same rows in another order. */
function shuffled(frame: SampleFrame): SampleFrame {
  const rows = [...frame.positions.keys()];
  const order = sampleWithoutReplacement(rows, rows.length, seededRandom(99));
  return {
    positions: Int32Array.from(order, (row) => frame.positions[row] as number),
    imageIds: Int32Array.from(order, (row) => frame.imageIds[row] as number),
    categories: Int32Array.from(order, (row) => frame.categories[row] as number),
    probabilities: Float64Array.from(order, (row) => frame.probabilities[row] as number),
  };
}

/** A frame of one category with these probabilities. */
function frameOf(probabilities: readonly number[]): SampleFrame {
  const numbers = Int32Array.from(probabilities.keys());
  return {
    positions: numbers,
    imageIds: numbers,
    categories: new Int32Array(numbers.length),
    probabilities: Float64Array.from(probabilities),
  };
}

describe("drawing a sample", () => {
  it.each(designs)("%s: draws each image as often over 5,000 seeds as it says", (_, design) => {
    const frame = randomFrame([30, 12, 4]);
    const count = frame.positions.length;
    const times = new Map<number, number>();
    const stated = new Map<number, number>();
    for (let seed = 1; seed <= seeds; seed++) {
      for (const { imageId, inclusionProbability } of drawSample(frame, { name: "test", design, seed }, 3)
        .members) {
        times.set(imageId, (times.get(imageId) ?? 0) + 1);
        // The same in every sample.
        expect(stated.get(imageId) ?? inclusionProbability).toBe(inclusionProbability);
        stated.set(imageId, inclusionProbability);
      }
    }
    expect(stated.size).toBe(count);
    // Chi-square of 46 standardised frequencies: its mean is at most 46, and above 90 it is once in 10,000 draws of the seeds.
    let chiSquare = 0;
    for (const [imageId, pi] of stated) {
      const hits = times.get(imageId) as number;
      if (pi === 1) expect(hits).toBe(seeds);
      else chiSquare += (hits - seeds * pi) ** 2 / (seeds * pi * (1 - pi));
    }
    expect(chiSquare).toBeLessThan(90);
    expect([...stated.values()].reduce((sum, pi) => sum + pi, 0)).toBeCloseTo(design.size, 9);
  });

  it.each(designs)(
    "%s: draws the same again, whatever the order of the rows, and other images by another seed",
    (_, design) => {
      const frame = randomFrame([300, 120, 40]);
      const drawn = drawSample(frame, { name: "test", design, seed: 4 }, 3);
      expect(drawSample(shuffled(frame), { name: "test", design, seed: 4 }, 3)).toEqual(drawn);
      expect(drawSample(frame, { name: "test", design, seed: 5 }, 3)).not.toEqual(drawn);
      expect(drawSample(frame, { name: "other", design, seed: 4 }, 3)).not.toEqual(drawn);
      expect(new Set(drawn.members.map(({ imageId }) => imageId)).size).toBe(drawn.members.length);
    },
  );

  it.each(designs)("%s: draws everything for certain where the size is the frame's or above", (_, design) => {
    for (const size of [46, 1000]) {
      const frame = randomFrame([30, 12, 4]);
      const { members, strata } = drawSample(
        frame,
        { name: "test", design: { ...design, size }, seed: 1 },
        3,
      );
      expect(members).toHaveLength(46);
      expect(members.every(({ inclusionProbability }) => inclusionProbability === 1)).toBe(true);
      expect(strata.every((stratum) => stratum.size === stratum.drawn)).toBe(true);
    }
  });

  it("gives members in random order, not stratum by stratum", () => {
    const design = { kind: "stratified", size: 60, floor: 20, isSplit: false } as const;
    const { members } = drawSample(randomFrame([200, 200, 200]), { name: "test", design, seed: 1 }, 3);
    const firsts = members.slice(0, 20).map(({ stratum }) => stratum);
    expect(new Set(firsts).size).toBe(3);
  });

  it("draws all of a category that has fewer images than the floor, and keeps an empty one", () => {
    const design = { kind: "stratified", size: 100, floor: 30, isSplit: false } as const;
    const { strata, members } = drawSample(
      randomFrame([400, 10, 0, 90]),
      { name: "test", design, seed: 1 },
      4,
    );
    expect(strata.map(({ size, drawn }) => [size, drawn])).toEqual([
      [400, 54],
      [10, 10],
      [0, 0],
      [90, 36],
    ]);
    expect(members.filter(({ stratum }) => stratum === 1).map((row) => row.inclusionProbability)).toEqual(
      Array.from({ length: 10 }, () => 1),
    );
  });

  it("splits a category at its median, with ties all on one side and the floor counted for both halves together", () => {
    const design = { kind: "stratified", size: 6, floor: 6, isSplit: true } as const;
    const sizesOf = (probabilities: readonly number[]) =>
      drawSample(frameOf(probabilities), { name: "test", design: { ...design, size: 4 }, seed: 1 }, 1).strata;
    expect(sizesOf([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8])).toEqual([
      { category: 0, half: "lower", size: 4, drawn: 2 },
      { category: 0, half: "upper", size: 4, drawn: 2 },
    ]);
    expect(sizesOf([0.1, 0.2, 0.5, 0.5, 0.5, 0.5, 0.7, 0.8]).map(({ size }) => size)).toEqual([2, 6]);
    expect(sizesOf([1, 1, 1, 1, 1, 1]).map(({ size, drawn }) => [size, drawn])).toEqual([
      [0, 0],
      [6, 4],
    ]);
    const { strata } = drawSample(
      randomFrame([100, 8]),
      { name: "test", design: { ...design, size: 20 }, seed: 1 },
      2,
    );
    expect(strata.map(({ size, drawn }) => [size, drawn])).toEqual([
      [50, 7],
      [50, 6],
      [4, 4],
      [4, 3],
    ]);
  });

  it("leaves the number of a Poisson sample to chance, and records it", () => {
    const frame = randomFrame([200, 100]);
    const design = { kind: "uncertainty", size: 40, least: 0.25 } as const;
    const sizes = Array.from({ length: 200 }, (_, seed) => {
      const { strata, members } = drawSample(frame, { name: "test", design, seed }, 2);
      expect(strata).toEqual([{ category: undefined, half: undefined, size: 300, drawn: members.length }]);
      return members.length;
    });
    expect(new Set(sizes).size).toBeGreaterThan(10);
    expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toBeCloseTo(40, -0.5);
  });

  it("refuses an image that is there twice, and strata of which nothing would be drawn", () => {
    const twice = { ...frameOf([0.5, 0.6]), imageIds: Int32Array.of(4, 4) };
    expect(() =>
      drawSample(twice, { name: "test", design: { kind: "simple", size: 1 }, seed: 1 }, 1),
    ).toThrow(RangeError);
    const design = { kind: "stratified", size: 2, floor: 0, isSplit: false } as const;
    expect(() => drawSample(randomFrame([900, 3]), { name: "test", design, seed: 1 }, 2)).toThrow(
      "stratum 1",
    );
    expect(() =>
      drawSample(frameOf([0.5]), { name: "test", design: { kind: "simple", size: 0 }, seed: 1 }, 1),
    ).toThrow("size");
  });
});
