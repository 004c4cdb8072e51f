import { describe, expect, it } from "vitest";
import type { Overview } from "../../src/report/overview.ts";
import { renderOverview } from "../../src/report/renderOverview.tsx";
import { exampleSummary } from "../review/exampleSummary.ts";
import { exampleOverview } from "./exampleOverview.ts";
import { byClass, byId, elements, type PageElement, parsePage, readableText } from "./parsePage.ts";

const reviewed = exampleOverview({ isReviewed: true });

function pageOf(overview: Overview) {
  return parsePage(renderOverview(overview));
}

describe("the overview page of a run that was reviewed", () => {
  const page = pageOf(reviewed);
  const section = byId(page, "review");

  it("says what the review comes to in a sentence", () => {
    expect(readableText(section)).toContain(
      // 9/12 of 120, 9/12 of 260 and 12/12 of 40; the bounds 0.5763 and 0.8959 by the second implementation, in Python.
      "About 77% right, 58 to 90, from 36 of 420 images; the prediction was visible, so this is an impression, not a validation. Not counted: 2 unsure.",
    );
  });

  it("has a table by category, with intervals and where the wrong ones belong", () => {
    const rows = elements(section, "tr").map((row) =>
      row.childNodes.map((cell) => readableText(cell as PageElement)),
    );
    expect(rows).toEqual([
      ["Category", "Right", "Unsure", "Share right, 95% interval"],
      ["Flyers and posterswrong ones belong to Rallies (3)", "9 of 12", "2", "75%, 47% to 91%"],
      ["Rallieswrong ones belong to Something else (3)", "9 of 12", "0", "75%, 47% to 91%"],
      ["Something else", "12 of 12", "0", "100%, 76% to 100%"],
    ]);
  });

  it("counts those apart that were not drawn at random, and says how many people differ", () => {
    expect(readableText(section)).toContain(
      "17 images were judged besides these, not drawn at random but as the most uncertain first: 7 right, 9 wrong, 1 unsure.",
    );
    expect(readableText(section)).toContain(
      "2 people reviewed this run. 5 of the images were judged by more than one, who differ on 1.",
    );
  });

  it("marks the cards that were judged", () => {
    const [first, second, third] = byClass(byId(page, "category-2"), "gallery").flatMap((gallery) =>
      elements(gallery, "li"),
    );
    const marksOf = (card: PageElement | undefined) =>
      card === undefined ? [] : byClass(card, "judged").map(readableText);
    expect(marksOf(first)).toEqual(["judged right"]);
    expect(marksOf(second)).toEqual(["judged wrong, correct: Flyers and posters"]);
    expect(marksOf(third)).toEqual(["reviewed: unsure"]);
    expect(byClass(byId(page, "close-calls"), "judged")).toHaveLength(3);
  });

  it("is in the contents", () => {
    const links = elements(page, "a").filter(({ attrs }) => attrs.some(({ value }) => value === "#review"));
    expect(links).toHaveLength(1);
  });

  it("estimates nothing where only the most uncertain ones were judged", () => {
    const review = {
      summary: exampleSummary({
        categories: [
          [120, 0, 0],
          [260, 0, 0],
          [40, 0, 0],
        ],
      }),
      notDrawn: { right: 1, wrong: 0, unsure: 0 },
      reviewers: 1,
    };
    const text = readableText(byId(pageOf({ ...reviewed, review }), "review"));
    expect(text).toBe(
      "Review1 image was judged not drawn at random but as the most uncertain first: 1 right, 0 wrong. They are harder than the others, and tell nothing about how many of all are right. One person reviewed this run.",
    );
  });
});

describe("the overview page of a run that was not reviewed", () => {
  it("has no such part", () => {
    const page = pageOf(exampleOverview());
    expect(elements(page).filter(({ attrs }) => attrs.some(({ value }) => value === "review"))).toEqual([]);
    expect(byClass(page, "judged")).toEqual([]);
    expect(readableText(page)).not.toContain("Review");
  });
});
