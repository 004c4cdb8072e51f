import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isKnown } from "../../../src/pipeline/diagnostics/diagnostics.ts";
import { plainSample } from "../samples/plainSample.ts";
import { knownStudy } from "./knownStudy.ts";

// By numpy 2.4.6 and scipy 1.17.1: test/fixtures/diagnostics/make.py.
const { study: known, expected } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../fixtures/diagnostics/diagnostics.json"), "utf8"),
);
const names = ["Alpha", "Beta", "Gamma"];
const texts = ["first", "second", "third", "fourth", "fifth", "sixth"];
const codebook = {
  title: "Known",
  templates: [],
  categories: names.map((name, category) => ({
    name,
    phrases: texts.filter((_, phrase) => known.category[phrase] === category),
  })),
};
const wordedTexts = Object.keys(known.worded).flatMap((before) =>
  texts.map((text, phrase) => ({ text: `${before}${text}`, vector: known.worded[before][phrase] })),
);
const vectors = new Map(wordedTexts.map(({ text, vector }) => [text, vector]));

const makeStudy = (changes = {}) =>
  knownStudy({
    images: known.images,
    codebook,
    vectorOf: (text) => vectors.get(text) as readonly number[],
    moreTexts: wordedTexts.map(({ text }) => text),
    failed: 2,
    changes: { logitScale: known.scale, ...changes },
  });

async function codedStudy() {
  const study = await makeStudy();
  const sample = plainSample(study.study, study.run, { name: "pilot", purpose: "pilot", perCategory: 8 });
  study.code(sample, (position) => names[known.truth[position]] as string);
  return { ...study, sample };
}

/** The figure, which has to be there. */
function figure<Figure extends object>(value: Figure | { readonly why: string } | undefined): Figure {
  if (value === undefined || "why" in value) throw new Error(`no figure: ${JSON.stringify(value)}`);
  return value;
}

