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
