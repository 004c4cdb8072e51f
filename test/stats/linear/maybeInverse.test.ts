import { describe, expect, it } from "vitest";
import { columnNorm, maybeInverse } from "../../../src/stats/linear/maybeInverse.ts";

describe("maybeInverse", () => {
  it("equals numpy's inverse", () => {
    // numpy 2.4.6 linalg.inv
    const expected = [
      [0.34090909090909094, -0.09090909090909091, -0.13636363636363635],
      [-0.11363636363636365, 0.36363636363636365, 0.045454545454545456],
      [-0.125, 0, 0.25],
    ];
    const inverse = maybeInverse([
      [4, 1, 2],
      [1, 3, 0],
      [2, 0.5, 5],
    ]);
    expected.forEach((row, i) => {
      row.forEach((x, j) => {
        expect(inverse?.[i]?.[j]).toBeCloseTo(x, 14);
      });
    });
  });

  it("needs a pivot that is not on the diagonal", () => {
    expect(
      maybeInverse([
        [0, 2],
        [4, 0],
      ]),
    ).toEqual([
      [0, 0.25],
      [0.5, 0],
    ]);
  });

  it("does not take different scales for a singular matrix", () => {
    expect(
      maybeInverse([
        [1e-9, 0],
        [0, 1e9],
      ])?.[0]?.[0],
    ).toBeCloseTo(1e9, 0);
  });

  it("is undefined for a singular matrix, and for one of roundings", () => {
    expect(
      maybeInverse([
        [1, 2],
        [2, 4],
      ]),
    ).toBeUndefined();
    expect(
      maybeInverse([
        [0.1, 0.3],
        [0.2, 0.1 + 0.5],
      ]),
    ).toBeUndefined();
    expect(maybeInverse([[0]])).toBeUndefined();
    // numpy 2.4.6: this Vandermonde matrix has the condition number 7e17.
    const nodes = Array.from({ length: 14 }, (_, i) => 1 / (i + 1));
    expect(maybeInverse(nodes.map((x) => nodes.map((_, power) => x ** (13 - power))))).toBeUndefined();
  });

  it("refuses what is not square or not finite", () => {
    expect(() => maybeInverse([])).toThrow(RangeError);
    expect(() => maybeInverse([[1, 2]])).toThrow(RangeError);
    expect(() => maybeInverse([[Number.NaN]])).toThrow(RangeError);
  });

  it("measures the largest column sum", () => {
    expect(
      columnNorm([
        [1, -2],
        [3, -4],
      ]),
    ).toBe(6);
  });
});
