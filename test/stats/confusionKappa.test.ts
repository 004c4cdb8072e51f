import { describe, expect, it } from "vitest";
import { confusionKappa } from "../../src/stats/confusionKappa.ts";

describe("confusionKappa", () => {
  it("equals Cohen 1960, table 1, whose proportions give 0.492 agreement beyond chance", () => {
    // (0.70 - 0.41) / (1 - 0.41)
    expect(
      confusionKappa([
        [0.44, 0.05, 0.01],
        [0.07, 0.2, 0.03],
        [0.09, 0.05, 0.06],
      ]),
    ).toBeCloseTo(0.29 / 0.59, 12);
  });

  it("is 0 where the predictions do not depend on the truth", () => {
    expect(
      confusionKappa([
        [8, 2],
        [4, 1],
      ]),
    ).toBeCloseTo(0, 14);
  });

  it("is not defined where one category is all of both, and is where it is all of one", () => {
    expect(
      confusionKappa([
        [0.3, 0],
        [0, 0],
      ]),
    ).toBeUndefined();
    expect(confusionKappa([[0]])).toBeUndefined();
    expect(
      confusionKappa([
        [3, 1],
        [0, 0],
      ]),
    ).toBe(0);
  });
});
