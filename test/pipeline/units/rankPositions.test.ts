import { describe, expect, it } from "vitest";
import { rankPositions } from "../../../src/pipeline/units/rankPositions.ts";
import { seededRandom } from "../../../src/seededRandom.ts";

describe("rankPositions", () => {
  it("equals a stable sort by the numbers, of either sign and every size", () => {
    const random = seededRandom(5);
    const values = Float64Array.from(
      { length: 5000 },
      () => (random() - 0.5) * 10 ** Math.floor(random() * 40 - 20),
    );
    for (let i = 0; i < 5000; i += 3) values[i] = Math.round((values[i] as number) * 4) / 4;
    const expected = [...values.keys()].sort((a, b) => (values[a] as number) - (values[b] as number));
    expect([...rankPositions(values)]).toEqual(expected);
  });

  it("takes both zeros for one number, infinities for the ends, and leaves what is no number for last", () => {
    const values = Float64Array.of(Number.NaN, 0, -0, Number.NEGATIVE_INFINITY, 0, -Number.NaN, Infinity, -1);
    expect([...rankPositions(values)]).toEqual([3, 7, 1, 2, 4, 6, 0, 5]);
  });

  it("has nothing to do with nothing", () => {
    expect([...rankPositions(new Float64Array(0))]).toEqual([]);
  });
});
