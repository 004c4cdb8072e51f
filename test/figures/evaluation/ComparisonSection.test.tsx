import { render } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import { ComparisonSection } from "../../../src/figures/evaluation/ComparisonSection.tsx";
import { NumberFormatProvider } from "../../../src/figures/evaluation/numberFormat.ts";
import { evaluationFormat } from "../../../src/report/evaluationFormat.ts";
import type { RunComparison } from "../../../src/validation/evaluation.ts";
import { byClass, elements, parsePage, readableText, textOf } from "../../report/parsePage.ts";
import { someComparison } from "../../validation/someComparison.ts";
import { someEvaluation } from "../../validation/someEvaluation.ts";

function draw(change?: Partial<RunComparison>) {
  const evaluation = someEvaluation({
    change: (base) => ({ ...base, comparison: someComparison(base, change) }),
  });
  return parsePage(
    render(
      <NumberFormatProvider value={evaluationFormat}>
        <ComparisonSection evaluation={evaluation} />
      </NumberFormatProvider>,
    ),
  );
}

const { accuracy } = someComparison(someEvaluation());

describe("ComparisonSection", () => {
  it("has both runs' scores with the paired difference, signed, and its interval", () => {
    const page = draw();
    const [scores] = byClass(page, "scores");
    const rows = elements(scores as never, "tr").map((row) =>
      elements(row)
        .filter(({ tagName }) => tagName === "th" || tagName === "td")
        .map(textOf),
    );
    expect(rows).toEqual([
      ["Score", "Run 3", "Run 5", "Difference [95% interval]"],
      ["Accuracy", "0.86", "0.90", "+0.04 [+0.01, +0.07]linearised, paired, Student's t"],
      ["Macro-F1", "0.84", "0.83", "−0.01 [−0.05, +0.03]linearised, paired, Student's t"],
    ]);
    expect(readableText(page)).toContain("Run 5 is right more often than run 3.");
  });

  it("counts the images by who is right", () => {
    const [counts] = byClass(draw(), "counts");
    expect(elements(counts as never, "td").map(textOf)).toEqual(["", "240", "6", "19", "25"]);
    expect(elements(counts as never, "th").map(textOf)).toEqual([
      "Run 5 right",
      "Run 5 wrong",
      "Run 3 right",
      "Run 3 wrong",
    ]);
  });

  it("gives the design's p and says why, and McNemar's exact one of a simple random sample only", () => {
    const weighted = readableText(draw());
    expect(weighted).toContain("p = .008 (test of the weighted difference in accuracy, two-sided).");
    expect(weighted).toContain(
      "McNemar’s test is not used: it is for simple random samples, and this is none.",
    );
    const simple = readableText(draw({ isSimpleRandom: true }));
    // scipy 1.17.1: binomtest(6, 25, 0.5).pvalue = 0.014633
    expect(simple).toContain("p = .015 (McNemar’s exact test, two-sided).");
    expect(simple).not.toContain("is not used");
  });

  it.each([
    [
      { ...accuracy.difference, interval: { low: -0.07, high: -0.01 } },
      "Run 5 is right less often than run 3.",
    ],
    [
      { ...accuracy.difference, interval: { low: -0.01, high: 0.07 } },
      "No difference in accuracy was found between run 3 and run 5, which does not mean that there is none.",
    ],
    [
      { ...accuracy.difference, interval: undefined, why: "the images show no difference, or are too few" },
      "cannot be said: the images show no difference, or are too few.",
    ],
  ])("says of a difference %j which run is right more often", (difference, text) => {
    expect(readableText(draw({ accuracy: { ...accuracy, difference } }))).toContain(text);
  });

  it("says that nothing could be tested where both are right on the same images", () => {
    const text = readableText(
      draw({ isSimpleRandom: true, mcnemar: undefined, onlyFirst: 0, onlySecond: 0 }),
    );
    expect(text).toContain("could not be tested: they are right and wrong on the same images.");
    expect(text).not.toMatch(/NaN|undefined/);
  });

  it("is nothing without another run", () => {
    const html = render(
      <NumberFormatProvider value={evaluationFormat}>
        <ComparisonSection evaluation={someEvaluation()} />
      </NumberFormatProvider>,
    );
    expect(html).toBe("");
  });
});
