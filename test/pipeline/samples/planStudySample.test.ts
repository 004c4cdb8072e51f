import { describe, expect, it } from "vitest";
import { planStudySample } from "../../../src/pipeline/samples/planStudySample.ts";
import { readSampleFrame } from "../../../src/pipeline/samples/readSampleFrame.ts";
import { planSample } from "../../../src/stats/planSample.ts";
import { drawSample } from "../../../src/validation/drawSample.ts";
import type { DesignSpec } from "../../../src/validation/sampleSpec.ts";
import { plainRun } from "../plainRun.ts";
import { plainSample } from "./plainSample.ts";

const nothing = { samples: [], reviewed: false, examples: false };

function planOf(sizes: readonly number[], design: DesignSpec, precision?: number) {
  const { study, run } = plainRun({ sizes });
  const frame = readSampleFrame(study, run, nothing);
  return { frame, run, plan: planStudySample(run, frame, design, precision) };
}

describe("planning a sample", () => {
  it.each([
    { kind: "stratified", size: 90, floor: 20, isSplit: false },
    { kind: "stratified", size: 90, floor: 20, isSplit: true },
  ] as const)("says what will be drawn of each stratum: $isSplit", (design) => {
    const { frame, plan } = planOf([200, 40, 5, 0], design);
    const { strata } = drawSample(frame, { name: "test", design, seed: 1 }, 4);
    expect(plan.parts.map(({ category, half, size, drawn }) => ({ category, half, size, drawn }))).toEqual(
      strata,
    );
    for (const { size, drawn, least, most } of plan.parts) {
      expect([least, most]).toEqual(size === 0 ? [undefined, undefined] : [drawn / size, drawn / size]);
    }
  });

  it("says how many are left out where too many are wanted", () => {
    const { study, run } = plainRun({ sizes: [4] });
    plainSample(study, run, { name: "pilot", perCategory: 1 });
    const frame = readSampleFrame(study, run, { ...nothing, samples: ["pilot"] });
    expect(() => planStudySample(run, frame, { kind: "simple", size: 9 })).toThrow(
      "run 1 has 3 different ones, 1 other is left out",
    );
  });

  it("expects of each category its part of a simple random sample", () => {
    const { plan } = planOf([300, 100], { kind: "simple", size: 40 });
    expect(plan.parts).toEqual([
      { category: 0, half: undefined, size: 300, drawn: expect.closeTo(30, 9), least: 0.1, most: 0.1 },
      { category: 1, half: undefined, size: 100, drawn: expect.closeTo(10, 9), least: 0.1, most: 0.1 },
    ]);
    expect(plan.expected.accuracy?.halfWidth).toBeCloseTo(
      planSample(
        [
          { category: 0, size: 300, drawn: 30 },
          { category: 1, size: 100, drawn: 10 },
        ],
        2,
      ).accuracy?.halfWidth as number,
      9,
    );
  });

  it("counts a Poisson sample as less than its expected number, because its weights differ", () => {
    const design = { kind: "uncertainty", size: 60, least: 0.25 } as const;
    const { plan } = planOf([200, 100], design);
    expect(plan.parts.reduce((sum, { drawn }) => sum + drawn, 0)).toBeCloseTo(60, 6);
    for (const { least, most } of plan.parts) expect(least).toBeLessThan(most as number);
    const even = planOf([200, 100], { kind: "simple", size: 60 }).plan;
    expect(plan.expected.accuracy?.halfWidth).toBeGreaterThan(even.expected.accuracy?.halfWidth as number);
    // The same for all: no difference.
    const flat = planOf([200, 100], { ...design, least: 1 }).plan;
    expect(flat.expected.accuracy?.halfWidth).toBeCloseTo(even.expected.accuracy?.halfWidth as number, 9);
  });

  it("has narrower intervals for a larger sample, none for everything, and follows the assumption", () => {
    const widthOf = (size: number, precision?: number) =>
      planOf([300, 100], { kind: "stratified", size, floor: 20, isSplit: false }, precision).plan.expected
        .accuracy?.halfWidth as number;
    expect(widthOf(200)).toBeLessThan(widthOf(100));
    expect(widthOf(400)).toBe(0);
    expect(widthOf(100, 0.95)).toBeLessThan(widthOf(100, 0.7));
  });

  it("refuses what could not be drawn", () => {
    expect(() => planOf([30, 10], { kind: "simple", size: 41 })).toThrow("40 different ones");
  });
});
