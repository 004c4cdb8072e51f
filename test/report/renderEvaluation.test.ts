import { describe, expect, it } from "vitest";
import { evaluationFormat } from "../../src/report/evaluationFormat.ts";
import { renderEvaluation } from "../../src/report/renderEvaluation.tsx";
import { evaluationStyle } from "../../src/report/style/evaluationStyle.ts";
import type { Evaluation } from "../../src/validation/evaluation.ts";
import { someComparison } from "../validation/someComparison.ts";
import { hostileNames, plainNames, someEvaluation } from "../validation/someEvaluation.ts";
import { attribute, byClass, byId, elements, parsePage, readableText, textOf } from "./parsePage.ts";

const evaluation = someEvaluation({ hasThumbnails: true, absent: [4] });
const page = parsePage(renderEvaluation(evaluation));

// Fields whose values the code compares or parses; everything else is text from a user, a model or a machine.
const fixed = new Set([
  "madeAt",
  "target",
  "purpose",
  "kind",
  "frozenAt",
  "drawnAt",
  "score",
  "half",
  "thumbnail",
  "method",
]);

function changeTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => changeTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fixed.has(key) ? item : changeTexts(item, change)]),
  );
}

const shapeOf = (html: string) =>
  elements(parsePage(html)).map(
    ({ tagName, attrs }) => `${tagName} ${attrs.map(({ name }) => name).join(" ")}`,
  );

