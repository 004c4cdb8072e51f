import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/seededRandom.ts";
import { alphaBootstrap } from "../../src/stats/alphaBootstrap.ts";
import { alphaInterval } from "../../src/stats/alphaInterval.ts";
import { codedUnits } from "./codedUnits.ts";

/** Units with a true category, which each of three coders gives with a probability of .85, else any. */
function coded(units: number, categories: number): readonly (readonly number[])[] {
  const random = seededRandom(7);
  const any = () => Math.floor(random() * categories);
  return Array.from({ length: units }, any).map((truth) =>
    Array.from({ length: 3 }, () => (random() < 0.85 ? truth : any())),
  );
}

describe("alphaBootstrap", () => {
  it("is repeatable by its seed", () => {
    const first = alphaBootstrap(codedUnits, { random: seededRandom(1) });
    expect(alphaBootstrap(codedUnits, { random: seededRandom(1) })).toEqual(first);
    expect(alphaBootstrap(codedUnits, { random: seededRandom(2) })).not.toEqual(first);
    expect(first?.replicates).toBe(2000);
  });

  it.each(["nominal", "ordinal", "interval", "ratio"] as const)(
    "comes close to the linearised interval with many units and %s values",
    (metric) => {
      // No category 0: nobody wants a ratio of 0.
      const units = coded(400, 12).map((row) => row.map((category) => category + 1));
      const linearised = alphaInterval(units, { metric })?.interval;
      const drawn = alphaBootstrap(units, { metric, random: seededRandom(3) })?.interval;
      expect(Math.abs((drawn?.low ?? 0) - (linearised?.low ?? 9))).toBeLessThan(0.01);
      expect(Math.abs((drawn?.high ?? 0) - (linearised?.high ?? 9))).toBeLessThan(0.01);
    },
  );

  it("tells how probable values below the limits are", () => {
    // Alpha is about .72 with a standard error of .02.
    const units = coded(400, 12);
    const { alpha, standardError } = alphaInterval(units) ?? { alpha: 0 };
    expect([alpha, standardError]).toEqual([expect.closeTo(0.72, 1), expect.closeTo(0.02, 2)]);
    const drawn = alphaBootstrap(units, { random: seededRandom(4) });
    expect(drawn?.probabilityBelow667).toBeLessThan(0.2);
    expect(drawn?.probabilityBelow800).toBeGreaterThan(0.98);
  });

  it("tells how many replicates were undefined", () => {
    // Only the first two units are drawn in (2/3)^3 of the replicates: no variation.
    const drawn = alphaBootstrap(
      [
        [0, 0],
        [0, 0],
        [0, 1],
      ],
      { random: seededRandom(5) },
    );
    expect(drawn?.undefinedShare).toBeGreaterThan(0.296 - 0.035);
    expect(drawn?.undefinedShare).toBeLessThan(0.296 + 0.035);
    expect(drawn?.interval?.high).toBeLessThan(1);
  });

  it("is undefined where alpha is, and refuses too few replicates", () => {
    expect(
      alphaBootstrap(
        [
          [1, 1],
          [1, 1],
        ],
        { random: seededRandom(1) },
      ),
    ).toBeUndefined();
    expect(() => alphaBootstrap(codedUnits, { random: seededRandom(1), replicates: 1999 })).toThrow(
      RangeError,
    );
  });
});
