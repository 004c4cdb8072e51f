import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { adjustedCount, roganGladen, roganGladenDelta } from "../../src/stats/roganGladen.ts";

describe("roganGladen", () => {
  it("flags a share outside 0..1 and clips it, the raw one kept", () => {
    const low = roganGladen(0.05, { sensitivity: 0.9, specificity: 0.9 });
    expect(low.raw).toBeCloseTo(-0.0625, 12);
    expect(low).toMatchObject({ share: 0, isOutside: true, interval: undefined });
    expect(adjustedCount(0.99, 0.9, 0.1)).toBe(1);
  });

  it("refuses error rates no better than guessing", () => {
    expect(() => roganGladen(0.5, { sensitivity: 0.5, specificity: 0.5 })).toThrow(UserError);
    expect(() => adjustedCount(0.5, 0.2, 0.3)).toThrow(UserError);
    expect(() => roganGladen(1.5, { sensitivity: 0.9, specificity: 0.9 })).toThrow(RangeError);
  });

  it("has no interval where nothing varies", () => {
    const { standardError, interval } = roganGladenDelta({
      predictedPositive: 10,
      size: 10,
      truePositives: 5,
      goldPositives: 5,
      trueNegatives: 5,
      goldNegatives: 5,
    });
    expect(standardError).toBeUndefined();
    expect(interval).toBeUndefined();
  });
});
