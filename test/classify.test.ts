import { describe, expect, it } from "vitest";
import {
  type ClassifierSpec,
  cosinesWith,
  createClassifier,
  meanPhraseEmbeddings,
  rankCategories,
  scoreUnits,
  softmax,
  topCandidates,
  type UnitScores,
} from "../src/classify.ts";
import { type Embeddings, embeddings, matrixOf, meanEmbedding, normaliseRows } from "../src/embeddings.ts";
import { UserError } from "../src/errors.ts";
import { seededRandom } from "../src/seededRandom.ts";

const unit = (rows: readonly (readonly number[])[]): Embeddings =>
  normaliseRows(Float32Array.from(rows.flat()), rows[0]?.length ?? 1);

const phrasesOf = (categories: readonly number[]) =>
  categories.map((categoryIndex, p) => ({ text: `phrase ${p}`, categoryIndex }));

// Three categories with two, two and one phrases; two images.
const phrases = phrasesOf([0, 0, 1, 1, 2]);
const phraseEmbeddings = unit([
  [3, 1, -2, 0],
  [1, 4, 0, 2],
  [0, -1, 5, 1],
  [2, 2, 2, -1],
  [-3, 0, 1, 4],
]);
const images = unit([
  [2, 3, -1, 1],
  [-1, 0, 3, 2],
]);

const spec = (changes: Partial<ClassifierSpec> = {}): ClassifierSpec => ({
  phrases,
  phraseEmbeddings,
  categoryCount: 3,
  scoring: "max",
  probabilityKind: "softmax",
  logitScale: 10,
  logitBias: 0,
  ...changes,
});

function expectClose(actual: ArrayLike<number>, expected: readonly number[], digits = 8): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(actual[i]).toBeCloseTo(value, digits);
  });
}

/** Mean embeddings are rounded to float32, whose numbers near 1 are 6e-8 apart. */
const meanDigits = 6;

/** Scores of two phrases of one category each, for an image with these cosines. */
function twoPhrases(cosines: readonly [number, number], changes: Partial<ClassifierSpec>): UnitScores {
  // The image is the first axis, so that a phrase's first number is its cosine.
  const rows = cosines.map((cosine) => [cosine, Math.sqrt(1 - cosine * cosine)]);
  const [scores] = scoreUnits(embeddings(Float32Array.of(1, 0), 2), {
    ...spec(),
    phrases: phrasesOf([0, 1]),
    phraseEmbeddings: embeddings(Float32Array.from(rows.flat()), 2),
    categoryCount: 2,
    ...changes,
  });
  return scores as UnitScores;
}

// torch 2.13.0 in float64 on the same float32 unit vectors: torch.softmax(10 * cos), torch.sigmoid(12.5 * cos - 4).
const torch = {
  cosines: [
    [0.759072116658773, 0.9014979058621275, -0.3478328052643396, 0.5012804228446521, -0.15191089534043334],
    [-0.6428571426679905, 0.1749635531451399, 0.8743856809047275, 0.14824987697004133, 0.7337993715251558],
  ],
  softmax: [
    [
      0.19117419187344697, 0.7942854486842089, 2.9799039591247634e-6, 0.01451624073930741,
      2.1138799077335726e-5,
    ],
    [
      2.0649525276347967e-7, 0.0007356313442284798, 0.8020693703814815, 0.0005631760845871806,
      0.19663161569445017,
    ],
  ],
  softmaxSums: [
    [0.9854596405576559, 0.014519220643266535, 2.1138799077335726e-5],
    [0.0007358378394812432, 0.8026325464660687, 0.19663161569445017],
  ],
  meanCosines: [
    [0.989469870849531, 0.09257844685113822, -0.15191089714772477],
    [-0.2787998117018106, 0.6169793518836628, 0.7337993802552034],
  ],
  meanSoftmax: [
    [0.9998616708328306, 0.0001272887310984537, 1.1040436071027877e-5],
    [3.053135951286004e-5, 0.23717320405621, 0.7627962645842772],
  ],
  sigmoid: [
    [0.9958825752958665, 0.9993034845491342, 0.00023683498412829126, 0.906022205165702, 0.002734997011749468],
    [5.928613330689378e-6, 0.14028129573344603, 0.999022779957971, 0.10462345976978299, 0.9943615526698468],
  ],
  meanSigmoid: [
    [0.9997679610822543, 0.05505628109413066, 0.0027349969501317484],
    [0.0005611294484197218, 0.976159539992776, 0.9943615532816764],
  ],
} as const;

