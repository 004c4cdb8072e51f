import { describe, expect, it } from "vitest";
import { normaliseRows } from "../../src/embeddings.ts";
import { cosineSilhouette, silhouette } from "../../src/stats/silhouette.ts";

describe("cosineSilhouette", () => {
  it("equals numpy's silhouettes from all pairs", () => {
    const vectors = [
      [0.19, -0.52, -0.41],
      [-2.44, 1.8, 1.14],
      [-0.33, 0.77, 0.28],
      [-0.55, 0.98, -0.31],
      [-0.33, -0.79, 0.45],
      [-0.1, 0.55, -0.61],
      [0.13, -0.89, 0.84],
      [0.19, 0.33, 0.41],
    ];
    // numpy 2.4.6, in float64
    const expected = [
      -0.39128458279828543, -0.2843286515275951, -0.28539169997656366, -0.2552666170989283,
      -0.6037703872724288, -0.17866973680941822, 0.24232344406410705, 0.058741466678919586,
    ];
    const found = cosineSilhouette(
      normaliseRows(Float32Array.from(vectors.flat()), 3),
      [0, 0, 0, 1, 1, 1, 2, 2],
    );
    expected.forEach((x, i) => {
      expect(found?.values[i]).toBeCloseTo(x, 5);
    });
  });
});

describe("silhouette", () => {
  it("is 0 for an item alone in its cluster, and undefined for a single cluster", () => {
    const distances = [
      [0, 1, 4],
      [1, 0, 4],
      [4, 4, 0],
    ];
    expect(silhouette(distances, [0, 0, 1])?.values).toEqual([0.75, 0.75, 0]);
    expect(silhouette(distances, [0, 0, 0])).toBeUndefined();
    expect(() => silhouette(distances, [0, 1])).toThrow(RangeError);
  });
});
