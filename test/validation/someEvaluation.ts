import { methodsParagraph } from "../../src/report/methodsParagraph.ts";
import { seededRandom } from "../../src/seededRandom.ts";
import { wilsonInterval } from "../../src/stats/wilsonInterval.ts";
import type { Estimate, EvaluatedImage, Evaluation, GoldSummary } from "../../src/validation/evaluation.ts";
import { goldRuleText } from "../../src/validation/goldStandard.ts";
import { someReliability } from "./someReliability.ts";

/** What a test may set of an evaluation that nobody computed; everything else follows, the same each time. */
export interface SomeEvaluationSpec {
  readonly categories?: readonly string[];
  readonly imagesPerCategory?: number;
  readonly coders?: number;
  /** Categories for which nothing can be estimated: no coded image is of them. */
  readonly absent?: readonly number[];
  readonly hasThumbnails?: boolean;
  /** Replaces parts, before the methods paragraph is written. */
  readonly change?: (evaluation: Omit<Evaluation, "methods">) => Omit<Evaluation, "methods">;
}

/** Names that are markup, right-to-left, an emoji, a very long word. */
export const hostileNames = [
  `"><script>alert(1)</script><img src=x onerror=alert(2)>`,
  "مظاهرات وتجمعات في الشوارع",
  `😀 & "quoted" 'names' {braces} \\back_slash 100% #1`,
  "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen".repeat(2),
  "</style></title>&lt;b&gt;",
] as const;

/** Common names. */
export const plainNames = [
  "Rallies",
  "Posters and flyers",
  "Portraits",
  "Landscapes",
  "Something else",
] as const;

// A JPEG of eight grey pixels each way.
const grey =
  "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/wAALCAAIAAgBAREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAAn/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/AKpgB//Z";

