import type {
  Overview,
  OverviewCategory,
  OverviewImage,
  OverviewReview,
  Thumbnail,
} from "../../src/report/overview.ts";
import { exampleSummary } from "../review/exampleSummary.ts";

/** What a test may vary; everything else follows from the categories. */
export interface ExampleSpec {
  readonly title?: string;
  readonly categories?: readonly ExampleCategory[];
  readonly thumbnail?: (index: number) => Thumbnail | undefined;
  readonly imageName?: (index: number) => string;
  readonly failures?: Overview["failures"];
  readonly perCategory?: number;
  readonly closeCalls?: number;
  /** With verdicts of two reviewers. */
  readonly isReviewed?: boolean;
}

export interface ExampleCategory {
  readonly name: string;
  readonly phrases: readonly string[];
  readonly count: number;
  readonly description?: string;
  readonly residual?: boolean;
}

// A PNG of one grey pixel.
const GREY = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";

/** A complete overview with plausible numbers that depend on nothing but the spec. */
export function exampleOverview(spec: ExampleSpec = {}): Overview {
  const categories = spec.categories ?? SMALL;
  const perCategory = spec.perCategory ?? 3;
  const classified = categories.reduce((sum, category) => sum + category.count, 0);
  const failures = spec.failures ?? [];
  const image = (index: number, categoryIndex: number): OverviewImage => {
    const own = categories[categoryIndex];
    const other = categories.length > 1 ? categories[(categoryIndex + 1) % categories.length] : undefined;
    const probability = 0.36 + ((index * 37) % 60) / 100;
    const runnerUp = other && {
      category: other.name,
      phrase: other.phrases[index % other.phrases.length] ?? "",
      probability: (1 - probability) * 0.5,
    };
    return {
      name: spec.imageName?.(index) ?? `posts/2026-03/IMG_${String(2000 + index * 7)}.jpg`,
      thumbnail: spec.thumbnail
        ? spec.thumbnail(index)
        : { mimeType: "image/png", base64: GREY, widthPx: 1, heightPx: 1 },
      category: own?.name ?? "",
      phrase: own?.phrases[index % own.phrases.length] ?? "",
      probability,
      runnerUp,
      margin: runnerUp && probability - runnerUp.probability,
    };
  };
  const overviewCategories = categories.map((category, categoryIndex): OverviewCategory => {
    const shown = Math.min(perCategory, category.count);
    return {
      name: category.name,
      description: category.description,
      residual: category.residual ?? false,
      count: category.count,
      share: classified === 0 ? undefined : category.count / classified,
      meanProbability: category.count === 0 ? undefined : 0.4 + ((categoryIndex * 13) % 45) / 100,
      phrases: winsPerPhrase(category),
      samples: Array.from({ length: shown }, (_, index) =>
        image(categoryIndex * perCategory + index, categoryIndex),
      ),
    };
  });
  const closeCalls = classified === 0 ? 0 : (spec.closeCalls ?? 4);
  const verdictAt = (index: number): OverviewImage["verdict"] =>
    [
      { judgement: "right" as const },
      { judgement: "wrong" as const, correctCategory: categories[0]?.name },
      { judgement: "unsure" as const },
      undefined,
    ][index % 4];
  const marked = (image: OverviewImage, index: number): OverviewImage =>
    spec.isReviewed ? { ...image, verdict: verdictAt(index) } : image;
  return {
    title: spec.title ?? "Campaign pictures, spring 2026",
    writtenAt: "2026-04-03T14:05:09+02:00",
    codebook: {
      title: "Campaign pictures",
      language: "en",
      templates: ["a photo of {}"],
      categories: codebookOf(categories),
    },
    counts: {
      units: classified + failures.length,
      images: classified,
      classified,
      failed: failures.length,
      warned: 0,
      ignoredFiles: 0,
    },
    categories: overviewCategories.map((category) => ({
      ...category,
      samples: category.samples.map(marked),
    })),
    lookHereFirst: Array.from({ length: closeCalls }, (_, index) =>
      marked(closeCall(image(500 + index, index % categories.length), 0.0004 + index / 700), index),
    ),
    review: spec.isReviewed ? exampleReview(categories) : undefined,
    failures,
    failuresByCode: countByCode(failures),
    sampling: { perCategory, seed: 42, sort: "probability" },
    scoring: "max",
    probabilityKind: "softmax",
    settings: [
      { label: "Model", value: "clip-vit-b32" },
      { label: "View", value: "center" },
      { label: "Scoring", value: "max" },
    ],
    versions: [
      { name: "clipbook", version: "0.1.0" },
      { name: "onnxruntime-node", version: "1.30.0" },
    ],
    reproduce: "clipbook overview --run 3 -n 12 --seed 42 --sort probability",
  };
}

function exampleReview(categories: readonly ExampleCategory[]): OverviewReview {
  const summary = exampleSummary({
    names: categories.map(({ name }) => name),
    categories: categories.map(({ count }, index) => {
      const judged = Math.min(12, count);
      const wrong = index % 3 === 2 ? 0 : Math.floor(judged / 4);
      return [count, judged - wrong, wrong];
    }),
    unsure: 2,
  });
  return {
    summary: {
      ...summary,
      categories: summary.categories.map((category, index) => ({
        ...category,
        corrections:
          category.wrong > 0 ? [{ category: (index + 1) % categories.length, count: category.wrong }] : [],
      })),
      judgedByMany: 5,
      differing: 1,
    },
    notDrawn: { right: 7, wrong: 9, unsure: 1 },
    reviewers: 2,
  };
}

const SMALL: readonly ExampleCategory[] = [
  { name: "Flyers and posters", phrases: ["a campaign flyer", "a poster on a wall"], count: 120 },
  {
    name: "Rallies",
    phrases: ["a crowd at a rally", "a speaker on a stage", "a hall full of people"],
    count: 260,
  },
  { name: "Something else", phrases: ["a landscape", "a plate of food"], count: 40, residual: true },
];

function closeCall(image: OverviewImage, margin: number): OverviewImage {
  const probability = 0.412 - margin / 3;
  const runnerUp = image.runnerUp && { ...image.runnerUp, probability: probability - margin };
  return { ...image, probability, runnerUp, margin: runnerUp && margin };
}

function codebookOf(categories: readonly ExampleCategory[]): Overview["codebook"]["categories"] {
  return categories.map(({ name, phrases, description, residual }) => ({
    name,
    phrases,
    residual: residual ?? false,
    ...(description === undefined ? {} : { description }),
  }));
}

function winsPerPhrase({ phrases, count }: ExampleCategory): OverviewCategory["phrases"] {
  const weights = phrases.map((_, index) => 1 + ((index * 5) % 4));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const wins = weights.map((weight) => Math.floor((count * weight) / total));
  const rest = count - wins.reduce((sum, won) => sum + won, 0);
  return phrases.map((text, index) => ({ text, wins: (wins[index] ?? 0) + (index === 0 ? rest : 0) }));
}

function countByCode(failures: Overview["failures"]): Overview["failuresByCode"] {
  const codes = [...new Set(failures.map(({ code }) => code))];
  return codes.map((code) => ({ code, count: failures.filter((failure) => failure.code === code).length }));
}