describe("the evaluation page", () => {
  it("is the same for the same evaluation, without script or anything to fetch", () => {
    const html = renderEvaluation(evaluation);
    expect(renderEvaluation(evaluation)).toBe(html);
    expect(elements(page, "script")).toEqual([]);
    const sources = elements(page)
      .flatMap((element) => [attribute(element, "src"), attribute(element, "href")])
      .filter((value) => value !== undefined);
    expect(sources.filter((value) => !/^(#|data:)/.test(value))).toEqual([]);
  });

  it("shows ordinal agreement and says how shares were corrected, also with names that are markup", () => {
    const asked = someEvaluation({
      change: (given) => ({
        ...given,
        shareMethod: { kind: "ppi", lambda: 0.617 },
        reliability: {
          ...given.reliability,
          ordinal: {
            leftOut: [hostileNames[0]],
            alpha: { ...given.reliability.alpha, value: 0.9 },
            pairs: given.reliability.pairs.map((pair) => ({
              ...pair,
              linear: pair.kappa,
              quadratic: pair.kappa,
            })),
          },
        },
      }),
    });
    const shown = readableText(parsePage(renderEvaluation(asked)));
    expect(shown).toContain("With the categories as grades");
    expect(shown).toMatch(/Ordinal α = 0\.90/);
    expect(shown).toContain(`No grade, and left out: ${hostileNames[0]}.`);
    expect(shown).toContain(
      "Corrected by prediction-powered inference (PPI++), which trusts the predictions by λ = ",
    );
    const plain = readableText(parsePage(renderEvaluation(evaluation)));
    expect(plain).not.toContain("With the categories as grades");
    expect(plain).toContain("Corrected by post-stratification on the predicted category.");
  });

  it("asks in a reviewer's order, and its contents lead to every section", () => {
    const ids = elements(page, "section").flatMap((section) => attribute(section, "id") ?? []);
    expect(ids).toEqual([
      "done",
      "warnings",
      "reliability",
      "accuracy",
      "matrix",
      "shares",
      "calibration",
      "groups",
      "abstention",
      "not-estimable",
      "methods",
    ]);
    const links = elements(elements(page, "nav")[0] as never, "a").map((link) => attribute(link, "href"));
    expect(links).toEqual(ids.map((id) => `#${id}`));
  });

  it("has the comparison with another run before what is left out, where one was asked for", () => {
    const compared = parsePage(
      renderEvaluation(someEvaluation({ change: (base) => ({ ...base, comparison: someComparison(base) }) })),
    );
    const ids = elements(compared, "section").flatMap((section) => attribute(section, "id") ?? []);
    expect(ids.slice(ids.indexOf("groups"))).toEqual([
      "groups",
      "comparison",
      "abstention",
      "not-estimable",
      "methods",
    ]);
    const links = elements(elements(compared, "nav")[0] as never, "a").map((link) => attribute(link, "href"));
    expect(links).toEqual(ids.map((id) => `#${id}`));
    expect(readableText(byId(compared, "comparison"))).toContain("Is the other codebook better?");
  });

  it("tells pictures that are gone from those that would make it too large", () => {
    const reasons = ["gone", "size"] as const;
    const without = parsePage(
      renderEvaluation(
        someEvaluation({
          change: (base) => ({
            ...base,
            images: base.images.map((image, i) => ({ ...image, withoutThumbnail: reasons[i % 2] })),
          }),
        }),
      ),
    );
    const words = byClass(without, "no-picture").map(textOf);
    expect(new Set(words)).toEqual(new Set(["no picture", "left out for size"]));
  });

  it("says nothing of seeing or not seeing predictions where codings come from elsewhere", () => {
    const imported = someEvaluation({
      change: (base) => ({
        ...base,
        reliability: {
          ...base.reliability,
          coders: base.reliability.coders.map((coder) => ({
            ...coder,
            sources: { screen: 0, offline: 0, csv: coder.coded, "label-studio": 0 },
          })),
        },
      }),
    });
    const told = (given: Evaluation) => readableText(byId(parsePage(renderEvaluation(given)), "done"));
    expect(told(evaluation)).toContain("without seeing what the model had said");
    expect(told(imported)).not.toContain("without seeing");
    expect(told(imported)).toContain("300 of them outside of Clipbook");
  });

  it("has no empty paragraph where no score of the probabilities can be had", () => {
    const scored = { brier: undefined, logLoss: undefined, temperature: undefined };
    const bare = parsePage(
      renderEvaluation(
        someEvaluation({
          change: (base) => ({ ...base, calibration: { ...base.calibration, ...scored } }),
        }),
      ),
    );
    expect(elements(bare, "p").filter((paragraph) => textOf(paragraph).trim() === "")).toEqual([]);
  });

  it("draws kappas below 0 left of it", () => {
    const marks = (low: number) => {
      const drawn = someEvaluation({
        change: (base) => ({
          ...base,
          reliability: {
            ...base.reliability,
            pairs: base.reliability.pairs.slice(0, 1).map((pair) => ({
              ...pair,
              kappa: { ...pair.kappa, value: low, interval: { low: low - 0.1, high: low + 0.1 } },
            })),
          },
        }),
      });
      const table = elements(byId(parsePage(renderEvaluation(drawn)), "reliability"), "table").find((found) =>
        textOf(found).includes("Cohen’s kappa of every two"),
      );
      const marked = elements(table as never, "svg").flatMap((svg) => attribute(svg, "x") ?? []);
      return marked.map((x) => Number.parseFloat(x));
    };
    expect(marks(-0.4)).toEqual([expect.closeTo(100 / 15, 1)]);
    expect(marks(0.4)).toEqual([40]);
  });

  it("has no id twice, and every link within the page has its target", () => {
    const ids = elements(page).flatMap((element) => attribute(element, "id") ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const link of elements(page, "a")) expect(ids).toContain(attribute(link, "href")?.slice(1));
  });

  it("shows the confusion matrix with its counts, shares and totals", () => {
    const [matrix] = byClass(page, "matrix");
    if (matrix === undefined) throw new Error("there is no matrix");
    const rows = elements(elements(matrix, "tbody")[0] as never, "tr");
    expect(rows).toHaveLength(5);
    rows.forEach((row, truth) => {
      const cells = elements(row, "td");
      const counts = cells.map((cell) => elements(cell, "b").map(textOf)[0] ?? "0");
      const expected = evaluation.quality.counts[truth] ?? [];
      expect(counts).toEqual([...expected, expected.reduce((a, b) => a + b, 0)].map(String));
    });
    expect(readableText(matrix)).toContain("truly Rallies, predicted as Portraits");
    // Right cells are told apart without colour.
    expect(byClass(matrix, "right")).toHaveLength(5);
  });

  it("has the images behind every cell, each once", () => {
    const known = evaluation.images.filter(({ trueCategory }) => trueCategory !== undefined);
    const lists = byClass(page, "cell-images");
    expect(
      lists
        .flatMap((list) => elements(list, "li"))
        .map(readableText)
        .toSorted(),
    ).toEqual(
      known.map(({ name, probability }) => `${evaluationFormat.percent(probability)} · ${name}`).toSorted(),
    );
    // The name stands beside each.
    expect(lists.flatMap((list) => elements(list, "img")).map((img) => attribute(img, "alt"))).toEqual(
      known.map(() => ""),
    );
    const wrong = known.filter((image) => image.trueCategory === 0 && image.predicted === 1);
    expect(elements(byId(page, "cell-1-2"), "li")).toHaveLength(wrong.length);
  });

  it("marks what is not estimable, with the reason, where a figure would stand", () => {
    const forest = byClass(page, "forest")[0];
    expect(forest && readableText(forest)).toContain("Recallnot estimableno coded image is truly of it");
    expect(readableText(byId(page, "not-estimable"))).toContain(
      "Recall of Something else: no coded image is truly of it",
    );
    expect(readableText(page)).not.toMatch(/NaN|undefined|Infinity/);
  });

  it("quotes Krippendorff's limits with their caveats and no others' words", () => {
    const text = readableText(byId(page, "reliability"));
    expect(text).toContain("at least .800, and .667 is the lowest limit");
    expect(text).toContain("no magical numbers");
    expect(text).not.toMatch(/substantial|moderate|fair agreement|almost perfect/i);
  });

  it("has the paragraph and BibTeX as they are, to be selected", () => {
    const [paragraph] = byClass(page, "paragraph");
    expect(paragraph && textOf(paragraph)).toBe(evaluation.methods.paragraph);
    const code = elements(byId(page, "methods"), "code")[0];
    expect(code && textOf(code)).toBe(evaluation.methods.references.map(({ bibtex }) => bibtex).join("\n\n"));
  });

  it("says that there is nothing to say where nothing was estimated", () => {
    const bare = parsePage(
      renderEvaluation(
        someEvaluation({
          coders: 1,
          change: (base) => ({
            ...base,
            groups: [],
            warnings: [],
            calibration: { ...base.calibration, curve: undefined, why: "too few coded images" },
            abstention: { ...base.abstention, curve: [], targets: [] },
          }),
        }),
      ),
    );
    expect(readableText(byId(bare, "reliability"))).toContain("α = not estimable");
    expect(readableText(byId(bare, "calibration"))).toContain("Not shown: too few coded images.");
    expect(readableText(byId(bare, "abstention"))).toContain("Not shown");
    expect(elements(bare, "section").map((section) => attribute(section, "id"))).not.toContain("groups");
  });

  it.each([1, 2, 12, 40])("holds %i categories in less than a megabyte", (count) => {
    const categories = Array.from({ length: count }, (_, index) => `Category ${index + 1}`);
    const html = renderEvaluation(someEvaluation({ categories, imagesPerCategory: 20 }));
    expect(html.length).toBeLessThan(1_000_000);
    const matrix = byClass(parsePage(html), "matrix")[0];
    expect(matrix && elements(matrix, "td").length).toBe((count + 1) ** 2 + 1);
  });
});

describe("hostile text in an evaluation", () => {
  it.each(hostileNames)("leaves the page's elements and attributes as they are: %s", (payload) => {
    const harmless = payload.replace(/[^ ]/gu, "x");
    const changed = (suffix: string) =>
      renderEvaluation(changeTexts(evaluation, (text) => `${text}${suffix}`) as Evaluation);
    expect(shapeOf(changed(payload))).toEqual(shapeOf(changed(harmless)));
    expect(changed(payload)).not.toMatch(/<script/i);
  });

  it("shows names as they are", () => {
    const text = textOf(parsePage(renderEvaluation(someEvaluation({ categories: hostileNames }))));
    for (const name of hostileNames) expect(text).toContain(name);
    for (const name of plainNames) expect(text).not.toContain(name);
  });
});

describe("the evaluation's style", () => {
  it("survives the renderer's escaping and fetches nothing", () => {
    expect(evaluationStyle).not.toMatch(/["&<]/);
    expect(evaluationStyle).not.toMatch(/url\(|@import|https?:/);
  });
});