describe("diagnoseRun", () => {
  it.each(["max", "sum", "mean"] as const)("equals numpy under the rule %s", async (scoring) => {
    const { run, runAgain, diagnose } = await codedStudy();
    const own = scoring === "max" ? run : await runAgain({ scoring });
    const found = await diagnose({ run: own });
    const rule = expected.rules[scoring];
    expect(found.units).toBe(known.images.length);
    expect(found.failedUnits).toBe(2);
    expect(found.phrases.map(({ wins }) => wins)).toEqual(rule.wins);
    expect(found.categories.map(({ count }) => count)).toEqual(rule.counts);
    found.phrases.forEach(({ precision, without, share }, phrase) => {
      expect(share).toBeCloseTo(rule.wins[phrase] / known.images.length, 12);
      if (rule.precision[phrase] === null) {
        expect(precision).toEqual({ why: "it stands for no coded image" });
      } else expect(figure(precision).share).toBeCloseTo(rule.precision[phrase], 10);
      if (rule.without[phrase] === null) {
        expect(without).toEqual({ why: "the only phrase of its category" });
        return;
      }
      const { moved, macroF1 } = figure(without);
      expect(moved).toBe(rule.without[phrase].moved);
      expect(figure(macroF1).change).toBeCloseTo(rule.without[phrase].macroF1, 10);
    });
    const gold = figure(found.gold);
    expect(gold).toMatchObject({ sample: "pilot", purpose: "pilot", rule: "the codes of Ada" });
    expect(gold.quality.accuracy).toBeCloseTo(rule.accuracy, 10);
    expect(gold.quality.macroF1.value).toBeCloseTo(rule.macroF1, 10);
  });

  it("has intervals near those of numpy's own bootstrap, the same with the same seed", async () => {
    const { diagnose } = await codedStudy();
    const found = await diagnose();
    const again = await diagnose();
    const other = await diagnose({ seed: 2 });
    const intervals = (diagnostics: typeof found) =>
      diagnostics.phrases.map(({ without }) =>
        isKnown(without) ? figure(without.macroF1).interval : undefined,
      );
    expect(intervals(again)).toEqual(intervals(found));
    expect(intervals(other)).not.toEqual(intervals(found));
    let compared = 0;
    intervals(found).forEach((interval, phrase) => {
      const numpy = expected.rules.max.without[phrase]?.interval;
      if (numpy === undefined) return;
      const width = numpy[1] - numpy[0];
      expect(Math.abs((interval?.low ?? 1) - numpy[0])).toBeLessThan(0.12 * width);
      expect(Math.abs((interval?.high ?? 1) - numpy[1])).toBeLessThan(0.12 * width);
      compared += 1;
    });
    expect(compared).toBe(5);
  });

  it("compares the scoring rules on all images and on the gold ones", async () => {
    const { diagnose } = await codedStudy();
    const { scorings } = await diagnose();
    expect(scorings.disagreements).toBe(expected.disagreements);
    for (const [i, pair] of scorings.pairs.entries()) {
      const { exactP, onlyFirst, onlySecond, ...counts } = expected.pairs[i];
      expect(pair).toMatchObject(counts);
      if (exactP === null) expect(pair.test).toHaveProperty("why");
      else {
        expect(figure(pair.test)).toMatchObject({ onlyFirst, onlySecond });
        expect(figure(pair.test).exactP).toBeCloseTo(exactP, 10);
      }
    }
    for (const rule of scorings.rules) {
      const { scoring, quality, macroF1Change } = figure(rule);
      expect(figure(quality).accuracy).toBeCloseTo(expected.rules[scoring].accuracy, 10);
      expect(figure(quality).macroF1.value).toBeCloseTo(expected.rules[scoring].macroF1, 10);
      if (scoring === "max") expect(macroF1Change).toEqual({ why: "the run's own rule" });
      else {
        const change = expected.rules[scoring].macroF1 - expected.rules.max.macroF1;
        expect(figure(macroF1Change).change).toBeCloseTo(change, 10);
      }
    }
  });

  it("tells how alike phrases and categories are", async () => {
    const { diagnose } = await codedStudy();
    const { similarities, phrases } = await diagnose();
    const near = (actual: unknown, wanted: readonly (readonly number[])[]) =>
      wanted.flat().forEach((cosine, i) => {
        expect((actual as number[][]).flat()[i]).toBeCloseTo(cosine, 3);
      });
    near(similarities.categories, expected.categorySimilarities);
    near(similarities.phrases, expected.phraseSimilarities);
    expect(similarities.medianWithin).toBeCloseTo(expected.medianWithin, 6);
    for (const [i, { nearestRival }] of phrases.entries()) {
      const { phrase, cosine } = expected.rivals[i];
      expect(figure(nearestRival).phrase).toBe(phrase);
      expect(figure(nearestRival).cosine).toBeCloseTo(cosine, 6);
      expect(figure(nearestRival).isConfusable).toBe(cosine > expected.medianWithin);
    }
  });

  it("takes templates for coders, from texts that the study has met, without a model", async () => {
    const { diagnose } = await makeStudy();
    const found = await diagnose({ templates: true });
    const stability = figure(found.templates);
    // "{}" is the codebook as it is, and no second coder.
    expect(stability.templates).toHaveLength(8);
    expect(stability.templates[0]).toMatchObject({ template: undefined, moved: 0 });
    expect(stability.templates.map(({ moved }) => moved)).toEqual(expected.templates.moved);
    expect(figure(stability.alpha).alpha).toBeCloseTo(expected.templates.alpha, 10);
    stability.perCategory.forEach(({ alpha }, category) => {
      expect(alpha?.alpha).toBeCloseTo(expected.templates.perCategory[category], 10);
    });
    expect(stability).toMatchObject({ images: 60, of: 60, seed: undefined });
    // The model of this run is nowhere.
    expect(found.contextLength).toEqual({ why: expect.stringContaining("model") });
    expect(stability.templates.map(({ cutShort }) => cutShort)).toEqual(Array(8).fill(undefined));
    expect(found.phrases[0]?.tokens).toBeUndefined();
  });
});
