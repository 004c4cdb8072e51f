import { describe, expect, it } from "vitest";
import { methodsParagraph } from "../../src/report/methodsParagraph.ts";
import { notEstimable } from "../../src/validation/estimate.ts";
import type { Evaluation } from "../../src/validation/evaluation.ts";
import {
  estimate,
  hostileNames,
  type SomeEvaluationSpec,
  someEvaluation,
} from "../validation/someEvaluation.ts";
import { someReliability } from "../validation/someReliability.ts";

type Base = Omit<Evaluation, "methods">;

const thin = "\u202f";

function paragraph(change?: (base: Base) => Base, spec: SomeEvaluationSpec = {}): string {
  return someEvaluation({ ...spec, ...(change && { change }) }).methods.paragraph;
}

const withSample = (part: Partial<Evaluation["sample"]>) => (base: Base) => ({
  ...base,
  sample: { ...base.sample, ...part },
});

const withDesign = (part: Partial<Evaluation["sample"]["design"]>) => (base: Base) =>
  withSample({ design: { ...base.sample.design, ...part } })(base);

const withLeft = (part: Partial<Evaluation["sample"]["design"]["left"]>) => (base: Base) =>
  withDesign({ left: { ...base.sample.design.left, ...part } })(base);

const withGold = (part: Partial<Evaluation["gold"]>) => (base: Base) => ({
  ...base,
  gold: { ...base.gold, ...part },
});

