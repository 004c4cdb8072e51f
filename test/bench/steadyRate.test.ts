import { describe, expect, it } from "vitest";
import { steadyRate } from "../../bench/steadyRate.ts";

const report = (share: number, done: string, seconds: number) => ({
  text: `classifying ${share}%: ${done} of 2,000, 50 images/s, 10 s left`,
  seconds,
});

describe("steadyRate", () => {
  it("counts from the first tenth to the last report within eight tenths", () => {
    const lines = [
      { text: "note: the codebook has 2 weak points", seconds: 0.5 },
      report(10, "208", 3),
      report(50, "1,008", 13),
      report(80, "1,600", 20),
      report(90, "1,808", 90),
      report(100, "2,000", 99),
    ];
    expect(steadyRate(lines)).toEqual({ count: 1392, seconds: 17 });
  });

  it("refuses a run that reported once", () => {
    expect(() => steadyRate([report(100, "2,000", 3)])).toThrow("too little");
    expect(() => steadyRate([report(10, "208", 3), report(90, "1,808", 9)])).toThrow("too little");
  });
});
