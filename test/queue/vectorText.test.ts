import { describe, expect, it } from "vitest";
import { embeddings, normaliseRows } from "../../src/embeddings.ts";
import { vectorsFromText, vectorsToText } from "../../src/queue/vectorText.ts";
import { seededRandom } from "../../src/seededRandom.ts";

const random = seededRandom(3);
const unitVectors = (count: number, dim: number) =>
  normaliseRows(
    Float32Array.from({ length: count * dim }, () => random() - 0.5),
    dim,
  );
const textOf = (...numbers: number[]) => vectorsToText(embeddings(Float32Array.from(numbers), 1));

describe("vectors as text", () => {
  it.each([
    [1, 1],
    [3, 5],
    [64, 512],
    [7, 1152],
  ])("are %d of %d numbers again, bit by bit", (count, dim) => {
    const vectors = unitVectors(count, dim);
    expect(vectorsFromText(vectorsToText(vectors), count, dim)).toEqual(vectors);
  });

  it("are 4/3 of their bytes, as RFC 4648 has it, little endian", () => {
    // 1.0 is 00 00 80 3f (IEEE 754).
    expect(textOf(1)).toBe("AACAPw==");
  });

  it("are taken from the middle of a larger buffer", () => {
    const values = unitVectors(4, 8).values.subarray(8, 24);
    expect(vectorsFromText(vectorsToText(embeddings(values, 8)), 2, 8).values).toEqual(
      Float32Array.from(values),
    );
  });

  it("may be none", () => {
    expect(vectorsFromText("", 0).count).toBe(0);
  });

  it.each([
    ["not a number", textOf(Number.NaN, 0), 1],
    ["endless", textOf(Number.POSITIVE_INFINITY, 0), 1],
    ["all zero", textOf(0, 0), 1],
    ["twice as long", textOf(2, 0), 1],
    ["one too few", textOf(1, 0), 3],
    ["there where none should be", textOf(1), 0],
    ["none where one should be", "", 1],
    ["cut off", textOf(1, 0).slice(0, -4), 1],
    ["no base64", "%%%%", 1],
  ])("are refused when they are %s", (_what, text, count) => {
    expect(() => vectorsFromText(text, count)).toThrow(RangeError);
  });

  it("are refused when they have another length than the encoder's", () => {
    const text = vectorsToText(unitVectors(2, 512));
    expect(() => vectorsFromText(text, 2, 768)).toThrow("vectors of 512 numbers, and not of 768");
    expect(() => vectorsFromText(text, 1, 512)).toThrow(RangeError);
  });
});