describe("the methods paragraph", () => {
  it("says of embeddings that were made elsewhere that their model was stated and not checked", () => {
    const text = paragraph((base) => ({ ...base, run: { ...base.run, importedFrom: "laion-part" } }));
    expect(text).toContain(
      "The image embeddings were made elsewhere and imported (laion-part); that clip-vit-b32 made them was stated by their maker and not checked.",
    );
    expect(paragraph()).not.toContain("made elsewhere");
  });

  it("says everything of a sealed, stratified sample with three coders", () => {
    expect(paragraph()).toBe(
      [
        `We classified 3${thin}220 images into 5 categories with clip-vit-b32 (openai/clip-vit-base-patch32 at 3d74acf9, float32; Radford et al., 2021), using 20 text phrases (the best phrase decides; digest of codebook, model and settings 5f2c9e81a0b3).`,
        "Another 4 files could not be read and are left out.",
        "Codebook, phrases, model and settings were frozen on 30 April 2026; until the codebook was frozen, the sample was sealed and showed no results. Its results were opened once.",
        "We excluded 120 images that had been used before (100 of earlier samples and 20 seen in a review).",
        `For external validation we drew a random sample of 300 images, stratified by predicted category (at least 60 of each where there are as many, the rest in proportion), from the remaining 3${thin}100 distinct images (inclusion probabilities 0.07 to 0.18; seed 7).`,
        "Three coders, blind to the predictions and to each other, each coded 298 to 300 of the 300 images.",
        "Reliability on 292 images was Krippendorff’s α = 0.81, 95% CI [0.78, 0.85] (Krippendorff, 2019; Hayes & Krippendorff, 2007); the interval is linearised, with images as sampling units (Gwet, 2014); for single categories it is 0.64 to 0.88.",
        `Of 2${thin}000 bootstrap samples of images 25.9% had an α below .800 and none below .667, the customary limits (Krippendorff, 2004).`,
        "Cohen’s κ was 0.79 to 0.82 between two coders and 0.67 to 0.71 between a coder and the model (Fleiss et al., 1969).",
        "Coefficients of agreement are not weighted: they describe the coded images, not the collection.",
        "An image’s true category is what more than half of its coders said.",
        "By adjudication, without sight of the predictions, 9 disagreements were resolved.",
        "Of the 300 drawn images 7 have no true category (6 uncodable and 1 unsure).",
        `Estimates are weighted by the inverse of the inclusion probabilities, adjusted within strata for images without a true category, and post-stratified by the predicted category; they describe the 3${thin}100 images that could be drawn (with finite-population correction).`,
        "Accuracy was 0.86, 95% CI [0.82, 0.90] (Korn-Graubard; Korn & Graubard, 1998); macro-F1 was 0.84, 95% CI [0.79, 0.89] over 5 of 5 categories (stratified Dirichlet posterior, Jeffreys' prior; Brown et al., 2001); κ between predicted and true categories was 0.80, 95% CI [0.74, 0.86] (stratified Dirichlet posterior, Jeffreys' prior; Brown et al., 2001).",
        "For comparison, accuracy without knowledge would be 0.31 (most frequent category) and 0.19 (scrambled codebook).",
        "The expected calibration error of the predicted category’s probability, its phrases’ added up, was 0.06 in 10 bins of equal size (Guo et al., 2017); a perfectly calibrated model would show 0.04 on as many images.",
        "Category shares were corrected for classification errors by post-stratification on the predicted category (Tenenbein, 1970; Olofsson et al., 2014), with 95% intervals by stratified beta posterior, Jeffreys' prior (Brown et al., 2001; Zou & Donner, 2008); corrected and predicted shares differ by up to 2.4 percentage points.",
        "Computed with Clipbook 0.1.0.",
      ].join(" "),
    );
  });

  it("lists exactly what it cites, by first mention", () => {
    const { paragraph: text, references } = someEvaluation().methods;
    expect(references.map(({ key }) => key)).toEqual([
      "radford2021",
      "krippendorff2019",
      "hayes2007",
      "gwet2014",
      "krippendorff2004",
      "fleiss1969",
      "korn1998",
      "brown2001",
      "guo2017",
      "tenenbein1970",
      "olofsson2014",
      "zou2008",
    ]);
    for (const { text: entry } of references) {
      const [, author, year] = /^([^,]+),.*?\((\d{4})\)/.exec(entry) ?? [];
      expect(text).toMatch(new RegExp(`${author}[^;)]*, ${year}`));
    }
  });

  it("names PPI++ with its lambda, and ordinal agreement, where these were asked for", () => {
    const { paragraph: text, references } = someEvaluation({
      change: (evaluation) => ({
        ...evaluation,
        shareMethod: { kind: "ppi", lambda: 0.617 },
        reliability: {
          ...evaluation.reliability,
          ordinal: { leftOut: ["Other"], alpha: evaluation.reliability.alpha, pairs: [] },
        },
      }),
    }).methods;
    expect(text).toContain("by prediction-powered inference (PPI++ with λ = ");
    expect(text).toContain("without finite-population correction; Angelopoulos et al., 2023)");
    expect(text).toContain("With the categories as ordered grades, without “Other”, the ordinal α was ");
    expect(references.map(({ key }) => key)).toContain("angelopoulos2023");
    expect(text).not.toContain("post-stratification");
  });

  it("says so where no image was used in development", () => {
    const text = paragraph(withLeft({ inSamples: 0, reviewed: 0 }));
    expect(text).toContain("No image was excluded. For external validation");
    expect(text).toContain(`from all 3${thin}100 distinct images`);
    expect(paragraph(withLeft({ inSamples: 0, reviewed: 0, examples: 1 }))).toContain(
      "We excluded 1 image that had been used before (1 example of the codebook).",
    );
  });

  it("speaks of images where every unit has its own, of whatever run the sample was drawn", () => {
    const other = paragraph((base) => ({
      ...withLeft({ doubledUnits: 20 })(base),
      run: { ...base.run, isSampledRun: false },
    }));
    expect(other).toContain(`We classified 3${thin}220 images into 5 categories`);
  });

  it("says of which images the figures are, and how the weights were adjusted", () => {
    expect(
      paragraph((base) => ({
        ...withDesign({ spec: { kind: "simple", size: 300 } })(base),
        coverage: { size: 3100, coveredSize: 3000, uncovered: [{ label: "Portraits", size: 100 }] },
      })),
    ).toContain(
      `probabilities, adjusted for images without a true category, and post-stratified by the predicted category; they describe 3${thin}000 of the 3${thin}100 images that could be drawn, for nothing is known of the others (with`,
    );
    expect(paragraph((base) => ({ ...base, quality: { ...base.quality, units: 300 } }))).toContain(
      "the inverse of the inclusion probabilities, and post-stratified by the predicted category;",
    );
  });

  it("tells units from images where several units show an image", () => {
    expect(paragraph((base) => ({ ...base, run: { ...base.run, distinctImages: 3200 } }))).toContain(
      `We classified 3${thin}220 units (3${thin}200 distinct images) into`,
    );
  });

  it.each([
    [
      { kind: "simple", size: 300 } as const,
      "we drew a simple random sample of 300 images from the remaining",
    ],
    [
      { kind: "stratified", size: 300, floor: 20, isSplit: true } as const,
      "(at least 20 of each where there are as many, the rest in proportion, each category split at its median probability), from",
    ],
    [
      { kind: "uncertainty", size: 300, least: 0.25 } as const,
      "we drew a Poisson sample of 300 images, with inclusion probabilities that rise with the uncertainty of the prediction, from",
    ],
  ])("describes the design %j", (spec, text) => {
    expect(paragraph(withDesign({ spec }))).toContain(text);
  });

  it("gives one inclusion probability where all are the same, however small", () => {
    expect(paragraph(withSample({ leastProbability: 0.00123, greatestProbability: 0.00123 }))).toContain(
      "(inclusion probability 0.0012; seed 7)",
    );
  });

  it("speaks of a single coder, whose agreement cannot be measured", () => {
    const text = paragraph(
      withGold({
        rule: { kind: "coder", coder: "Anna" },
        by: { agreement: 0, majority: 0, adjudication: 0, coder: 293 },
      }),
      { coders: 1 },
    );
    expect(text).toContain(
      "One coder, blind to the predictions, coded all 300 images. With one coder agreement could not be measured; errors of the coder bias all figures below (Song et al., 2020).",
    );
    expect(text).toContain("The codes of Anna count as the true categories. Of the 300");
    expect(text).not.toMatch(/Krippendorff|adjudicat|κ was/);
  });

  it("speaks of two coders who coded everything", () => {
    const reliability = someReliability(["a", "b"], 300, 2);
    const coders = reliability.coders.map((coder) => ({ ...coder, coded: 300 }));
    const text = paragraph((base) => ({ ...base, reliability: { ...reliability, coders } }));
    expect(text).toContain(
      "Two coders, blind to the predictions and to each other, both coded all 300 images.",
    );
    expect(text).toContain("Cohen’s κ was 0.79 between two coders and");
  });

  it("says why agreement could not be estimated", () => {
    const text = paragraph((base) => ({
      ...base,
      reliability: {
        ...base.reliability,
        alpha: notEstimable("all codes are the same category"),
        bootstrap: undefined,
        pairs: [],
      },
    }));
    expect(text).toContain(
      "Krippendorff’s α could not be estimated on the 292 images coded at least twice: all codes are the same category.",
    );
    expect(text).not.toContain("bootstrap");
  });

  it.each([
    [0, 0, "Every drawn image has a true category."],
    [1, 0, "Of the 300 drawn images 1 has no true category (1 uncodable)."],
    [5, 2, "Of the 300 drawn images 7 have no true category (5 uncodable and 2 not coded)."],
  ])("counts %i uncodable and %i uncoded images", (uncodable, uncoded, text) => {
    expect(paragraph(withGold({ missing: { uncodable, uncoded, unsure: 0, disagreement: 0 } }))).toContain(
      text,
    );
  });

  it("says how disagreements were resolved, or that none was", () => {
    const by = { agreement: 290, majority: 0, adjudication: 1, coder: 0 };
    expect(paragraph(withGold({ rule: { kind: "adjudicated" }, by }))).toContain(
      "An image’s true category is the adjudication where there is one, else what more than half of its coders said. By adjudication, without sight of the predictions, 1 disagreement was resolved.",
    );
    expect(paragraph(withGold({ by: { ...by, adjudication: 0 } }))).toContain(
      "No disagreement was adjudicated.",
    );
    const adjudicationSources = { screen: 0, offline: 0, csv: 0, "label-studio": 0 };
    const rule = { kind: "adjudicated" } as const;
    expect(paragraph(withGold({ rule, by: { ...by, adjudication: 0 }, adjudicationSources }))).toContain(
      "No image was adjudicated.",
    );
  });

  it.each([
    [
      withSample({ isSealed: false }),
      "were frozen on 30 April 2026; the sample was not sealed. Its results were opened once.",
    ],
    [
      withSample({ isSealed: false, freezes: [], openings: 3 }),
      "Codebook and settings were not frozen before the validation, and the sample was not sealed. Its results were opened 3 times.",
    ],
    [
      (base: Base) => ({ ...base, run: { ...base.run, digest: "ab".repeat(32) } }),
      "What was evaluated is not what had been frozen before, and the sample was sealed.",
    ],
    [
      (base: Base) =>
        withSample({
          freezes: [
            { runId: 2, sha256: "00".repeat(32), frozenAt: "2026-04-01T08:00:00.000Z" },
            ...base.sample.freezes,
          ],
        })(base),
      "were frozen on 30 April 2026, after 1 earlier freeze; until",
    ],
  ])("tells the seal and the freezes as they were", (change, text) => {
    expect(paragraph(change)).toContain(text);
  });

  it("says that another run is evaluated than the sample was drawn from", () => {
    expect(paragraph((base) => ({ ...base, run: { ...base.run, isSampledRun: false } }))).toContain(
      "The sample had been drawn from another run, by that run’s predictions; its inclusion probabilities are those of that draw.",
    );
    const simple = paragraph((base) => ({
      ...withDesign({ spec: { kind: "simple", size: 300 } })(base),
      run: { ...base.run, isSampledRun: false },
    }));
    expect(simple).toContain("The sample had been drawn from another run; its inclusion");
  });

  it("says that the figures are about the process", () => {
    expect(paragraph((base) => ({ ...base, target: "process" }))).toContain(
      "describe the process that the images came from (without finite-population correction).",
    );
  });

  it("says what could not be estimated, without its method", () => {
    const text = paragraph((base) => ({
      ...base,
      quality: {
        ...base.quality,
        accuracy: notEstimable("a stratum has one image"),
        macroF1: { ...base.quality.macroF1, interval: undefined },
      },
    }));
    expect(text).toContain(
      "Accuracy could not be estimated (a stratum has one image); macro-F1 was 0.84 over 5 of 5 categories; κ",
    );
    expect(text).not.toContain("Korn");
  });

  it.each([
    ["stratified beta posterior", "zou2008", "Zou & Donner, 2008"],
    ["stratified Dirichlet posterior, Jeffreys' prior", "brown2001", "Brown et al., 2001"],
    [
      "hull of the linearised interval, logit scale, and that from the categories' posteriors",
      "zou2007",
      "Zou, 2007",
    ],
    ["Korn-Graubard", "korn1998", "Korn & Graubard, 1998"],
    ["Wilson at the effective sample size", "wilson1927", "Wilson, 1927"],
  ])("cites where the method %s is from, behind a score and behind the shares", (method, key, citation) => {
    const accuracy = { ...estimate(0.8, 0.02, method), interval: { low: 0.76, high: 0.84 } };
    const byAccuracy = someEvaluation({
      change: (base) => ({ ...base, shares: [], quality: { ...base.quality, accuracy } }),
    }).methods;
    expect(byAccuracy.paragraph).toContain(
      `Accuracy was 0.80, 95% CI [0.76, 0.84] (${method}; ${citation}); macro-F1`,
    );
    expect(byAccuracy.references.map((reference) => reference.key)).toContain(key);
    const byShares = someEvaluation({
      change: (base) => ({
        ...base,
        shares: base.shares.map((share) => ({ ...share, corrected: estimate(0.2, 0.02, method) })),
      }),
    }).methods;
    expect(byShares.paragraph).toContain(`, with 95% intervals by ${method} (${citation}); corrected`);
    expect(byShares.references.map((reference) => reference.key)).toContain(key);
  });

  it("names every method of the shares' intervals once, and none where there is no interval", () => {
    const withMethods = (methods: readonly (string | undefined)[]) =>
      paragraph((base) => ({
        ...base,
        shares: methods.map((method, category) => ({
          category,
          raw: 0.2,
          corrected:
            method === undefined
              ? { ...estimate(0.2, 0.02, "Korn-Graubard"), interval: undefined }
              : estimate(0.2, 0.02, method),
        })),
      }));
    expect(
      withMethods(["stratified beta posterior", "Korn-Graubard", "stratified beta posterior"]),
    ).toContain(
      "by stratified beta posterior (Zou & Donner, 2008) and Korn-Graubard (Korn & Graubard, 1998); corrected",
    );
    expect(withMethods([undefined])).toContain("(Tenenbein, 1970; Olofsson et al., 2014); corrected");
  });

  it("names categories that are too few to interpret", () => {
    expect(paragraph(undefined, { absent: [4] })).toContain(
      "Fewer than 10 coded images truly belong to “Something else”; its figures are too uncertain to interpret.",
    );
    expect(paragraph(undefined, { absent: [3, 4] })).toContain(
      "each of “Landscapes” and “Something else”; their figures",
    );
  });

  it("cites the paper of the model's family", () => {
    const keys = (model: string, modelSource: string) =>
      someEvaluation({
        change: (base) => ({ ...base, run: { ...base.run, model, modelSource } }),
      }).methods.references.map(({ key }) => key);
    expect(keys("siglip-base", "google/siglip-base-patch16-224")).toContain("zhai2023");
    expect(keys("siglip-base", "google/siglip-base-patch16-224")).not.toContain("radford2021");
    expect(keys("demo", "the model bundled with Clipbook")).not.toContain("radford2021");
  });

  it("shortens a revision or digest that identifies the model", () => {
    const modelSource = `openai/clip at ${"3d74acf9a28c67741b2f4f2ea7635f0aaf6f0268"}`;
    expect(paragraph((base) => ({ ...base, run: { ...base.run, modelSource } }))).toContain(
      "(openai/clip at 3d74acf9a28c, float32; Radford",
    );
  });

  it("speaks of a sample that nobody coded", () => {
    const text = paragraph((base) => ({
      ...base,
      reliability: { ...base.reliability, coders: [] },
      quality: { ...base.quality, units: 0 },
    }));
    expect(text).toMatch(
      /Nobody has coded the sample yet\. No coded image has a true category yet, so nothing could be estimated\.$/,
    );
  });

  it.each([
    {},
    { coders: 1 },
    { absent: [0, 1, 2, 3] },
    { categories: hostileNames },
    { imagesPerCategory: 1 },
  ])("is whole sentences without holes: %j", (spec) => {
    const text = methodsParagraph(someEvaluation(spec)).paragraph;
    expect(text).not.toMatch(/undefined|NaN|Infinity| {2}|\.\.| \.(?!\d)|\(\)/);
    expect(text).toMatch(/\.$/);
  });
});
