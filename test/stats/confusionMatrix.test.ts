import { describe, expect, it } from "vitest";
import { confusionMatrix, confusionTotals } from "../../src/stats/confusionMatrix.ts";

describe("confusionMatrix", () => {
  it("adds each unit's weight to the row of its true and the column of its predicted category", () => {
    const cells = confusionMatrix([0, 0, 2, 2], [0, 2, 0, 2], { categoryCount: 3, weights: [1, 0.5, 4, 2] });
    expect(cells).toEqual([
      [1, 0, 0.5],
      [0, 0, 0],
      [4, 0, 2],
    ]);
    expect(confusionTotals(cells)).toEqual({
      trueTotals: [1.5, 0, 6],
      predictedTotals: [5, 0, 2.5],
      correct: 3,
      total: 7.5,
    });
  });

  it("counts without weights", () => {
    expect(confusionMatrix([1, 1, 0], [1, 0, 0], { categoryCount: 2 })).toEqual([
      [1, 0],
      [1, 1],
    ]);
    expect(confusionMatrix([], [], { categoryCount: 1 })).toEqual([[0]]);
  });

  it.each([
    [[2], [0], undefined],
    [[0], [2], undefined],
    [[0], [-1], undefined],
    [[0.5], [0], undefined],
    [[0, 1], [0], undefined],
    [[0], [0], [1, 1]],
    [[0], [0], [-1]],
    [[0], [0], [Number.NaN]],
  ])("refuses %j predicted as %j with the weights %j", (truth, predicted, weights) => {
    expect(() => confusionMatrix(truth, predicted, { categoryCount: 2, weights })).toThrow(RangeError);
  });
});

describe("confusionTotals", () => {
  it.each([[[[1, 2]]], [[[1], [2]]], [[[-1]]], [[[Number.NaN]]]])("refuses %j", (cells) => {
    expect(() => confusionTotals(cells)).toThrow(RangeError);
  });
});
