import { describe, expect, it } from "vitest";
import { decayingExponential } from "../src/decayingExponential.ts";
import { seededRandom } from "../src/seededRandom.ts";

describe("decayingExponential", () => {
  it("is within 1e-15 of Math.exp", () => {
    const random = seededRandom(1);
    let worst = 0;
    for (let i = 0; i < 200_000; i++) {
      const x = -random() * (i % 2 === 0 ? 40 : 700);
      worst = Math.max(worst, Math.abs(decayingExponential(x) / Math.exp(x) - 1));
    }
    expect(worst).toBeLessThan(1e-15);
  });

  it("is exact at 0, and 0 where powers vanish", () => {
    expect([0, -0, -709, -1e300, Number.NEGATIVE_INFINITY].map(decayingExponential)).toEqual([1, 1, 0, 0, 0]);
    expect(decayingExponential(Number.NaN)).toBeNaN();
  });
});
