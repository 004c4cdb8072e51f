import { describe, expect, it } from "vitest";
import { abstentionOf } from "../../../src/pipeline/evaluation/abstentionOf.ts";
import { chooseThresholds, type ThresholdSpec } from "../../../src/pipeline/evaluation/chooseThresholds.ts";
import { readCodedSample } from "../../../src/pipeline/evaluation/codedSample.ts";
import { responseDesign } from "../../../src/pipeline/evaluation/responseDesign.ts";
import { codedSampleOf, simulatedPosts, tableStudy } from "./tableStudy.ts";

function coded(hasResidual = true) {
  const posts = { ...simulatedPosts(1500), hasResidual };
  const { study, run } = tableStudy(posts);
  const sample = codedSampleOf(study, run, posts, { drawn: [120, 100, 150], seed: 9 });
  return { run, response: responseDesign(readCodedSample(study, sample, run), "collection") };
}

const spec: ThresholdSpec = {
  score: "probability",
  target: 0.9,
  isPerCategory: false,
  byLowerBound: false,
  residual: undefined,
  seed: 1,
};

describe("abstention", () => {
  it("has a curve of at most 200 points down to all images, and what it says of each is so", () => {
    const { response } = coded();
    for (const score of ["probability", "margin"] as const) {
      const { curve, targets } = abstentionOf(response, 1, score);
      expect(curve).toHaveLength(200);
      expect(curve.at(-1)?.coverage).toBeCloseTo(1, 12);
      for (const { threshold, coverage, precision } of [curve[0], curve[70], curve[199]].filter(
        (x) => x !== undefined,
      )) {
        let [all, kept, right] = [0, 0, 0];
        for (const [i, { prediction, trueCategory }] of response.images.entries()) {
          const weight = response.weights[i] as number;
          const own =
            prediction.probability - (score === "margin" ? (prediction.runnerUp?.probability as number) : 0);
          all += weight;
          if (Math.max(0, own) < threshold) continue;
          kept += weight;
          if (trueCategory === prediction.category) right += weight;
        }
        expect(coverage).toBeCloseTo(kept / all, 12);
        expect(precision).toBeCloseTo(right / kept, 12);
      }
      expect(targets.map(({ target }) => target)).toEqual([0.8, 0.9, 0.95]);
      const [, ninety] = targets;
      expect(ninety?.threshold).toBeGreaterThan(0.1);
      expect(ninety?.precision.method).toContain("cross-validation");
      expect(ninety?.precision.value).toBeGreaterThan(0.8);
      expect(ninety?.coverage).toBeLessThan(1);
    }
  });

  it("asks for more where the lower end of the interval is to reach the precision", () => {
    const { run, response } = coded();
    const { thresholds, residual, keptFrom } = chooseThresholds(run, response, spec);
    const threshold = thresholds[0]?.threshold as number;
    expect(residual).toBe("Other");
    expect(keptFrom).toEqual([threshold, threshold, threshold]);
    const strict = chooseThresholds(run, response, { ...spec, byLowerBound: true });
    expect(strict.thresholds[0]?.threshold).toBeGreaterThan(threshold);
  });

  it("says of its thresholds what they do on all images, on average of 60 samples", () => {
    const posts = { ...simulatedPosts(1500), hasResidual: true };
    const { study, run } = tableStudy(posts);
    let [validated, truth, covered] = [0, 0, 0];
    for (let seed = 0; seed < 60; seed++) {
      const sample = codedSampleOf(study, run, posts, {
        drawn: [120, 100, 150],
        seed,
        name: `sample ${seed}`,
      });
      const response = responseDesign(readCodedSample(study, sample, run), "collection");
      const [chosen] = chooseThresholds(run, response, { ...spec, seed }).thresholds;
      const kept = posts.images.filter(({ probability }) => probability >= (chosen?.threshold as number));
      const precision = kept.filter((image) => image.truth === image.predicted).length / kept.length;
      const { low, high } = chosen?.precision?.interval ?? { low: 2, high: 2 };
      validated += (chosen?.precision?.value as number) / 60;
      truth += precision / 60;
      covered += Number(low <= precision && precision <= high);
    }
    expect(Math.abs(validated - truth)).toBeLessThan(0.015);
    // Too narrow where thresholds vary, as `thresholdForPrecision` says; 89 of 100 here.
    expect(covered / 60).toBeGreaterThan(0.8);
  });

  it("chooses one for each category but the residual one, whose predictions stay", () => {
    const { run, response } = coded();
    const { thresholds, keptFrom } = chooseThresholds(run, response, { ...spec, isPerCategory: true });
    expect(thresholds.map(({ category }) => category)).toEqual(["Events", "Interviews"]);
    expect(keptFrom).toEqual([thresholds[0]?.threshold, thresholds[1]?.threshold, 0]);
    const events = response.images.filter(({ prediction }) => prediction.category === 0);
    const above = events.filter(({ prediction }) => prediction.probability >= (keptFrom[0] as number));
    const right = above.filter(({ trueCategory }) => trueCategory === 0).length;
    // Weights within a predicted category are the same.
    expect(right / above.length).toBeGreaterThanOrEqual(0.9);
    expect(thresholds[0]?.coverage).toBeLessThanOrEqual(1);
  });

  it("refuses a precision that nothing reaches, and a missing or misleading residual category", () => {
    const { run, response } = coded(false);
    // The surest image is wrong: no threshold is without an error.
    const [first] = response.images;
    if (first === undefined) throw new Error("a sample without images");
    const worse = {
      ...response,
      images: [
        {
          ...first,
          trueCategory: (first.prediction.category + 1) % 3,
          prediction: { ...first.prediction, probability: 1 },
        },
        ...response.images.slice(1),
      ],
    };
    const named = { ...spec, residual: "Not sure" };
    expect(() => chooseThresholds(run, worse, { ...named, target: 1 })).toThrow(
      "no threshold of the probability reaches 100% precision",
    );
    const few = {
      ...response,
      images: [],
      weights: [],
      design: { ...response.design, stratumOf: [], strata: [] },
    };
    expect(() => chooseThresholds(run, few as typeof response, named)).toThrow(
      "no coded image has a true category and a prediction",
    );
    expect(() => chooseThresholds(run, response, spec)).toThrow("no residual category");
    expect(() => chooseThresholds(run, response, { ...spec, residual: "Events" })).toThrow(
      '"Events" is a category of the codebook',
    );
  });
});