/** A complete evaluation with plausible figures. */
export function someEvaluation(spec: SomeEvaluationSpec = {}): Evaluation {
  const {
    categories = plainNames,
    imagesPerCategory = 60,
    coders = 3,
    absent = [],
    hasThumbnails,
    change,
  } = spec;
  const images = someImages(categories.length, imagesPerCategory, new Set(absent), hasThumbnails === true);
  const known = images.filter((image) => image.trueCategory !== undefined);
  const counts = categories.map((_, t) =>
    categories.map(
      (__, p) => known.filter((image) => image.trueCategory === t && image.predicted === p).length,
    ),
  );
  const sizes = categories.map((_, c) => 900 - Math.floor((700 * c) / categories.length));
  const frameSize = sum(sizes);
  const predictedCounts = categories.map((_, p) => sum(counts.map((row) => row[p] as number)));
  const weighted = counts.map((row) =>
    row.map((count, p) =>
      predictedCounts[p] === 0
        ? 0
        : ((count / (predictedCounts[p] as number)) * (sizes[p] as number)) / frameSize,
    ),
  );
  const trueCounts = counts.map(sum);
  const right = (c: number) => counts[c]?.[c] as number;
  const accuracy = sum(weighted.map((row, c) => row[c] as number));
  const perCategory = categories.map((_, category) => {
    const [truly, predicted] = [trueCounts[category] as number, predictedCounts[category] as number];
    return {
      category,
      trueCount: truly,
      predictedCount: predicted,
      precision: share(
        right(category),
        predicted,
        "Korn-Graubard",
        "no coded image was predicted to be of it",
      ),
      recall: share(
        right(category),
        truly,
        "stratified Dirichlet posterior, Jeffreys' prior",
        "no coded image is truly of it",
      ),
      f1: share(
        2 * right(category),
        truly + predicted,
        "stratified Dirichlet posterior, Jeffreys' prior",
        "no coded image is of it or was predicted to be",
      ),
    };
  });
  const macro = perCategory.map(({ f1 }) => f1.value).filter((value) => value !== undefined);
  const probabilities = known.map(({ probability }) => probability).sort((a, b) => b - a);
  const base: Omit<Evaluation, "methods"> = {
    madeAt: "2026-05-20T10:00:00.000+02:00",
    clipbookVersion: "0.1.0",
    title: "Campaign pictures, spring 2026",
    categories,
    target: "collection",
    run: {
      id: 3,
      model: "clip-vit-b32",
      modelSource: "openai/clip-vit-base-patch32 at 3d74acf9",
      precision: "float32",
      view: "center",
      scoring: "max",
      phraseCount: categories.length * 4,
      digest: "5f2c9e81a0b34d67".repeat(4),
      isSampledRun: true,
      classifiedUnits: frameSize + 120,
      failedUnits: 4,
      distinctImages: frameSize + 120,
    },
    sample: {
      name: "test",
      purpose: "test",
      seed: 7,
      drawnAt: "2026-05-01T08:00:00.000Z",
      design: {
        spec: { kind: "stratified", size: images.length, floor: imagesPerCategory, isSplit: false },
        exclusions: { samples: ["pilot"], reviewed: true, examples: false },
        strata: sizes.map((size, category) => ({
          category,
          half: undefined,
          size,
          drawn: imagesPerCategory,
        })),
        frameSize,
        left: { failedUnits: 4, doubledUnits: 0, inSamples: 100, reviewed: 20, examples: 0 },
      },
      designText: `stratified by predicted category, at least ${imagesPerCategory} of each`,
      leastProbability: imagesPerCategory / 900,
      greatestProbability: imagesPerCategory / (sizes.at(-1) as number),
      size: images.length,
      isSealed: true,
      freezes: [{ runId: 3, sha256: "5f2c9e81a0b34d67".repeat(4), frozenAt: "2026-04-30T16:20:00.000Z" }],
      openings: 1,
    },
    gold: someGold(images, categories, sizes),
    reliability: someReliability(categories, images.length, coders),
    coverage: { size: frameSize, coveredSize: frameSize, uncovered: [] },
    quality: {
      units: known.length,
      counts,
      weighted,
      accuracy: estimate(accuracy, 0.021, "Korn-Graubard"),
      balancedAccuracy: estimate(accuracy - 0.03, 0.025, "stratified Dirichlet posterior, Jeffreys' prior"),
      macroF1: estimate(sum(macro) / macro.length, 0.024, "stratified Dirichlet posterior, Jeffreys' prior"),
      macroCategories: macro.length,
      kappa: estimate(accuracy - 0.06, 0.03, "stratified Dirichlet posterior, Jeffreys' prior"),
      matthews: estimate(accuracy - 0.055, 0.03, "stratified Dirichlet posterior, Jeffreys' prior"),
      topK: [
        { k: 2, estimate: estimate(Math.min(0.97, accuracy + 0.11), 0.015, "Korn-Graubard") },
        { k: 3, estimate: estimate(Math.min(0.985, accuracy + 0.15), 0.01, "Korn-Graubard") },
      ],
      perCategory,
    },
    calibration: {
      curve: Array.from({ length: 10 }, (_, bin) => {
        const meanProbability = 0.32 + bin * 0.07;
        const hits = Math.round((known.length / 10) * Math.min(1, 0.14 + meanProbability * 0.84));
        const count = Math.round(known.length / 10);
        return {
          count,
          meanProbability,
          shareRight: hits / count,
          interval: wilsonInterval(hits, count) ?? none,
        };
      }),
      expectedCalibrationError: 0.064,
      errorUnderCalibration: 0.041,
      bins: 10,
      brier: 0.271,
      logLoss: 0.583,
      temperature: 1.32,
      quantity: "the predicted category’s probability, its phrases’ added up",
      why: undefined,
      notEstimable: [],
    },
    shareMethod: { kind: "post-stratified" },
    shares: categories.map((_, category) => ({
      category,
      raw: (sizes[category] as number) / frameSize,
      corrected: estimate(sum(weighted[category] ?? []), 0.013, "stratified beta posterior, Jeffreys' prior"),
    })),
    groups: [someGroups(categories, sizes, frameSize)],
    baselines: [
      {
        name: "Most frequent category",
        explanation: "every image is put into the category that is most frequent",
        accuracy: 0.31,
        macroF1: 0.31 / categories.length,
      },
      {
        name: "Scrambled codebook",
        explanation: "the phrases are shuffled among the categories",
        accuracy: 0.19,
        macroF1: 0.15,
      },
    ],
    abstention: {
      score: "probability",
      curve: Array.from({ length: 40 }, (_, at) => ({
        threshold: probabilities[Math.floor((known.length - 1) * ((at + 1) / 40))] ?? 0,
        coverage: (at + 1) / 40,
        precision: Math.min(1, accuracy + 0.17 * (1 - (at + 1) / 40)),
      })),
      targets: [
        { target: 0.9, threshold: 0.61, precision: estimate(0.89, 0.02, "Korn-Graubard"), coverage: 0.58 },
        {
          target: 0.99,
          threshold: undefined,
          precision: notEstimable("no threshold reaches it"),
          coverage: undefined,
        },
      ],
    },
    images,
    notEstimable: absent.flatMap((category) => [
      { what: `Recall of ${categories[category]}`, why: "no coded image is truly of it" },
    ]),
    warnings: ["Errors differ between the values of account (p = 0.004)."],
  };
  const changed = change?.(base) ?? base;
  return { ...changed, methods: methodsParagraph(changed) };
}

