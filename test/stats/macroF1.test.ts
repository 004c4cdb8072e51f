import { describe, expect, it } from "vitest";
import { macroF1, macroPrecision } from "../../src/stats/macroF1.ts";

describe("macroF1", () => {
  it("is the mean over the categories with a value, and says how many of how many they are", () => {
    const cells = [
      [3, 1, 0],
      [0, 0, 0],
      [0, 0, 0],
    ];
    expect(macroF1(cells)).toEqual({ value: 3 / 7, defined: 2, of: 3 });
    expect(macroPrecision(cells)).toEqual({ value: 0.5, defined: 2, of: 3 });
  });

  it("is not defined where no category has a value", () => {
    expect(macroF1([[0]])).toEqual({ value: undefined, defined: 0, of: 1 });
  });
});
