import { describe, expect, it } from "vitest";
import { codebookPhrases } from "../../../src/codebook/codebook.ts";
import type { CodebookDraft } from "../../../src/codebook/codebookDraft.ts";
import { classifierOfRun } from "../../../src/pipeline/classifierOfRun.ts";
import { answerUnits } from "../../../src/pipeline/drafts/answerUnits.ts";
import type { DraftScores } from "../../../src/pipeline/drafts/draftReport.ts";
import { openDrafts } from "../../../src/pipeline/drafts/openDrafts.ts";
import { openPhraseEncoder } from "../../../src/pipeline/phraseEncoder.ts";
import { openRunVectors } from "../../../src/pipeline/runVectors.ts";
import type { Run, RunRow } from "../../../src/store/runStore.ts";
import { draftStudy, draftText, editEverything, withCategories } from "../draftStudy.ts";

/** Names of a row's category and phrase under a run. */
function namesOf(run: Run, { prediction }: RunRow) {
  const category = run.codebook.categories[prediction?.category ?? -1]?.name;
  return { category, phrase: codebookPhrases(run.codebook)[prediction?.phrase ?? -1]?.text };
}

/** The mean, added up in order. */
function mean(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
}

const cases = [
  { family: "clip", scoring: "max" },
  { family: "clip", scoring: "sum" },
  { family: "clip", scoring: "mean" },
  { family: "siglip", scoring: "max" },
  { family: "siglip", scoring: "mean" },
] as const;

describe.each(cases)("a draft's answers with $family and the scoring $scoring", ({ family, scoring }) => {
  it("are those that a run with this codebook stores, to the last bit", async () => {
    const study = await draftStudy({ family, spec: { scoring } });
    const draft: CodebookDraft = { ...editEverything(study.base), templates: ["a photo of {}", "{}, drawn"] };
    const report = await study.report(draft);
    const scores = report.scores as DraftScores;
    expect(report).toMatchObject({ mistakes: [], cannotScore: undefined });
    const after = await study.classify(study.textOf(draft));

    const classifier = classifierOfRun(study.study, after.run);
    const { columns, positions } = await study.runVectors.cosinesWith(study.run, classifier.references);
    const answers = await answerUnits(classifier, columns);
    const classified = after.rows.filter(({ prediction }) => prediction !== undefined);
    expect([...positions]).toEqual(classified.map(({ position }) => position));
    expect([...answers.categories]).toEqual(classified.map(({ prediction }) => prediction?.category));
    expect([...answers.phrases]).toEqual(classified.map(({ prediction }) => prediction?.phrase));
    expect([...answers.probabilities]).toEqual(classified.map(({ prediction }) => prediction?.probability));

    // The report's own numbers, from the rows of the two runs.
    expect(scores.units).toBe(classified.length);
    const before = study.rows.filter(({ prediction }) => prediction !== undefined);
    after.run.codebook.categories.forEach((_, index) => {
      const own = classified.filter(({ prediction }) => prediction?.category === index);
      expect(scores.categories[index]).toMatchObject({
        count: own.length,
        share: own.length / classified.length,
      });
      expect(scores.categories[index]?.meanProbability).toBe(
        mean(own.map(({ prediction }) => prediction?.probability as number)),
      );
    });
    codebookPhrases(after.run.codebook).forEach((_, index) => {
      const own = classified.filter(({ prediction }) => prediction?.phrase === index);
      expect(scores.phrases[index]?.wins).toBe(own.length);
    });
    const renamed = (name: string | undefined) => (name === "People" ? "Humans" : name);
    const moves = new Map<string, number>();
    before.forEach((row, i) => {
      const from = namesOf(study.run, row).category;
      const to = namesOf(after.run, classified[i] as RunRow).category;
      if (renamed(from) !== to) moves.set(`${from} > ${to}`, (moves.get(`${from} > ${to}`) ?? 0) + 1);
    });
    expect(Object.fromEntries(scores.moves.map(({ from, to, count }) => [`${from} > ${to}`, count]))).toEqual(
      Object.fromEntries(moves),
    );
    expect(scores.moved).toBe([...moves.values()].reduce((sum, count) => sum + count, 0));
    expect(scores.moved).toBeGreaterThan(0);

    const all = study.drafts.maybeMoves(report.draftId, { offset: 0, limit: 100 });
    expect(all?.total).toBe(scores.moved);
    for (const moved of all?.items ?? []) {
      const [was, is] = [before, classified].map((rows) =>
        rows.find((row) => row.position === moved.position),
      );
      if (!was || !is) throw new Error("a moved unit that no run has");
      expect(moved).toMatchObject({ name: was.unit.name, imageId: was.imageId });
      expect(moved.before).toEqual({
        ...namesOf(study.run, was),
        probability: was.prediction?.probability,
      });
      expect(moved.after).toEqual({ ...namesOf(after.run, is), probability: is.prediction?.probability });
    }
  });
});

