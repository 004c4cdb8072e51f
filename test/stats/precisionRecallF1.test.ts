import { describe, expect, it } from "vitest";
import { precisionRecallF1 } from "../../src/stats/precisionRecallF1.ts";

describe("precisionRecallF1", () => {
  it("leaves out what nothing tells: precision without predictions, recall without gold, F1 without either", () => {
    const [present, unpredicted, untrue, unused] = precisionRecallF1([
      [3, 0, 1, 0],
      [2, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    expect(present).toEqual({ precision: 0.6, recall: 0.75, f1: 6 / 9, trueTotal: 4, predictedTotal: 5 });
    expect(unpredicted).toEqual({ precision: undefined, recall: 0, f1: 0, trueTotal: 2, predictedTotal: 0 });
    expect(untrue).toEqual({ precision: 0, recall: undefined, f1: 0, trueTotal: 0, predictedTotal: 1 });
    expect(unused).toEqual({
      precision: undefined,
      recall: undefined,
      f1: undefined,
      trueTotal: 0,
      predictedTotal: 0,
    });
  });

  it("does not change when all weights are multiplied", () => {
    const cells = [
      [3, 1],
      [2, 5],
    ];
    const thirds = precisionRecallF1(cells.map((row) => row.map((cell) => cell / 3)));
    for (const [category, { precision, recall, f1 }] of precisionRecallF1(cells).entries()) {
      expect(thirds[category]?.precision).toBeCloseTo(precision as number, 14);
      expect(thirds[category]?.recall).toBeCloseTo(recall as number, 14);
      expect(thirds[category]?.f1).toBeCloseTo(f1 as number, 14);
    }
  });
});
