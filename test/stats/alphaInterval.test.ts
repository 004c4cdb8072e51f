import { describe, expect, it } from "vitest";
import { alphaInterval } from "../../src/stats/alphaInterval.ts";
import { alphaJackknife } from "../../src/stats/alphaJackknife.ts";
import { alphaPerCategory } from "../../src/stats/alphaPerCategory.ts";
import { codedCategories, codedUnits } from "./codedUnits.ts";

describe("alphaInterval", () => {
  // Python 3 with numpy 2.4.6 and scipy 1.17.1: alpha of weighted units differentiated numerically by each unit's weight, with Gwet's
  // term for small samples; Student's t with 11 degrees of freedom.
  it.each([
    ["nominal", 0.12803685276786644, 0.19967426859456938, 0.7632886943683936],
    ["ordinal", 0.0384742112958727, 0.8087131311538239, 0.9780754673707158],
    ["interval", 0.05856548696277088, 0.7476194552162124, 1],
    ["ratio", 0.05487326835141663, 0.7358413071748493, 0.9773918058292377],
  ] as const)("equals a numerical derivative for %s values", (metric, standardError, low, high) => {
    const alpha = alphaInterval(codedUnits, { metric });
    expect(alpha?.standardError).toBeCloseTo(standardError, 8);
    expect(alpha?.interval?.low).toBeCloseTo(low, 8);
    expect(alpha?.interval?.high).toBeCloseTo(high, 8);
    expect(alpha?.pairableUnits).toBe(12);
  });

  it("narrows with a lower level", () => {
    const { low, high } = alphaInterval(codedUnits, { level: 0.9 })?.interval ?? { low: 0, high: 0 };
    // scipy 1.17.1: t.ppf(0.95, 11) = 1.7958848187036696
    expect((high - low) / 2).toBeCloseTo(1.7958848187036696 * 0.12803685276786644, 8);
  });

  it("has no interval where all units say the same, and no error with one unit", () => {
    const perfect = alphaInterval([
      [0, 0],
      [1, 1],
      [1, 1],
    ]);
    expect(perfect).toMatchObject({ alpha: 1, interval: undefined });
    const single = alphaInterval([
      [0, 1],
      [1, undefined],
    ]);
    expect(single).toMatchObject({ alpha: 0, standardError: undefined, interval: undefined });
  });

  it("is undefined where alpha is", () => {
    expect(
      alphaInterval([
        [1, 1],
        [1, 1],
      ]),
    ).toBeUndefined();
  });
});

describe("alphaJackknife", () => {
  // Python 3 with numpy 2.4.6, units left out one by one.
  it.each([
    ["nominal", 0.12772770367197703],
    ["ordinal", 0.034844325800665266],
  ] as const)("equals leaving out units for %s values", (metric, expected) => {
    expect(alphaJackknife(codedUnits, metric)).toBeCloseTo(expected, 12);
  });

  it("is undefined where alpha is not defined without one of the units", () => {
    expect(
      alphaJackknife([
        [0, 0],
        [0, 0],
        [0, 1],
      ]),
    ).toBeUndefined();
  });
});

describe("alphaPerCategory", () => {
  it("equals the definition with all other categories as one", () => {
    const categories = alphaPerCategory(codedCategories, 6);
    // Python 3 with numpy 2.4.6, as above.
    for (const [category, alpha, standardError, units] of [
      [0, 0.6799999999999999, 0.2095398282172619, 4],
      [1, 0.36, 0.26360890845928103, 5],
      [2, 0.3142857142857143, 0.1181955482863315, 3],
      [3, 0.40740740740740744, 0.24554627792258116, 4],
      [4, 0.6049382716049383, 0.24873259717724944, 3],
    ] as const) {
      expect(categories[category]?.alpha?.alpha).toBeCloseTo(alpha, 12);
      expect(categories[category]?.alpha?.standardError).toBeCloseTo(standardError, 8);
      expect(categories[category]?.units).toBe(units);
    }
    expect(categories[0]?.reason).toBeUndefined();
  });

  it("is undefined for a category that nobody used, and says why", () => {
    expect(alphaPerCategory(codedCategories, 6)[5]).toEqual({
      category: 5,
      alpha: undefined,
      reason: "no-variation",
      units: 0,
    });
  });
});
