import { describe, expect, it } from "vitest";
import { boardNumbers } from "../../../web/codebook/boardNumbers.ts";
import type { DraftReport } from "../../../web/codebook/codebookAnswers.ts";
import { addPhrases } from "../../../web/codebook/editDraft.ts";
import { bareDraft } from "../../../web/codebook/keyedDraft.ts";
import { draftOfTest } from "./draftOfTest.ts";

const phrase = (wins: number) => ({ wins, winsInRun: 1, meanProbability: 0.5, stealsFrom: [], givesTo: [] });
const category = (count: number, countInRun?: number) => ({
  count,
  share: count / 10,
  meanProbability: 0.5,
  countInRun,
});

const report: DraftReport = {
  draftId: "d",
  runId: 1,
  mistakes: [],
  warnings: [
    { code: "negation", what: "of a phrase", hint: "-", line: 1, column: 1, phrase: 1, category: 0 },
    { code: "unequal-phrase-counts", what: "of a category", hint: "-", line: 1, column: 1, category: 2 },
    { code: "single-category", what: "of the codebook", hint: "-", line: 1, column: 1 },
  ],
  tokens: [5, 76, 7, 8, 9],
  contextLength: 77,
  scores: {
    units: 10,
    categories: [category(6, 2), category(3, 8), category(1)],
    phrases: [phrase(1), phrase(2), phrase(3), phrase(3), phrase(1)],
    moved: 4,
    moves: [],
    similarities: [],
    judged: undefined,
  },
  cannotScore: undefined,
  elapsedMs: 1,
};

describe("the numbers of the board's parts", () => {
  // A blank phrase stands first on the board, and is not among those that were sent.
  const draft = addPhrases(draftOfTest(), "c0", [{ key: "blank", text: "" }], 0);
  const asked = bareDraft(draft);
  const numbers = boardNumbers(report, asked);

  it("belong to the phrases that were sent, whatever else is on the board", () => {
    expect(numbers.phrases.get("blank")).toBeUndefined();
    expect(["p0", "p1", "p2", "p3", "p4"].map((key) => numbers.phrases.get(key)?.score?.wins)).toEqual([
      1, 2, 3, 3, 1,
    ]);
    expect(numbers.phrases.get("p1")?.tokens).toEqual({ used: 76, most: 77 });
  });

  it("have shares of the run beside the draft's, on one scale", () => {
    expect(numbers.categories.get("c0")).toMatchObject({ shareInRun: 0.2, largestShare: 0.8 });
    expect(numbers.categories.get("c2")?.shareInRun).toBeUndefined();
  });

  it("have notes at their part, and those on the whole codebook apart", () => {
    expect(numbers.phrases.get("p1")?.notes.map(({ what }) => what)).toEqual(["of a phrase"]);
    expect(numbers.categories.get("c0")?.notes).toEqual([]);
    expect(numbers.categories.get("c2")?.notes.map(({ what }) => what)).toEqual(["of a category"]);
    expect(numbers.notes.map(({ what }) => what)).toEqual(["of the codebook"]);
    expect(numbers.placed.map(({ key }) => key)).toEqual(["p1", "c2"]);
  });

  it("stay the same objects where nothing changed, so that their rows are not drawn anew", () => {
    const scores = report.scores as NonNullable<DraftReport["scores"]>;
    const next = boardNumbers(
      { ...structuredClone(report), scores: { ...scores, phrases: scores.phrases.with(0, phrase(9)) } },
      asked,
      numbers,
    );
    expect(next.phrases.get("p0")).not.toBe(numbers.phrases.get("p0"));
    expect(next.phrases.get("p1")).toBe(numbers.phrases.get("p1"));
    expect(next.categories.get("c0")).toBe(numbers.categories.get("c0"));
  });

  it("are missing, but for the notes, while there are mistakes", () => {
    const broken = boardNumbers(
      {
        ...report,
        scores: undefined,
        tokens: undefined,
        mistakes: [{ code: "mistake", what: "x", hint: "y", line: 1, column: 1, category: 1 }],
      },
      asked,
    );
    expect(broken.phrases.get("p0")?.score).toBeUndefined();
    expect(broken.categories.get("c1")?.notes[0]).toMatchObject({ kind: "mistake", what: "x" });
  });
});