describe("scoreUnits equals torch", () => {
  it("in cosines and softmax probabilities, whatever the scoring", () => {
    for (const scoring of ["max", "sum", "mean"] as const) {
      scoreUnits(images, spec({ scoring })).forEach((scores, i) => {
        expectClose(scores.cosines, torch.cosines[i] as readonly number[]);
        expectClose(scores.phraseProbabilities, torch.softmax[i] as readonly number[]);
        expect([...scores.bestPhrases]).toEqual(
          [
            [1, 3, 4],
            [1, 2, 4],
          ][i],
        );
      });
    }
  });

  it("under max: a category has its best phrase's probability", () => {
    const [first, second] = scoreUnits(images, spec()) as [UnitScores, UnitScores];
    const [a, b] = torch.softmax;
    expectClose(first.categoryProbabilities, [a[1], a[3], a[4]]);
    expectClose(second.categoryProbabilities, [b[1], b[2], b[4]]);
    expect(rankCategories(first, "max").map(({ category }) => category)).toEqual([0, 1, 2]);
    expect(rankCategories(second, "max").map(({ category }) => category)).toEqual([1, 2, 0]);
  });

  it("under sum: a category has the sum of its phrases'", () => {
    const scores = scoreUnits(images, spec({ scoring: "sum" }));
    scores.forEach((one, i) => {
      expectClose(one.categoryProbabilities, torch.softmaxSums[i] as readonly number[]);
    });
    expect(rankCategories(scores[1] as UnitScores, "sum")[0]).toMatchObject({ category: 1, phrase: 2 });
  });

  it("under mean: a category is one embedding, and another one may win than under max", () => {
    const scores = scoreUnits(images, spec({ scoring: "mean" }));
    scores.forEach((one, i) => {
      expectClose(one.categoryCosines, torch.meanCosines[i] as readonly number[], meanDigits);
      expectClose(one.categoryProbabilities, torch.meanSoftmax[i] as readonly number[], meanDigits);
    });
    expect(rankCategories(scores[1] as UnitScores, "mean").map(({ category }) => category)).toEqual([
      2, 1, 0,
    ]);
  });

  it("with sigmoids, scale and bias", () => {
    const sigmoid = { probabilityKind: "sigmoid", logitScale: 12.5, logitBias: -4 } as const;
    scoreUnits(images, spec(sigmoid)).forEach((one, i) => {
      expectClose(one.phraseProbabilities, torch.sigmoid[i] as readonly number[]);
    });
    scoreUnits(images, spec({ ...sigmoid, scoring: "mean" })).forEach((one, i) => {
      expectClose(one.categoryProbabilities, torch.meanSigmoid[i] as readonly number[], meanDigits);
    });
  });
});

describe("by hand", () => {
  // Cosines 0.5, 0.3, 0.3, 0.4 at scale 10: logits 5, 3, 3, 4; minus 5: powers 1, e^-2, e^-2, e^-1, together
  // 1 + 2 * 0.1353353 + 0.3678794 = 1.6385500. Categories: {0}, {1, 2, 3}.
  const handMade = (scoring: "max" | "sum" | "mean") => {
    const rows = [0.5, 0.3, 0.3, 0.4].map((cosine) => [cosine, Math.sqrt(1 - cosine ** 2)]);
    const [scores] = scoreUnits(embeddings(Float32Array.of(1, 0), 2), {
      ...spec({ scoring, categoryCount: 2, phrases: phrasesOf([0, 1, 1, 1]) }),
      phraseEmbeddings: embeddings(Float32Array.from(rows.flat()), 2),
    });
    return scores as UnitScores;
  };

  it("max: 1 / 1.63855 = 0.6103 against e^-1 / 1.63855 = 0.2245", () => {
    const { categoryProbabilities, bestPhrases } = handMade("max");
    expect(categoryProbabilities[0]).toBeCloseTo(0.6103, 4);
    expect(categoryProbabilities[1]).toBeCloseTo(0.2245, 4);
    expect([...bestPhrases]).toEqual([0, 3]);
  });

  it("sum: 0.6103 against (2 * 0.1353353 + 0.3678794) / 1.63855 = 0.3897", () => {
    const { categoryProbabilities } = handMade("sum");
    expect(categoryProbabilities[0]).toBeCloseTo(0.6103, 4);
    expect(categoryProbabilities[1]).toBeCloseTo(0.3897, 4);
  });

  it("mean: the second category's mean is (1, 2.82438) / 3, its cosine 1 / sqrt(1 + 2.82438^2) = 0.33376", () => {
    // sqrt(1 - 0.09) = 0.953939 twice, sqrt(1 - 0.16) = 0.916515: together 2.824394.
    // Logits 5 and 3.3376: 1 / (1 + e^-1.6624) = 0.84056.
    const { categoryProbabilities, categoryCosines } = handMade("mean");
    expect(categoryCosines[1]).toBeCloseTo(0.33376, 5);
    expect(categoryProbabilities[0]).toBeCloseTo(0.84056, 5);
  });
});

