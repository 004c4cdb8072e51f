import { expect, it } from "vitest";
import { logitInterval } from "../../src/stats/logitInterval.ts";

it("equals svyciprop of R survey 4.1-1, method logit", () => {
  const interval = logitInterval(0.786666666667, 0.0312483800276, 166);
  expect(interval?.low).toBeCloseTo(0.718558940913, 9);
  expect(interval?.high).toBeCloseTo(0.841918534416, 9);
});

it("is not defined at 0 and 1, where the logit is not", () => {
  expect(logitInterval(0, 0.1, 9)).toBeUndefined();
  expect(logitInterval(1, 0, 9)).toBeUndefined();
  expect(logitInterval(0.5, 0.1, 0)).toBeUndefined();
  expect(() => logitInterval(1.2, 0.1, 9)).toThrow(RangeError);
});
