import { describe, expect, it } from "vitest";
import { type GivenCode, type GoldRule, goldOf } from "../../src/validation/goldStandard.ts";

function code(coder: string, value: string): GivenCode {
  return value === "unsure" || value === "uncodable"
    ? { coder, answer: value, value: undefined }
    : { coder, answer: "category", value };
}

function gold(values: readonly string[], adjudicated: string | undefined, rule: GoldRule) {
  const codes = values.map((value, index) => code(`coder ${index}`, value));
  return goldOf(codes, adjudicated === undefined ? undefined : code("judge", adjudicated), rule);
}

describe("the gold standard", () => {
  const majority: GoldRule = { kind: "majority" };
  const adjudicated: GoldRule = { kind: "adjudicated" };

  it("is what more than half of the coders said", () => {
    expect(gold(["A", "B", "A"], undefined, majority)).toEqual({ category: "A", by: "majority" });
    expect(gold(["A", "A"], undefined, majority)).toEqual({ category: "A", by: "agreement" });
  });

  it("comes from one coder only where no other answered", () => {
    expect(gold(["A"], undefined, majority)).toEqual({ category: "A", by: "coder" });
    expect(gold(["A"], undefined, adjudicated)).toEqual({ category: "A", by: "coder" });
    expect(gold(["A"], "B", adjudicated)).toEqual({ category: "B", by: "adjudication" });
    expect(gold(["A", "uncodable"], undefined, majority)).toEqual({ missing: "disagreement" });
  });

  it("is not decided by two coders who disagree, unless somebody adjudicates", () => {
    expect(gold(["A", "B"], undefined, majority)).toEqual({ missing: "disagreement" });
    expect(gold(["A", "B"], "B", majority)).toEqual({ category: "B", by: "adjudication" });
  });

  it("keeps a majority against an adjudication only under the rule that says so", () => {
    expect(gold(["A", "A", "B"], "B", majority)).toEqual({ category: "A", by: "majority" });
    expect(gold(["A", "A", "B"], "B", adjudicated)).toEqual({ category: "B", by: "adjudication" });
    // What nobody has adjudicated yet keeps its majority: else the first adjudication would take all hard images away.
    expect(gold(["A", "A", "B"], undefined, adjudicated)).toEqual({ category: "A", by: "majority" });
    expect(gold(["A", "B"], undefined, adjudicated)).toEqual({ missing: "disagreement" });
  });

  it("is missing, with the reason, where the answer is unsure or uncodable", () => {
    expect(gold(["unsure", "unsure", "A"], undefined, majority)).toEqual({ missing: "unsure" });
    expect(gold(["A", "B"], "uncodable", adjudicated)).toEqual({ missing: "uncodable" });
    expect(gold([], undefined, majority)).toEqual({ missing: "uncoded" });
  });

  it("is a named coder's own answer, whatever the others said", () => {
    const rule: GoldRule = { kind: "coder", coder: "coder 1" };
    expect(gold(["A", "B", "A"], "A", rule)).toEqual({ category: "B", by: "coder" });
    expect(gold(["A"], undefined, rule)).toEqual({ missing: "uncoded" });
  });
});