describe("ties and saturation", () => {
  it.each(["max", "sum", "mean"] as const)(
    "equal categories keep the codebook's order under %s",
    (scoring) => {
      const scores = twoPhrases([0.25, 0.25], { scoring });
      expect(rankCategories(scores, scoring).map(({ category }) => category)).toEqual([0, 1]);
      expect([...scores.categoryProbabilities]).toEqual([0.5, 0.5]);
    },
  );

  it("equal phrases keep the codebook's order, within a category and among the best answers", () => {
    const scores = twoPhrases([0.25, 0.25], { phrases: phrasesOf([0, 0]), categoryCount: 1 });
    expect([...scores.bestPhrases]).toEqual([0]);
    expect(topCandidates(scores, phrasesOf([0, 0]), "max", 2).map(({ phrase }) => phrase)).toEqual([0, 1]);
  });

  it.each(["max", "mean"] as const)(
    "two sigmoids rounded to 1 do not hide the better one under %s",
    (scoring) => {
      const sigmoid = { probabilityKind: "sigmoid", logitScale: 100, logitBias: 0, scoring } as const;
      const scores = twoPhrases([0.5, 0.6], sigmoid);
      expect([...scores.categoryProbabilities]).toEqual([1, 1]);
      expect(rankCategories(scores, scoring)[0]?.category).toBe(1);
      const within = twoPhrases([0.5, 0.6], { ...sigmoid, phrases: phrasesOf([0, 0]), categoryCount: 1 });
      expect([...within.bestPhrases]).toEqual([1]);
    },
  );

  it("a softmax far apart gives 1 and nearly 0, never NaN", () => {
    const scores = twoPhrases([0.9, -0.9], { logitScale: 100_000 });
    expect([...scores.phraseProbabilities]).toEqual([1, 0]);
    expect([...softmax(Float64Array.of(1e308, -1e308))]).toEqual([1, 0]);
    expect([...softmax(Float64Array.of(1000, 1000))]).toEqual([0.5, 0.5]);
    expect([...softmax(Float64Array.of(-5000))]).toEqual([1]);
  });

  it("a sigmoid far from 0 stays within 0 and 1", () => {
    const sigmoid = { probabilityKind: "sigmoid", logitScale: 10_000, logitBias: 0 } as const;
    expect([...twoPhrases([0.9, -0.9], sigmoid).phraseProbabilities]).toEqual([1, 0]);
  });
});

describe("the best answers", () => {
  const [first] = scoreUnits(images, spec()) as [UnitScores, UnitScores];

  it("are phrases under max: a category may come twice", () => {
    expect(topCandidates(first, phrases, "max", 3).map(({ category, phrase }) => [category, phrase])).toEqual(
      [
        [0, 1],
        [0, 0],
        [1, 3],
      ],
    );
  });

  it.each(["sum", "mean"] as const)("are categories under %s, each once", (scoring) => {
    const [scores] = scoreUnits(images, spec({ scoring })) as [UnitScores];
    expect(topCandidates(scores, phrases, scoring, 2).map(({ category }) => category)).toEqual([0, 1]);
  });

  it("are no more than there are", () => {
    expect(topCandidates(first, phrases, "max", 99)).toHaveLength(5);
    expect(topCandidates(first, phrases, "sum", 99)).toHaveLength(3);
    expect(topCandidates(first, phrases, "max", 0)).toEqual([]);
  });
});

