import { describe, expect, it } from "vitest";
import { spreadPrior } from "../../src/stats/spreadPrior.ts";

describe("a prior count spread over strata", () => {
  const strata = [
    { size: 100, drawn: 50 },
    { size: 300, drawn: 30 },
    { size: 40, drawn: 40 },
    { size: 10, drawn: 0 },
  ];
  it("stands where an unseen unit weighs most, and is one in all", () => {
    // 100 * 50 / 50 = 100 and 300 * 270 / 30 = 2700.
    expect(spreadPrior(strata, true)).toEqual([100 / 2800, 2700 / 2800, 0, 0]);
    // 200, 3000, 40.
    expect(spreadPrior(strata, false)).toEqual([200 / 3240, 3000 / 3240, 40 / 3240, 0]);
  });
  it("is nothing where nothing is unseen", () => {
    expect(spreadPrior([{ size: 5, drawn: 5 }], true)).toEqual([0]);
  });
});
