import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/seededRandom.ts";
import { randomFolds } from "../../src/stats/randomFolds.ts";
import { thresholdForPrecision } from "../../src/stats/thresholdForPrecision.ts";

function drawn(count: number, random: () => number) {
  const scores = Array.from({ length: count }, () => random());
  return { scores, isRight: scores.map((score) => random() < score) };
}

describe("thresholdForPrecision", () => {
  it("is the lowest score that reaches the target, also where a higher one misses it", () => {
    const scores = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4];
    const isRight = [false, true, true, true, false, false];
    const picked = thresholdForPrecision(scores, isRight, seededRandom(1), { target: 0.75, folds: 2 });
    expect(picked?.threshold).toBe(0.6);
    expect(picked?.apparent.precision.share).toBe(0.75);
    expect(picked?.apparent.coverage).toBeCloseTo(4 / 6, 14);
  });

  it("keeps a unit by the threshold of the folds that it is not in", () => {
    const { scores, isRight } = drawn(40, seededRandom(11));
    const picked = thresholdForPrecision(scores, isRight, seededRandom(4), { target: 0.8, folds: 4 });
    const foldOf = randomFolds(40, 4, seededRandom(4));
    let kept = 0;
    let right = 0;
    for (const fold of [0, 1, 2, 3]) {
      const others = scores.filter((_, unit) => foldOf[unit] !== fold);
      const reaching = others.filter((threshold) => {
        const isKept = scores.map((score, unit) => foldOf[unit] !== fold && score >= threshold);
        const keptRight = isKept.filter((own, unit) => own && isRight[unit]).length;
        return keptRight / isKept.filter(Boolean).length >= 0.8;
      });
      expect(picked?.foldThresholds[fold]).toBe(Math.min(...reaching));
      for (const [unit, score] of scores.entries())
        if (foldOf[unit] === fold && score >= Math.min(...reaching)) {
          kept += 1;
          if (isRight[unit]) right += 1;
        }
    }
    expect(picked?.precision?.count).toBe(kept);
    expect(picked?.precision?.share).toBeCloseTo(right / kept, 14);
    expect(picked?.coverage).toBeCloseTo(kept / 40, 14);
  });

  it("tells on average the precision that new units have, where the same units promise too much", () => {
    // A score is the chance of being right, uniform: kept from t on, (1 + t) / 2 of all units are right.
    const random = seededRandom(2026);
    let apparent = 0;
    let surplus = 0;
    let kept = 0;
    let draws = 0;
    for (let draw = 0; draw < 1000; draw++) {
      const { scores, isRight } = drawn(100, random);
      const picked = thresholdForPrecision(scores, isRight, random, { target: 0.85 });
      if (picked?.precision === undefined) continue;
      draws += 1;
      apparent += picked.apparent.precision.share - (1 + picked.threshold) / 2;
      // Of the 20 units of each fold, (1 - t^2) / 2 are kept and right in the long run.
      for (const threshold of picked.foldThresholds) surplus -= 10 * (1 - (threshold ?? 1) ** 2);
      surplus += picked.precision.share * picked.precision.count;
      kept += picked.precision.count;
    }
    expect(draws).toBeGreaterThan(950);
    expect(apparent / draws).toBeGreaterThan(0.015);
    expect(Math.abs(surplus / kept)).toBeLessThan(0.01);
  });

  it("has an interval that covers the threshold's own precision nearly as often as it says, with 400 units", () => {
    const random = seededRandom(17);
    let covered = 0;
    for (let draw = 0; draw < 500; draw++) {
      const { scores, isRight } = drawn(400, random);
      const picked = thresholdForPrecision(scores, isRight, random, { target: 0.85 });
      const precision = (1 + (picked?.threshold as number)) / 2;
      const { low, high } = picked?.precision?.interval ?? { low: 1, high: 0 };
      if (low <= precision && precision <= high) covered += 1;
    }
    expect(covered / 500).toBeGreaterThan(0.88);
    expect(covered / 500).toBeLessThan(0.96);
  });

  it("has one that is too narrow with 150 units: it holds that precision in fewer than nine of ten samples", () => {
    const random = seededRandom(3);
    let [held, all] = [0, 0];
    for (let sample = 0; sample < 600; sample++) {
      const scores = Array.from({ length: 150 }, () => random());
      const isRight = scores.map((score) => random() < 0.5 + score / 2);
      const picked = thresholdForPrecision(scores, isRight, seededRandom(sample), { target: 0.9 });
      if (picked?.precision === undefined) continue;
      const { low, high } = picked.precision.interval;
      // The mean chance of scores above the threshold.
      const truth = 0.5 + (1 + picked.threshold) / 4;
      held += Number(low <= truth && truth <= high);
      all += 1;
    }
    expect(all).toBeGreaterThan(500);
    expect(held / all).toBeLessThan(0.9);
    expect(held / all).toBeGreaterThan(0.8);
  });
  it("by its lower bound keeps fewer, and is not defined where none reaches it", () => {
    const { scores, isRight } = drawn(200, seededRandom(8));
    const options = { target: 0.7 };
    const byEstimate = thresholdForPrecision(scores, isRight, seededRandom(1), options);
    const byBound = thresholdForPrecision(scores, isRight, seededRandom(1), {
      ...options,
      reachedBy: "lowerBound",
    });
    expect(byBound?.apparent.precision.interval.low).toBeGreaterThanOrEqual(0.7);
    expect(byBound?.threshold).toBeGreaterThan(byEstimate?.threshold as number);
    expect(
      thresholdForPrecision(scores, isRight, seededRandom(1), { target: 0.99, reachedBy: "lowerBound" }),
    ).toBeUndefined();
  });

  it("is not defined where nothing is right, or units are fewer than folds", () => {
    expect(
      thresholdForPrecision([0.9, 0.8], [false, false], seededRandom(1), { target: 0.5, folds: 2 }),
    ).toBeUndefined();
    expect(thresholdForPrecision([0.9], [true], seededRandom(1), { target: 0.5 })).toBeUndefined();
    expect(thresholdForPrecision([], [], seededRandom(1), { target: 0.5 })).toBeUndefined();
    expect(() => thresholdForPrecision([0.9], [true], seededRandom(1), { target: 1.5 })).toThrow(RangeError);
  });

  it("is reached by eight of ten at 80%, whatever the weights' rounding", () => {
    const scores = Array.from({ length: 10 }, (_, unit) => unit / 10);
    const isRight = scores.map((_, unit) => unit > 1);
    for (const weight of [0.7, 1 / 3]) {
      const weights = scores.map(() => weight);
      const picked = thresholdForPrecision(scores, isRight, seededRandom(1), { target: 0.8, weights });
      expect(picked?.threshold).toBe(0);
    }
  });

  it("is of the counted units alone that of a list without the others", () => {
    const { scores, isRight } = drawn(60, seededRandom(12));
    const isCounted = scores.map((_, unit) => unit % 3 !== 0);
    const only = <Value>(values: readonly Value[]) => values.filter((_, unit) => isCounted[unit]);
    const picked = thresholdForPrecision(scores, isRight, seededRandom(4), { target: 0.7, isCounted });
    const alone = thresholdForPrecision(only(scores), only(isRight), seededRandom(4), { target: 0.7 });
    expect(alone?.coverage).toBeGreaterThan(0);
    expect(picked).toEqual(alone);
    expect(() =>
      thresholdForPrecision(scores, isRight, seededRandom(4), { target: 0.7, isCounted: [true] }),
    ).toThrow(RangeError);
  });
});
