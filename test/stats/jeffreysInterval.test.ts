import { expect, it } from "vitest";
import { jeffreysInterval } from "../../src/stats/jeffreysInterval.ts";

it("equals the beta quantiles of scipy", () => {
  // scipy 1.17.1: beta.ppf([.025, .975], 3.5, 14.5)
  const interval = jeffreysInterval(3, 17);
  expect(interval?.low).toBeCloseTo(0.05234765705067389, 12);
  expect(interval?.high).toBeCloseTo(0.40012266262331386, 12);
});

it("is not defined without trials, and refuses more successes than trials", () => {
  expect(jeffreysInterval(0, 0)).toBeUndefined();
  expect(() => jeffreysInterval(2, 1)).toThrow(RangeError);
});