/** An estimate with an interval of two standard errors, within 0 and 1. */
export function estimate(value: number, standardError: number, method: string): Estimate {
  const interval = {
    low: Math.max(0, value - 2 * standardError),
    high: Math.min(1, value + 2 * standardError),
  };
  return { value, standardError, interval, method, why: undefined };
}

/** What could not be estimated. */
export function notEstimable(why: string): Estimate {
  return { value: undefined, standardError: undefined, interval: undefined, method: undefined, why };
}

const none = { low: 0, high: 1 };

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function share(successes: number, trials: number, method: string, why: string): Estimate {
  const interval = wilsonInterval(successes, trials);
  if (interval === undefined) return notEstimable(why);
  return {
    value: successes / trials,
    standardError: (interval.high - interval.low) / 4,
    interval,
    method,
    why: undefined,
  };
}

function someImages(
  categories: number,
  each: number,
  absent: ReadonlySet<number>,
  hasThumbnails: boolean,
): readonly EvaluatedImage[] {
  const random = seededRandom(5);
  const present = Array.from({ length: categories }, (_, c) => c).filter((c) => !absent.has(c));
  return Array.from({ length: categories * each }, (_, place) => {
    const predicted = place % categories;
    const isRight = random() < 0.9 - 0.25 * (predicted / categories) && !absent.has(predicted);
    const other = present[Math.floor(random() * present.length)] as number;
    const probability = 0.3 + 0.65 * random();
    return {
      place,
      name: `posts/2026-03/IMG_${2000 + place * 7}.jpg`,
      imageId: place + 1,
      unitId: place + 1,
      trueCategory: place % 41 === 40 ? undefined : isRight ? predicted : other,
      predicted,
      probability,
      stratum: predicted,
      inclusionProbability: each / (900 - Math.floor((700 * predicted) / categories)),
      ...(hasThumbnails && { thumbnail: grey }),
    };
  });
}

function someGold(
  images: readonly EvaluatedImage[],
  categories: readonly string[],
  sizes: readonly number[],
): GoldSummary {
  const known = images.filter(({ trueCategory }) => trueCategory !== undefined).length;
  const missing = images.length - known;
  const rule = { kind: "majority" } as const;
  return {
    rule,
    ruleText: goldRuleText(rule, 9),
    known,
    by: { agreement: known - 30, majority: 21, adjudication: 9, coder: 0 },
    adjudicationSources: { screen: 9, offline: 0, csv: 0, "label-studio": 0 },
    missing: { uncoded: 0, uncodable: missing - 1, unsure: 1, disagreement: 0 },
    strata: categories.map((label, c) => {
      const drawn = images.filter(({ stratum }) => stratum === c);
      return {
        label,
        size: sizes[c] as number,
        drawn: drawn.length,
        known: drawn.filter(({ trueCategory }) => trueCategory !== undefined).length,
      };
    }),
    perCategory: categories.map((_, c) => images.filter(({ trueCategory }) => trueCategory === c).length),
  };
}

function someGroups(
  categories: readonly string[],
  sizes: readonly number[],
  frameSize: number,
): Evaluation["groups"][number] {
  return {
    column: "account",
    groups: ["@party_one", "@party_two", "@party_three"].map((value, index) => ({
      value,
      units: 900 - index * 250,
      coded: 110 - index * 30,
      error:
        index === 2
          ? notEstimable("fewer than 20 coded images")
          : estimate(0.14 + index * 0.13, 0.03, "Korn-Graubard"),
      shares: categories.map((_, category) => ({
        category,
        raw: (sizes[category] as number) / frameSize,
        corrected:
          index === 2
            ? notEstimable("fewer than 20 coded images")
            : estimate((sizes[category] as number) / frameSize, 0.03, "Korn-Graubard"),
      })),
    })),
    more: 4,
    differenceP: 0.004,
  };
}
