import { describe, expect, it } from "vitest";
import { notEstimableParts } from "../../../src/pipeline/evaluation/notEstimableParts.ts";
import { notEstimable } from "../../../src/validation/estimate.ts";
import { someEvaluation } from "../../validation/someEvaluation.ts";

describe("what could not be estimated", () => {
  it("has every figure without a value or an interval, of all parts of the report", () => {
    const base = someEvaluation();
    const unknown = notEstimable("too little is coded");
    const bare = { ...base.quality.accuracy, interval: undefined, why: "it cannot be had" };
    const found = notEstimableParts({
      ...base,
      quality: {
        ...base.quality,
        balancedAccuracy: unknown,
        topK: [
          { k: 2, estimate: unknown },
          { k: 3, estimate: bare },
        ],
      },
      reliability: {
        ...base.reliability,
        ordinal: {
          leftOut: [],
          alpha: base.reliability.alpha,
          pairs: [{ a: "Anna", b: "Ben", isModel: false, units: 3, linear: unknown, quadratic: bare }],
        },
      },
      abstention: {
        ...base.abstention,
        targets: [
          { target: 0.55, threshold: undefined, precision: unknown, coverage: undefined },
          { target: 0.9, threshold: 0.5, precision: bare, coverage: 0.4 },
        ],
      },
    });
    const why = new Map(found.map((part) => [part.what, part.why]));
    expect(why.get("Balanced accuracy")).toBe("too little is coded");
    expect(why.get("The true category among the 2 best")).toBe("too little is coded");
    expect(why.get("The interval of The true category among the 3 best")).toBe("it cannot be had");
    expect(why.get("Linearly weighted kappa of Anna and Ben")).toBe("too little is coded");
    expect(why.get("The interval of Quadratically weighted kappa of Anna and Ben")).toBe("it cannot be had");
    expect(why.get("A threshold for 55% precision")).toBe("too little is coded");
    expect(why.get("The interval of The precision of the threshold for 90%")).toBe("it cannot be had");
    expect(why.has("Shares of errors of 1 of 3 groups of account")).toBe(true);
    expect(why.has("Intervals of the shares of 1 of 3 groups of account")).toBe(true);
  });
});
