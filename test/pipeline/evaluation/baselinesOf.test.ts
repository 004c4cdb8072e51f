import { describe, expect, it } from "vitest";
import { openCosineProduct } from "../../../src/model/cosineProduct.ts";
import { classifierOfRun } from "../../../src/pipeline/classifierOfRun.ts";
import { baselinesOf } from "../../../src/pipeline/evaluation/baselinesOf.ts";
import { sampledEmbeddings } from "../../../src/pipeline/evaluation/imageScores.ts";
import { sampleWithoutReplacement, seededRandom } from "../../../src/seededRandom.ts";
import { randomRun } from "../randomRun.ts";

describe("the scrambled codebook", () => {
  it.each(["max", "sum", "mean"] as const)(
    "is by %s as right as a hundred codebooks that are written and classified with one by one",
    async (scoring) => {
      const { study, run } = await randomRun({
        ...{ units: 90, pictures: 90, categories: 3 },
        changes: { scoring },
      });
      const imageIds = [...study.runs.rows(run.id)].map(({ imageId }) => imageId as number);
      const images = sampledEmbeddings(study, run, imageIds);
      const gold = imageIds.map((_, i) => (i * 7) % 3);
      const weights = imageIds.map((_, i) => 1 + (i % 4));
      const [, scrambled] = await baselinesOf(run, classifierOfRun(study, run), {
        ...{ images, gold, weights, seed: 7 },
      });
      const random = seededRandom(7);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      let accuracies = 0;
      for (let i = 0; i < 100; i++) {
        const phrases = run.codebook.categories.flatMap((category) => category.phrases);
        const dealt = [...sampleWithoutReplacement(phrases, phrases.length, random)];
        const categories = run.codebook.categories.map((category) => ({
          ...category,
          phrases: dealt.splice(0, category.phrases.length),
        }));
        const classifier = classifierOfRun(study, { ...run, codebook: { ...run.codebook, categories } });
        const product = await openCosineProduct(classifier.references);
        const answers = classifier.answersOf(await product.cosinesOf(images));
        await product.close();
        const right = answers.reduce(
          (sum, { category }, at) => sum + (category === gold[at] ? (weights[at] as number) : 0),
          0,
        );
        accuracies += right / total;
      }
      expect(scrambled?.accuracy).toBeCloseTo(accuracies / 100, 12);
      expect(scrambled?.macroF1).toBeGreaterThan(0.1);
    },
  );
});
