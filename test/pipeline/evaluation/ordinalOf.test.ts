import { describe, expect, it } from "vitest";
import { ordinalOf } from "../../../src/pipeline/evaluation/ordinalOf.ts";

// Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C, its values 1 to 5 as 0 to 4.
const columns = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];
const ratings = Array.from({ length: 12 }, (_, unit) =>
  columns.map((codes) => (codes[unit] === "." ? undefined : Number(codes[unit]) - 1)),
);
const coders = ["A", "B", "C", "D"];
const grades = ["none", "little", "some", "much", "all"].map((name) => ({ name }));
const predicted = ratings.map(([, second]) => second);

describe("ordinalOf", () => {
  it("has Krippendorff's published ordinal alpha", () => {
    const found = ordinalOf(ratings, predicted, coders, grades);
    expect(found.alpha.value).toBeCloseTo(0.815, 3);
    expect(found.leftOut).toEqual([]);
    expect(found.pairs.map(({ a, b, isModel }) => [a, b, isModel])).toContainEqual(["B", "the model", true]);
    expect(found.pairs).toHaveLength(10);
    const same = found.pairs.find(({ a, isModel }) => a === "B" && isModel);
    expect([same?.linear.value, same?.quadratic.value, same?.units]).toEqual([1, 1, 11]);
  });

  // The formula by hand in numpy 2.4.6: 1 - sum(d * observed) / sum(d * expected), d = |i - j| or its square.
  it("has the weighted kappas that numpy finds", () => {
    const pair = ordinalOf(ratings, predicted, coders, grades).pairs.find(
      ({ a, b }) => a === "B" && b === "C",
    );
    expect(pair?.units).toBe(9);
    expect(pair?.linear.value).toBeCloseTo(0.7157894736842105, 10);
    expect(pair?.quadratic.value).toBeCloseTo(0.8571428571428571, 10);
  });

  it("leaves out the codes of the residual category, wherever it stands, and keeps the others' distances", () => {
    const shifted = ratings.map((row) => row.map((value) => (value === undefined ? 0 : value + 1)));
    const found = ordinalOf(shifted, predicted, coders, [{ name: "Other", residual: true }, ...grades]);
    expect(found.leftOut).toEqual(["Other"]);
    expect(found.alpha.value).toBeCloseTo(0.815, 3);
  });

  it("says why where there is nothing to compare", () => {
    const { alpha, pairs } = ordinalOf([[0, undefined]], [undefined], ["A", "B"], grades);
    expect(alpha.value).toBeUndefined();
    expect(alpha.why).toBeDefined();
    expect(pairs[0]?.linear.why).toBeDefined();
  });
});
