import { describe, expect, it } from "vitest";
import { evaluationTables } from "../../../src/pipeline/evaluation/evaluationTables.ts";
import type { RunComparison } from "../../../src/validation/evaluation.ts";
import { someComparison } from "../../validation/someComparison.ts";
import { someEvaluation } from "../../validation/someEvaluation.ts";

function figures(change?: Partial<RunComparison>) {
  const evaluation = someEvaluation({
    change: (base) => ({ ...base, comparison: change && someComparison(base, change) }),
  });
  const table = evaluationTables(evaluation).find(({ name }) => name === "figures");
  return { width: table?.columns.length, rows: table?.rows ?? [] };
}

describe("the tables", () => {
  const tables = new Map(evaluationTables(someEvaluation()).map(({ name, rows }) => [name, rows]));

  it("have the curve of calibration, with its scores among the figures", () => {
    const { calibration } = someEvaluation();
    expect(tables.get("calibration")?.[3]).toEqual([
      0.53,
      calibration.curve?.[3]?.count,
      calibration.curve?.[3]?.shareRight,
      calibration.curve?.[3]?.interval.low,
      calibration.curve?.[3]?.interval.high,
    ]);
    const value = new Map(figures().rows.map(([name, estimate]) => [name, estimate]));
    expect(value.get("expected calibration error")).toBe(0.064);
    expect(value.get("expected calibration error of a calibrated model")).toBe(0.041);
    expect([value.get("Brier score"), value.get("log loss"), value.get("temperature")]).toEqual([
      0.271, 0.583, 1.32,
    ]);
  });

  it("have the thresholds of wanted precisions with their intervals", () => {
    expect(tables.get("thresholds")).toEqual([
      ["probability", 0.9, 0.61, 0.58, 0.89, 0.02, expect.closeTo(0.85), 0.93, "Korn-Graubard", undefined],
      ["probability", 0.99, ...Array(7).fill(undefined), "no threshold reaches it"],
    ]);
  });

  it("have the bootstrap of alpha, the alternative annotator test and the test of equal errors", () => {
    const { rows } = figures();
    const value = new Map(rows.map(([name, estimate]) => [name, estimate]));
    expect(rows.find(([name]) => name === "Krippendorff's alpha of the coders, bootstrap")).toEqual([
      ...["Krippendorff's alpha of the coders, bootstrap", undefined, undefined, 0.776, 0.846],
      ...["bootstrap over images, 2000 replicates", undefined],
    ]);
    expect(value.get("probability that Krippendorff's alpha is below .800")).toBe(0.259);
    expect(value.get("probability that Krippendorff's alpha is below .667")).toBe(0);
    expect(value.get("alternative annotator test: winning rate")).toBe(0.33);
    expect(value.get("alternative annotator test: passed (1) or not (0)")).toBe(0);
    expect(value.get("p of equal errors in all groups of account")).toBe(0.004);
  });

  it("keep the agreement on a category that the evaluated run lacks", () => {
    const other = someEvaluation({
      change: (base) => ({ ...base, categories: base.categories.map((name, i) => (i === 1 ? "New" : name)) }),
    });
    const rows = evaluationTables(other).find(({ name }) => name === "categories")?.rows ?? [];
    const alphas = rows.filter((row) => row[3] === "Krippendorff's alpha").map(([name]) => name);
    expect(alphas).toEqual(["Rallies", "Portraits", "Landscapes", "Something else", "Posters and flyers"]);
  });
});

describe("the table of figures", () => {
  it("has a comparison's scores, differences and counts", () => {
    const { width, rows } = figures({});
    const value = new Map(rows.map(([name, estimate]) => [name, estimate]));
    expect(value.get("accuracy of run 3, compared images")).toBe(0.86);
    expect(value.get("accuracy of run 5, compared images")).toBe(0.9);
    expect(rows.find(([name]) => name === "macro-F1 of run 5 less that of run 3")).toEqual([
      ...["macro-F1 of run 5 less that of run 3", -0.01, 0.02, -0.05, 0.03],
      ...["linearised, paired, Student's t", undefined],
    ]);
    expect(value.get("p of no difference in accuracy, by the design")).toBe(0.0077);
    expect(value.get("images that only run 3 has right")).toBe(6);
    expect(value.get("images that only run 5 has right")).toBe(19);
    expect(value.has("p of McNemar's exact test")).toBe(false);
    expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([width]));
  });

  it("has McNemar's exact p of a simple random sample only, and nothing of a comparison without one", () => {
    const exact = figures({ isSimpleRandom: true }).rows.find(
      ([name]) => name === "p of McNemar's exact test",
    );
    // scipy 1.17.1: binomtest(6, 25, 0.5).pvalue
    expect(exact?.[1]).toBeCloseTo(0.01463329792022705, 14);
    expect(figures().rows.filter(([name]) => String(name).includes("run "))).toEqual([]);
  });
});
