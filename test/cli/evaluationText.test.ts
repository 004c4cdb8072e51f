import { describe, expect, it } from "vitest";
import { evaluationText } from "../../src/cli/evaluationText.ts";
import { someComparison } from "../validation/someComparison.ts";
import { hostileNames, someEvaluation } from "../validation/someEvaluation.ts";

describe("an evaluation's text", () => {
  it("compares both runs, and tests by the design what was not drawn with equal chances", () => {
    const text = evaluationText(
      someEvaluation({ change: (base) => ({ ...base, comparison: someComparison(base) }) }),
    );
    expect(text).toContain(
      [
        "the same 290 images  run 3  run 5               difference",
        "accuracy             0.860  0.900  +0.040 [+0.010, +0.070]",
        "macro-F1             0.840  0.830  -0.010 [-0.050, +0.030]",
        "both right 240, only run 3 6, only run 5 19, both wrong 25; p = .008 (of the weighted difference in accuracy)",
      ].join("\n"),
    );
  });

  it("has McNemar's exact p of a simple random sample, and none where no image tells the runs apart", () => {
    const simple = (change: object) =>
      evaluationText(
        someEvaluation({
          change: (base) => ({
            ...base,
            comparison: someComparison(base, { isSimpleRandom: true, ...change }),
          }),
        }),
      );
    expect(simple({})).toContain("both wrong 25; p = .015 (McNemar's exact test)\n");
    expect(simple({ mcnemar: undefined, onlyFirst: 0, onlySecond: 0 })).toContain(
      "only run 3 0, only run 5 0, both wrong 25\n",
    );
    expect(evaluationText(someEvaluation())).not.toContain("both right");
  });

  it("gives errors by group, with the notes of their columns", () => {
    const text = evaluationText(
      someEvaluation({
        change: (base) => ({
          ...base,
          groups: base.groups.map((group) => ({ ...group, note: "3 cells\u0007 are no dates" })),
        }),
      }),
    );
    expect(text).toContain(
      [
        "by account    units  coded       share of errors",
        "@party_one      900    110   14.0% [8.0%, 20.0%]",
        "@party_two      650     80  27.0% [21.0%, 33.0%]",
        "@party_three    400     50         not estimable",
        "4 more groups are not shown",
        "The groups differ in their share of errors (p = .004).",
        "note: 3 cells\\u0007 are no dates",
      ].join("\n"),
    );
  });

  it("lets no name bring control characters, and has no hole", () => {
    const text = evaluationText(
      someEvaluation({ categories: [...hostileNames, "\u001b[31mred\u202e"], absent: [2] }),
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/);
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });
});
