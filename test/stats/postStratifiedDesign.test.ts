import { describe, expect, it } from "vitest";
import { type GoldSample, sampleWeights } from "../../src/stats/goldSample.ts";
import { postStratifiedDesign } from "../../src/stats/postStratifiedDesign.ts";
import { designWeights } from "../../src/stats/samplingDesign.ts";

const simple: GoldSample = {
  design: { kind: "stratified", strata: [{ size: 60, drawn: 4 }], stratumOf: [0, 0, 0, 0], isFinite: true },
  gold: [0, 0, 1, 1],
  predicted: [0, 0, 0, 1],
  categoryCount: 3,
  predictedSizes: [40, 15, 5],
};

describe("a design after post-stratification", () => {
  it("has the sample's weights, and keeps a category without a unit", () => {
    const design = postStratifiedDesign(simple);
    expect(designWeights(design)).toEqual(sampleWeights(simple));
    expect(design).toMatchObject({
      strata: [
        { size: 40, drawn: 3 },
        { size: 15, drawn: 1 },
        { size: 5, drawn: 0 },
      ],
    });
  });
  it("has them for a Poisson sample, too", () => {
    const poisson: GoldSample = {
      ...simple,
      design: { kind: "poisson", probabilities: [0.1, 0.1, 0.2, 0.1], size: 60, isFinite: true },
    };
    for (const [i, weight] of designWeights(postStratifiedDesign(poisson)).entries())
      expect(weight).toBeCloseTo(sampleWeights(poisson)[i] as number, 10);
  });
  it("is the drawn one where strata were drawn, or no sizes are known", () => {
    const { predictedSizes: _, ...plain } = simple;
    expect(postStratifiedDesign(plain)).toBe(simple.design);
    const strata = [
      { size: 40, drawn: 3 },
      { size: 20, drawn: 1 },
    ];
    const design = { kind: "stratified", strata, stratumOf: [0, 0, 0, 1], isFinite: true } as const;
    expect(postStratifiedDesign({ ...simple, design })).toBe(design);
  });
});
