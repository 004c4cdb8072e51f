import { describe, expect, it } from "vitest";
import { makeOverview } from "../../../src/pipeline/makeOverview.ts";
import { drawReviewQueue, openReviewQueues } from "../../../src/pipeline/reviews/reviewQueue.ts";
import type { Study } from "../../../src/store/openStudy.ts";
import type { Run } from "../../../src/store/runStore.ts";
import { plainRun } from "../plainRun.ts";
import { randomRun } from "../randomRun.ts";

const random = { kind: "random", n: 12, seed: 1 } as const;

function categoriesOf(study: Study, run: Run, positions: readonly number[]): number[] {
  return study.reviews.units(run.id, positions).map(({ category }) => category);
}

function countsOf(numbers: readonly number[]): Record<number, number> {
  return Object.fromEntries(
    [...new Set(numbers)].map((one) => [one, numbers.filter((other) => other === one).length]),
  );
}

describe("a random queue", () => {
  it("has n pictures of each category, or all where there are fewer, and none twice", () => {
    const { study, run } = plainRun({ sizes: [40, 5, 0, 300] });
    const queue = drawReviewQueue(study, run, random);
    expect(new Set(queue).size).toBe(12 + 5 + 12);
    expect(countsOf(categoriesOf(study, run, queue))).toEqual({ 0: 12, 1: 5, 3: 12 });
  });

  it("is the same for the same seed, and another for another", () => {
    const { study, run } = plainRun({ sizes: [60, 60, 60] });
    const queue = drawReviewQueue(study, run, random);
    expect(drawReviewQueue(study, run, { ...random })).toEqual(queue);
    const other = drawReviewQueue(study, run, { ...random, seed: 2 });
    expect(new Set([...queue, ...other]).size).toBeGreaterThan(40);
  });

  it("goes on with the same sample in the same order when n is raised", () => {
    const { study, run } = plainRun({ sizes: [60, 7, 60] });
    let before: readonly number[] = [];
    for (const n of [1, 2, 5, 12, 30, 60, 1000]) {
      const queue = drawReviewQueue(study, run, { ...random, n });
      expect(queue.slice(0, before.length)).toEqual(before);
      before = queue;
    }
    expect(before).toHaveLength(127);
  });

  it("mixes the categories: one picture of each before the next of any, never in a fixed order", () => {
    const { study, run } = plainRun({ sizes: [60, 60, 60, 60] });
    const categories = categoriesOf(study, run, drawReviewQueue(study, run, random));
    const rounds = Array.from({ length: 12 }, (_, round) => categories.slice(round * 4, round * 4 + 4));
    for (const round of rounds) expect(round.toSorted()).toEqual([0, 1, 2, 3]);
    expect(new Set(rounds.map((round) => round.join())).size).toBeGreaterThan(5);
  });

  it("shows an image once, though three units show each", () => {
    const { study, run } = plainRun({ sizes: [60, 60], unitsPerImage: 3 });
    const queue = drawReviewQueue(study, run, { ...random, n: 1000 });
    expect(queue).toHaveLength(40);
    expect(new Set(study.reviews.units(run.id, queue).map(({ imageId }) => imageId)).size).toBe(40);
  });

  it("of one category is the part of the whole queue that belongs to it, in its order", () => {
    const { study, run } = plainRun({ sizes: [60, 60, 60] });
    const whole = drawReviewQueue(study, run, random);
    const ofOne = drawReviewQueue(study, run, { ...random, category: 1 });
    const units = study.reviews.units(run.id, whole).filter(({ category }) => category === 1);
    expect(ofOne).toEqual(units.map(({ position }) => position));
  });

  it("gives every image of a category the same chance", () => {
    const { study, run } = plainRun({ sizes: [30] });
    const drawn = Array.from({ length: 600 }, (_, seed) =>
      drawReviewQueue(study, run, { ...random, n: 10, seed }),
    ).flat();
    // 600 draws of 10 in 30: each 200 times, standard deviation sqrt(600 * 1/3 * 2/3) = 11.5; four of them allowed.
    for (const count of Object.values(countsOf(drawn))) expect(Math.abs(count - 200)).toBeLessThan(46);
    expect(new Set(drawn).size).toBe(30);
  });

  it("has the pictures that the overview page shows with the same seed and number", async () => {
    const { study, run } = await randomRun({ units: 90, pictures: 90, categories: 3 });
    const overview = await makeOverview(study, run, { writtenAt: "2025-03-01T11:00:00+01:00" });
    const shown = overview.categories.flatMap(({ samples }) => samples.map(({ name }) => name));
    const queue = drawReviewQueue(study, run, random);
    expect(
      study.reviews
        .units(run.id, queue)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(shown.toSorted());
  });

  it("takes the largest seeds, and no category that is not there", () => {
    const { study, run } = plainRun({ sizes: [6, 6] });
    expect(drawReviewQueue(study, run, { ...random, seed: Number.MAX_SAFE_INTEGER })).toHaveLength(12);
    for (const category of [-1, 2, 0.5, Number.NaN])
      expect(() => drawReviewQueue(study, run, { ...random, category })).toThrow(RangeError);
  });
});

describe("the most uncertain first", () => {
  const uncertain = { kind: "uncertain", n: 10, seed: 1 } as const;

  function margins(study: Study, run: Run, positions: readonly number[]): number[] {
    return positions.map((position) => {
      const { prediction } = study.runs.row(run.id, position);
      return (prediction?.probability ?? 0) - (prediction?.runnerUp?.probability ?? 0);
    });
  }

  it("come by their margins from the smallest on, of all or of one category", () => {
    const { study, run } = plainRun({ sizes: [40, 40, 40] });
    const everyone = margins(
      study,
      run,
      Array.from({ length: 120 }, (_, position) => position),
    ).toSorted((a, b) => a - b);
    expect(margins(study, run, drawReviewQueue(study, run, uncertain))).toEqual(everyone.slice(0, 10));
    const ofOne = drawReviewQueue(study, run, { ...uncertain, category: 2 });
    expect(new Set(categoriesOf(study, run, ofOne))).toEqual(new Set([2]));
    expect(margins(study, run, ofOne)).toEqual(margins(study, run, ofOne).toSorted((a, b) => a - b));
    expect(drawReviewQueue(study, run, { ...uncertain, seed: 9 })).toEqual(
      drawReviewQueue(study, run, uncertain),
    );
  });

  it("do not exist in a codebook of one category", () => {
    const { study, run } = plainRun({ sizes: [40] });
    expect(drawReviewQueue(study, run, uncertain)).toEqual([]);
  });
});

describe("kept queues", () => {
  it("are the ones that would be drawn", () => {
    const { study, run } = plainRun({ sizes: [40, 40, 0] });
    const queues = openReviewQueues(study);
    for (let time = 0; time < 3; time++) {
      for (let seed = 0; seed < 40; seed++) {
        const spec = { ...random, seed, category: seed % 2 };
        expect(queues.of(run, spec)).toEqual(drawReviewQueue(study, run, spec));
      }
      expect(queues.sizesOf(run)).toEqual([40, 40, 0]);
    }
  });
});
