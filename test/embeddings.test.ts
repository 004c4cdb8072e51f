import { describe, expect, it } from "vitest";
import { embeddingAt, embeddings, normaliseRows, stackEmbeddings } from "../src/embeddings.ts";

describe("embeddings", () => {
  it("are rows of a matrix", () => {
    const matrix = embeddings(Float32Array.of(1, 2, 3, 4, 5, 6), 3);
    expect(matrix).toMatchObject({ count: 2, dim: 3 });
    expect([...embeddingAt(matrix, 1)]).toEqual([4, 5, 6]);
  });

  it("are handed out as views, not copies", () => {
    const matrix = embeddings(Float32Array.of(1, 2, 3, 4), 2);
    embeddingAt(matrix, 1)[0] = 9;
    expect([...matrix.values]).toEqual([1, 2, 9, 4]);
  });

  it("may be none", () => {
    expect(embeddings(new Float32Array(), 4)).toMatchObject({ count: 0, dim: 4 });
  });

  it.each([0, -2, 1.5, 4, Number.NaN])("refuses rows of %d out of six numbers", (dim) => {
    expect(() => embeddings(new Float32Array(6), dim)).toThrow(RangeError);
  });

  it.each([-1, 2, 0.5, Number.NaN])("refuses row %d of two", (index) => {
    expect(() => embeddingAt(embeddings(new Float32Array(6), 3), index)).toThrow(RangeError);
  });
});

describe("normaliseRows", () => {
  it("gives every row length 1 and keeps its direction", () => {
    // 3-4-5 and 2-3-6-7
    const { values, count } = normaliseRows(Float32Array.of(3, 4, 0, 2, -3, 6), 3);
    expect(count).toBe(2);
    const expected = [3 / 5, 4 / 5, 0, 2 / 7, -3 / 7, 6 / 7];
    expect([...values]).toEqual(expected.map(Math.fround));
  });

  it("does so for numbers whose squares float32 cannot hold", () => {
    const { values } = normaliseRows(Float32Array.of(3e30, 4e30, 3e-30, 4e-30), 2);
    [0.6, 0.8, 0.6, 0.8].forEach((expected, i) => {
      expect(values[i]).toBeCloseTo(expected, 6);
    });
  });

  it.each([
    ["of zeros", [0, 0]],
    ["with NaN", [Number.NaN, 1]],
    ["with infinity", [Number.POSITIVE_INFINITY, 1]],
  ])("refuses a row %s", (_, row) => {
    expect(() => normaliseRows(Float32Array.of(1, 1, ...row), 2)).toThrow(/^row 1 has length/);
  });
});

describe("stackEmbeddings", () => {
  it("puts rows one below the other", () => {
    const stacked = stackEmbeddings([
      embeddings(Float32Array.of(1, 2), 2),
      embeddings(Float32Array.of(3, 4, 5, 6), 2),
    ]);
    expect([...stacked.values]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(stacked).toMatchObject({ count: 3, dim: 2 });
  });

  it("refuses rows of different lengths", () => {
    const parts = [embeddings(new Float32Array(2), 2), embeddings(new Float32Array(3), 3)];
    expect(() => stackEmbeddings(parts)).toThrow(RangeError);
  });
});
