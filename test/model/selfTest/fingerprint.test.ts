import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { normaliseRows } from "../../../src/embeddings.ts";
import { drawTestViews, testPhrases } from "../../../src/model/selfTest/drawTestViews.ts";
import { fingerprint, fingerprintCosine } from "../../../src/model/selfTest/fingerprint.ts";
import { seededRandom } from "../../../src/seededRandom.ts";

/** Unit vectors at random. */
function randomRows(count: number, dim: number, seed: number) {
  const random = seededRandom(seed);
  return normaliseRows(
    Float32Array.from({ length: count * dim }, () => random() - 0.5),
    dim,
  );
}

describe("fingerprintCosine", () => {
  it("is 1 for the same embeddings", () => {
    const rows = fingerprint(randomRows(6, 512, 1));
    expect(rows.map((row) => row.length)).toEqual([8, 8, 8, 8, 8, 8]);
    expect(fingerprintCosine(rows, rows)).toBe(1);
  });

  it.each([0.9999, 0.99, 0.9, 0])("estimates a mean cosine of %d", (cosine) => {
    const count = 400;
    const [a, b] = [randomRows(count, 512, 1001), randomRows(count, 512, 1002)];
    // Turned from a towards b by the wanted angle (Gram and Schmidt).
    const turned = Float32Array.from(a.values);
    for (let i = 0; i < count; i++) {
      const [x, y] = [a.values.subarray(i * 512, i * 512 + 512), b.values.subarray(i * 512, i * 512 + 512)];
      const along = x.reduce((sum, value, d) => sum + value * (y[d] as number), 0);
      const rest = normaliseRows(
        y.map((value, d) => value - along * (x[d] as number)),
        512,
      ).values;
      const sine = Math.sqrt(1 - cosine ** 2);
      for (let d = 0; d < 512; d++)
        turned[i * 512 + d] = cosine * (x[d] as number) + sine * (rest[d] as number);
    }
    const estimate = fingerprintCosine(fingerprint(normaliseRows(turned, 512)), fingerprint(a));
    // 3,200 squared differences: a relative standard error of sqrt(2 / 3200), 2.5 %.
    expect(Math.abs(estimate - cosine)).toBeLessThan(0.1 * (1 - cosine));
  });

  it("sees one number's sign turned in every embedding, which cosines among them would not", () => {
    const rows = randomRows(6, 32, 1003);
    const turned = rows.values.map((x, i) => (i % 32 === 5 ? -x : x));
    const cosine = fingerprintCosine(fingerprint({ ...rows, values: turned }), fingerprint(rows));
    expect(cosine).toBeLessThan(0.99);
  });

  it("refuses fingerprints of other sizes", () => {
    expect(() => fingerprintCosine([[1, 2]], [[1, 2, 3]])).toThrow(RangeError);
    expect(() => fingerprintCosine([], [])).toThrow(RangeError);
  });
});

describe("drawTestViews", () => {
  it("gives the same six pictures everywhere", () => {
    const digestOf = (sizePx: number) => {
      const hash = createHash("sha256");
      for (const view of drawTestViews(sizePx)) hash.update(view);
      return hash.digest("hex").slice(0, 16);
    };
    for (const sizePx of [64, 224]) {
      const views = drawTestViews(sizePx);
      expect(views.map((view) => view.length)).toEqual(Array(6).fill(sizePx * sizePx * 3));
      expect(new Set(views.map((view) => Buffer.from(view).toString("base64"))).size).toBe(6);
    }
    expect([digestOf(64), digestOf(224)]).toEqual(["8d1366ad072fc6cd", "46c023c909755310"]);
    expect(testPhrases.length).toBe(6);
  });

  it("draws what it says: a red disc on white, sky above ground", () => {
    const [disc, , landscape] = drawTestViews(100) as [Uint8Array, Uint8Array, Uint8Array];
    const at = (view: Uint8Array, x: number, y: number) => [
      ...view.subarray((y * 100 + x) * 3, (y * 100 + x) * 3 + 3),
    ];
    expect(at(disc, 50, 50)).toEqual([214, 40, 40]);
    expect(at(disc, 2, 2)).toEqual([255, 255, 255]);
    expect(at(landscape, 50, 5)[2]).toBe(255);
    expect(at(landscape, 50, 95)[2]).toBe(50);
  });
});