describe("a draft's report", () => {
  it("of the run's own codebook moves nothing", async () => {
    const { report, base, run, study } = await draftStudy();
    const { scores, tokens, contextLength, draftId } = await report(base);
    expect(scores).toMatchObject({ moved: 0, moves: [], judged: undefined });
    const counts = new Map(study.runs.categoryCounts(run.id).map(({ index, count }) => [index, count]));
    scores?.categories.forEach(({ count, countInRun }, index) => {
      expect(count).toBe(counts.get(index) ?? 0);
      expect(countInRun).toBe(count);
    });
    for (const { wins, winsInRun, stealsFrom, givesTo } of scores?.phrases ?? []) {
      expect({ wins, stealsFrom, givesTo }).toEqual({ wins: winsInRun, stealsFrom: [], givesTo: [] });
    }
    expect(tokens).toHaveLength(9);
    expect(contextLength).toBe(77);
    expect(draftId).toMatch(/^[0-9a-f]{32}$/);
  });

  it("says for each phrase from which it takes and to which it gives", async () => {
    const { report, base, rows, run, classify, textOf } = await draftStudy();
    const draft = editEverything(base);
    const { scores } = await report(draft);
    const after = await classify(textOf(draft));
    const now = codebookPhrases(after.run.codebook).map(({ text }) => text);
    const was = (text: string) => (text === "mountains and a lake" ? "mountains under a sky" : text);
    const shifts = rows.flatMap((row, i) => {
      if (row.prediction === undefined) return [];
      const from = namesOf(run, row).phrase as string;
      const to = namesOf(after.run, after.rows[i] as RunRow).phrase as string;
      return was(to) === from ? [] : [{ from, to }];
    });
    expect(shifts.length).toBeGreaterThan(0);
    now.forEach((text, index) => {
      const phrase = scores?.phrases[index];
      const gained = shifts.filter(({ to }) => to === text);
      const lost = shifts.filter(({ from }) => from === was(text));
      const total = (list: readonly { readonly count: number }[] = []) =>
        list.reduce((sum, { count }) => sum + count, 0);
      expect(total(phrase?.stealsFrom), text).toBe(gained.length);
      expect(total(phrase?.givesTo), text).toBe(lost.length);
      expect(phrase?.stealsFrom.map((shift) => shift.phrase).toSorted()).toEqual(
        [...new Set(gained.map(({ from }) => from))].toSorted(),
      );
      expect(phrase?.stealsFrom.map(({ count }) => count)).toEqual(
        phrase?.stealsFrom.map(({ count }) => count).toSorted((a, b) => b - a),
      );
    });
    const [drawing] = scores?.phrases.filter((_, i) => now[i] === "a cartoon") ?? [];
    expect(drawing?.winsInRun).toBeUndefined();
    expect(drawing?.givesTo).toEqual([]);
    const humans = scores?.categories[0];
    expect(humans?.countInRun).toBe(rows.filter((row) => namesOf(run, row).category === "People").length);
    expect(scores?.categories[3]?.countInRun).toBeUndefined();
  });

  it("compares every pair of phrases", async () => {
    const { report, base, encoder } = await draftStudy();
    const { scores } = await report(base);
    const texts = base.categories.flatMap(({ phrases }) => phrases.map(({ text }) => text));
    const { values, dim } = await encoder.embedTexts(texts);
    const similarities = scores?.similarities as number[];
    expect(similarities).toHaveLength(texts.length ** 2);
    texts.forEach((_, a) => {
      texts.forEach((__, b) => {
        const product = Array.from({ length: dim }, (___, i) => {
          return (values[a * dim + i] as number) * (values[b * dim + i] as number);
        }).reduce((sum, x) => sum + x, 0);
        expect(similarities[a * texts.length + b]).toBeCloseTo(product, 3);
      });
      expect(similarities[a * texts.length + a]).toBe(1);
    });
  });

  it("places mistakes and warnings at their category and phrase, and scores nothing until they are mended", async () => {
    const { report, base } = await draftStudy();
    const draft = withCategories(base, ([landscape, people, ...others]) => [
      {
        ...landscape,
        name: "",
        phrases: [...(landscape?.phrases ?? []), { text: "two people talking" }],
      } as never,
      { ...people, name: "Print", phrases: [] } as never,
      ...others,
    ]);
    const { mistakes, scores, warnings } = await report(draft);
    expect({ scores, warnings }).toEqual({ scores: undefined, warnings: [] });
    expect(mistakes.map(({ what, category, phrase }) => [what, category, phrase])).toEqual([
      ["a category without a name", 0, undefined],
      ['category "Print" has no phrases', 1, undefined],
      ['category "Print" is there twice', 2, undefined],
    ]);
    const doubled = await report(
      withCategories(base, ([first, ...others]) => [
        { ...first, phrases: [...(first?.phrases ?? []), { text: "houses" }] } as never,
        ...others,
        { name: "New", phrases: [{ text: "houses" }, { text: " " }, { text: "no people" }] },
      ]),
    );
    expect(doubled.mistakes.map(({ what, category, phrase }) => [what, category, phrase])).toEqual([
      ['phrase "houses" is in category "New" and in category "Landscape"', 4, 10],
      ['empty phrase of category "New"', 4, 11],
    ]);
    const warned = await report(
      withCategories(base, (all) => [...all, { name: "New", phrases: [{ text: "no people" }] }]),
    );
    expect(warned.mistakes).toEqual([]);
    expect(warned.warnings.map(({ code, category, phrase }) => [code, category, phrase])).toEqual([
      ["unequal-phrase-counts", 0, undefined],
      ["negation", 4, 9],
    ]);
  });

  it("refuses a phrase that the model does not read to its end, unless the run was made with such", async () => {
    const long = "word ".repeat(80).trim();
    const add = (base: CodebookDraft) =>
      withCategories(base, (all) => [...all, { name: "Long", phrases: [{ text: long }, { text: "short" }] }]);
    const strict = await draftStudy();
    const refused = await strict.report(add(strict.base));
    expect(refused.scores).toBeUndefined();
    expect(refused.mistakes).toMatchObject([{ code: "phrase-too-long", category: 4, phrase: 9 }]);
    expect(refused.tokens?.[9]).toBeGreaterThan(77);
    const lenient = await draftStudy({
      spec: { settings: { ...strict.run.settings, truncate: true }, truncate: true },
    });
    const accepted = await lenient.report(add(lenient.base));
    expect(accepted.mistakes).toEqual([]);
    expect(accepted.scores?.units).toBe(strict.rows.filter(({ prediction }) => prediction).length);
  });

  it("counts tokens in the longest template", async () => {
    const { report, base, encoder } = await draftStudy();
    const draft = { ...base, templates: ["{}", "a very long photograph that shows {}"] };
    const { tokens } = await report(draft);
    expect(tokens?.[0]).toBe(encoder.countTokens("a very long photograph that shows a photo of a landscape"));
  });

  it("says what is missing where the model is not at hand, and scores without it what it can", async () => {
    const { study, run, base, rows } = await draftStudy();
    const phraseEncoder = openPhraseEncoder(study, { model: "/nowhere/at/all" });
    const drafts = openDrafts({ study, phraseEncoder, runVectors: openRunVectors(study) });
    const moved = withCategories(base, (all) => all.toReversed());
    const known = await drafts.report({ run, baseText: draftText, draft: moved });
    expect(known).toMatchObject({ tokens: undefined, contextLength: undefined, cannotScore: undefined });
    expect(known.scores).toMatchObject({ moved: 0, units: rows.filter((row) => row.prediction).length });
    const unknown = await drafts.report({ run, baseText: draftText, draft: editEverything(base) });
    expect(unknown.scores).toBeUndefined();
    expect(unknown.cannotScore?.error).toContain("/nowhere/at/all");
    expect(unknown.cannotScore?.hint).toContain("--model");
    await drafts.warmUp(run);
  });

  it("is not computed to the end once it is withdrawn", async () => {
    const { report, base, study } = await draftStudy();
    const controller = new AbortController();
    const withdrawn = report(editEverything(base), controller.signal);
    const newer = report(base);
    controller.abort(new Error("withdrawn"));
    await expect(withdrawn).rejects.toThrow("withdrawn");
    expect((await newer).scores?.moved).toBe(0);
    expect(study.runs.list()).toHaveLength(1);
  });

  it("keeps the answers of the last eight drafts", async () => {
    const { report, base, drafts } = await draftStudy();
    const ids: string[] = [];
    for (let i = 0; i < 9; i++) {
      const { draftId } = await report({ ...base, title: `Title ${i}` });
      ids.push(draftId);
    }
    expect(new Set(ids).size).toBe(9);
    const kept = ids.map((id) => drafts.maybeMoves(id, { offset: 0, limit: 1 }) !== undefined);
    expect(kept).toEqual([false, ...Array(8).fill(true)]);
    // The same text made of other parts is another draft.
    const { draftId } = await report(base);
    const anew = base.categories.map((category) => ({ ...category, source: undefined }));
    const renamed = withCategories({ ...base, categories: anew }, ([a, ...others]) => [
      { ...a, name: "Nature" } as never,
      ...others,
    ]);
    const sourced = withCategories(base, ([a, ...others]) => [{ ...a, name: "Nature" } as never, ...others]);
    const [first, second] = [await report(renamed), await report(sourced)];
    expect(new Set([draftId, first.draftId, second.draftId]).size).toBe(3);
    expect(second.scores?.moved).toBe(0);
    expect(first.scores?.moved).toBeGreaterThan(0);
  });

  it("lists moved units by category, page by page", async () => {
    const { report, base, drafts, run, rows } = await draftStudy();
    const draft = withCategories(base, ([landscape, ...others]) =>
      others.concat([{ ...landscape, source: undefined, name: "Nature" } as never]),
    );
    const { draftId, scores } = await report(draft);
    const from = rows.filter((row) => namesOf(run, row).category === "Landscape");
    expect(from.length).toBeGreaterThan(1);
    expect(scores?.moves).toEqual([{ from: "Landscape", to: "Nature", count: from.length }]);
    const query = { from: "Landscape", to: "Nature", offset: 1, limit: 1 };
    expect(drafts.maybeMoves(draftId, query)).toMatchObject({
      total: from.length,
      items: [{ position: from[1]?.position, name: from[1]?.unit.name }],
    });
    expect(drafts.maybeMoves(draftId, { ...query, to: "Print" })).toEqual({ total: 0, items: [] });
    expect(drafts.maybeMoves("no such draft", query)).toBeUndefined();
  });
});
