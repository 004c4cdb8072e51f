import { expect, it } from "vitest";
import { multinomialDelta } from "../../src/stats/multinomialDelta.ts";

it("has the standard error of a share for the accuracy", () => {
  const estimate = multinomialDelta(
    [
      [30, 10],
      [5, 55],
    ],
    { kind: "accuracy" },
  );
  expect(estimate?.standardError).toBeCloseTo(Math.sqrt((0.85 * 0.15) / 100), 14);
  expect(estimate?.interval.low).toBeCloseTo(0.85 - 1.959963984540054 * Math.sqrt((0.85 * 0.15) / 100), 12);
});

it("is not defined where the metric is not", () => {
  expect(multinomialDelta([[0]], { kind: "accuracy" })).toBeUndefined();
});