describe("means", () => {
  it("of phrases: (1, 0) and (0, 1) make (1, 1) / sqrt 2, and a lone one stays", () => {
    const means = meanPhraseEmbeddings(
      phrasesOf([1, 0, 1]),
      unit([
        [1, 0],
        [3, 4],
        [0, 1],
      ]),
      2,
    );
    expectClose(means.values, [0.6, 0.8, Math.SQRT1_2, Math.SQRT1_2].map(Math.fround));
  });

  it("of templates: (1, 0), (0.6, 0.8), (0, 1) make (1.6, 1.8) / sqrt 5.8", () => {
    const mean = meanEmbedding(
      unit([
        [1, 0],
        [3, 4],
        [0, 1],
      ]),
    );
    expect(mean.count).toBe(1);
    expect(mean.values[0]).toBeCloseTo(1.6 / Math.sqrt(5.8), 6);
    expect(mean.values[1]).toBeCloseTo(1.8 / Math.sqrt(5.8), 6);
  });
});

describe("what does not fit together", () => {
  it("is refused", () => {
    expect(() => createClassifier(spec({ phrases: phrases.slice(1) }))).toThrow(RangeError);
    expect(() => scoreUnits(unit([[1, 2, 3]]), spec())).toThrow(RangeError);
    expect(() => matrixOf([Float32Array.of(1, 0), Float32Array.of(1)], 2)).toThrow(RangeError);
    expect(() => createClassifier(spec({ scoring: "sum", probabilityKind: "sigmoid" }))).toThrow(UserError);
  });

  it("no images give no scores", () => {
    expect(scoreUnits(matrixOf([], 4), spec())).toEqual([]);
  });

  it("vectors become rows, and cosines are sums of products", () => {
    const rows = matrixOf([Float32Array.of(1, 2), Float32Array.of(3, 4)], 2);
    // 1 * 5 + 2 * 6 = 17, 3 * 5 + 4 * 6 = 39
    expect([...cosinesWith(Float32Array.of(5, 6), rows)]).toEqual([17, 39]);
  });
});

describe("answersOf", () => {
  const random = seededRandom(7);
  // Coarse numbers, so that ties are many.
  const coarse = (n: number) => Float32Array.from({ length: n }, () => Math.round(random() * 6) / 6 - 0.5);
  const scattered = phrasesOf([2, 0, 1, 0, 2, 2, 1]);

  it.each([
    ["max", "softmax"],
    ["sum", "softmax"],
    ["mean", "softmax"],
    ["max", "sigmoid"],
    ["mean", "sigmoid"],
  ] as const)("gives the first two of rankCategories for %s and %s, ties included", (scoring, kind) => {
    const classifier = createClassifier({
      ...spec({ scoring, probabilityKind: kind, logitBias: -1 }),
      phrases: scattered,
      phraseEmbeddings: normaliseRows(
        Float32Array.from({ length: 7 * 4 }, () => random() - 0.5),
        4,
      ),
    });
    const cosines = coarse(500 * classifier.references.count);
    const answers = classifier.answersOf(cosines);
    expect(answers).toHaveLength(500);
    classifier.scoresOf(cosines).forEach((scores, i) => {
      const [best, runnerUp] = rankCategories(scores, scoring);
      const answer = answers[i];
      expect(answer).toMatchObject({ category: best?.category, phrase: best?.phrase });
      expect(answer?.runnerUp).toMatchObject({ category: runnerUp?.category, phrase: runnerUp?.phrase });
      expect(answer?.probability).toBeCloseTo(best?.probability ?? -1, 13);
      expect(answer?.runnerUp?.probability).toBeCloseTo(runnerUp?.probability ?? -1, 13);
    });
  });

  it("has no runner-up in a codebook of one category", () => {
    const classifier = createClassifier({ ...spec(), phrases: phrasesOf([0, 0, 0, 0, 0]), categoryCount: 1 });
    const [answer] = classifier.answersOf(Float32Array.of(0.1, 0.3, 0.2, 0, 0.25));
    expect(answer).toMatchObject({ category: 0, phrase: 1, runnerUp: undefined });
  });

  it("refuses numbers that make no whole rows", () => {
    expect(() => createClassifier(spec()).answersOf(new Float32Array(7))).toThrow(RangeError);
  });
});
