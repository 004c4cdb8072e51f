import { describe, expect, it } from "vitest";
import { waldTest } from "../../src/stats/waldTest.ts";

describe("waldTest", () => {
  it("is two-sided, and agrees with its interval", () => {
    // scipy 1.17.1: 2 norm.sf(0.2617 / 0.223)
    expect(waldTest(-0.2617, 0.223)?.pValue).toBeCloseTo(0.24057828370707257, 12);
    const edge = waldTest(1.959963984540054, 1);
    expect(edge?.pValue).toBeCloseTo(0.05, 12);
    expect(edge?.interval.low).toBeCloseTo(0, 12);
  });

  it("is undefined without a standard error", () => {
    expect(waldTest(1, undefined)).toBeUndefined();
    expect(waldTest(1, 0)).toBeUndefined();
    expect(() => waldTest(1, 1, 1)).toThrow(RangeError);
  });
});
