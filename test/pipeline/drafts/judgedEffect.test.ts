import { describe, expect, it } from "vitest";
import type { CodebookDraft } from "../../../src/codebook/codebookDraft.ts";
import { type GivenVerdict, saveVerdict } from "../../store/saveVerdict.ts";
import { draftStudy, withCategories } from "../draftStudy.ts";

/** A study, and where in its run two units of Landscape and one of People are. */
async function judgedStudy() {
  const study = await draftStudy();
  const positionsOf = (name: string) => {
    const index = study.run.codebook.categories.findIndex((category) => category.name === name);
    return study.rows.filter((row) => row.prediction?.category === index).map(({ position }) => position);
  };
  const names = study.run.codebook.categories.map(({ name }) => name);
  const filled = names.filter((name) => positionsOf(name).length > 0);
  const [often, other] = filled.toSorted((a, b) => positionsOf(b).length - positionsOf(a).length);
  if (often === undefined || other === undefined) throw new Error("the tiny model uses one category only");
  const judge = (verdicts: readonly Omit<GivenVerdict, "runId">[], runId = study.run.id) => {
    for (const verdict of verdicts) saveVerdict(study.study, { runId, ...verdict });
  };
  const judged = async (draft: CodebookDraft = study.base) => (await study.report(draft)).scores?.judged;
  return { ...study, often, other, positionsOf, judge, judged };
}

/** The draft without a category: its units go elsewhere. */
function without(base: CodebookDraft, name: string): CodebookDraft {
  return withCategories(base, (all) => all.filter((category) => category.name !== name));
}

describe("what a draft does to judged units", () => {
  it("is not said where nobody has judged, was sure, or stood by it", async () => {
    const { judge, judged, positionsOf, often } = await judgedStudy();
    const [a = 0, b = 0] = positionsOf(often);
    judge([
      { position: a, verdict: "right" },
      { position: a, verdict: "withdrawn" },
      { position: b, verdict: "unsure" },
      { position: b, verdict: "skipped" },
    ]);
    expect(await judged()).toBeUndefined();
  });

  it("counts right and wrong before and after, and what nobody knows", async () => {
    const { judge, judged, positionsOf, often, other, base } = await judgedStudy();
    const [a = 0, b = 0, c = 0] = positionsOf(often);
    const [d = 0] = positionsOf(other);
    judge([
      { position: a, verdict: "right" },
      { position: b, verdict: "wrong" },
      { position: c, verdict: "wrong", correctCategory: other },
      { position: d, verdict: "right" },
    ]);
    expect(await judged()).toEqual({ judged: 4, rightInRun: 2, rightInDraft: 2, unknownInDraft: 0 });
    const gone = await judged(without(base, often));
    // a is wrong now, d is right, b is somewhere that nobody has judged, c may have come right.
    expect(gone).toMatchObject({ judged: 4, rightInRun: 2, unknownInDraft: 1 });
    const only = await judged(withCategories(base, (all) => all.filter(({ name }) => name === other)));
    expect(only).toEqual({ judged: 4, rightInRun: 2, rightInDraft: 2, unknownInDraft: 1 });
  });

  it("takes a renamed category for the same", async () => {
    const { judge, judged, positionsOf, often, other, base } = await judgedStudy();
    const [a = 0, b = 0] = positionsOf(often);
    judge([
      { position: a, verdict: "right" },
      { position: b, verdict: "wrong" },
      { position: positionsOf(other)[0] ?? 0, verdict: "wrong", correctCategory: often },
    ]);
    const renamed = withCategories(base, (all) =>
      all.map((category) => ({ ...category, name: `${category.name}!` })),
    );
    expect(await judged(renamed)).toEqual({ judged: 3, rightInRun: 1, rightInDraft: 1, unknownInDraft: 0 });
  });

  it("goes by each reviewer's last word, and by the newest of several reviewers", async () => {
    const { judge, judged, positionsOf, often } = await judgedStudy();
    const [a = 0, b = 0] = positionsOf(often);
    judge([
      { position: a, verdict: "wrong" },
      { position: a, verdict: "right" },
      { position: b, verdict: "right", reviewer: "Ada" },
      { position: b, verdict: "wrong", reviewer: "Bob" },
      { position: b, verdict: "unsure", reviewer: "Cem" },
    ]);
    expect(await judged()).toMatchObject({ judged: 2, rightInRun: 1 });
  });

  it("takes verdicts of other runs where the run has none, by the category's name", async () => {
    const { judge, judged, positionsOf, often, other, run, study, classify, base, textOf } =
      await judgedStudy();
    const [a = 0, b = 0, c = 0] = positionsOf(often);
    // Another order of categories: indices mean something else there.
    const turned = await classify(textOf(withCategories(base, (all) => all.toReversed())));
    expect(turned.run.codebook.categories[0]?.name).toBe("Other");
    judge(
      [
        { position: a, verdict: "wrong" },
        { position: b, verdict: "right" },
        { position: c, verdict: "wrong", correctCategory: other },
      ],
      turned.run.id,
    );
    judge([{ position: a, verdict: "right" }], run.id);
    expect(await judged()).toEqual({ judged: 3, rightInRun: 2, rightInDraft: 2, unknownInDraft: 0 });
    // The run's own verdict counts, however old it is.
    judge([{ position: a, verdict: "wrong" }], turned.run.id);
    expect(await judged()).toMatchObject({ judged: 3, rightInRun: 2 });
    expect(study.runs.list()).toHaveLength(2);
  });

  it("follows a category that was renamed between the runs, and leaves out one that neither of them has", async () => {
    const { judge, judged, positionsOf, often, classify, base, textOf } = await judgedStudy();
    const [a = 0, b = 0] = positionsOf(often);
    const renamed = withCategories(base, (all) =>
      all.map((category) => (category.name === often ? { ...category, name: "Renamed" } : category)),
    );
    const other = await classify(textOf(renamed));
    judge(
      [
        { position: a, verdict: "right" },
        { position: b, verdict: "wrong", correctCategory: "Renamed" },
      ],
      other.run.id,
    );
    expect(await judged()).toEqual({ judged: 2, rightInRun: 2, rightInDraft: 2, unknownInDraft: 0 });
    const others = withCategories(base, (all) =>
      all.map((category) =>
        category.name === often
          ? {
              ...category,
              source: undefined,
              name: "New",
              phrases: [{ text: category.phrases[0]?.text ?? "" }],
            }
          : category,
      ),
    );
    const gone = await classify(textOf(others));
    const index = gone.run.codebook.categories.findIndex(({ name }) => name === "New");
    const [c = -1] = gone.rows.flatMap((row) => (row.prediction?.category === index ? [row.position] : []));
    if (c !== -1 && c !== a && c !== b) judge([{ position: c, verdict: "right" }], gone.run.id);
    expect(await judged()).toMatchObject({ judged: 2, rightInRun: 2 });
  });

  it("leaves out what was said wrong in another run that predicted something else", async () => {
    const { judge, judged, positionsOf, often, classify, base, textOf } = await judgedStudy();
    const [a = 0] = positionsOf(often);
    const elsewhere = await classify(textOf(without(base, often)));
    judge([{ position: a, verdict: "wrong" }], elsewhere.run.id);
    expect(await judged()).toBeUndefined();
  });
});
