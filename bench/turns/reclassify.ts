import { createClassifier } from "../../src/classify.ts";
import { type Embeddings, embeddings } from "../../src/embeddings.ts";
import { openCosineProduct } from "../../src/model/cosineProduct.ts";
import { seededRandom } from "../../src/seededRandom.ts";
import { secondsOf, takeTurn } from "./takeTurn.ts";

const dim = 512;
// As many at once as a run scores in one transaction.
const unitsPerBlock = 4096;
// CLIP's (Radford et al. 2021, §2.5): logits of the usual size, for the softmax's sake.
const logitScale = 100;

// Classification of embeddings that are loaded: cosines with all phrases, softmax, best and second-best category.
await takeTurn(async ({ phrases, count }) => {
  const random = seededRandom(1);
  const categoryCount = 6;
  const classifier = createClassifier({
    phrases: phrases.map((text, i) => ({ text, categoryIndex: i % categoryCount })),
    phraseEmbeddings: randomEmbeddings(phrases.length, random),
    categoryCount,
    scoring: "max",
    probabilityKind: "softmax",
    logitScale,
    logitBias: 0,
  });
  const images = randomEmbeddings(count, random);
  const product = await openCosineProduct(classifier.references);
  const classify = async (from: number, to: number) => {
    const block = embeddings(images.values.subarray(from * dim, to * dim), dim);
    return classifier.answersOf(await product.cosinesOf(block)).length;
  };
  await classify(0, Math.min(count, unitsPerBlock));
  let classified = 0;
  const seconds = await secondsOf(async () => {
    for (let from = 0; from < count; from += unitsPerBlock) {
      classified += await classify(from, Math.min(count, from + unitsPerBlock));
    }
  });
  await product.close();
  return { count: classified, seconds };
});

/** Random directions. `[count, dim]` */
function randomEmbeddings(count: number, random: () => number): Embeddings {
  const values = new Float32Array(count * dim);
  for (let row = 0; row < count; row++) {
    let square = 0;
    const from = row * dim;
    for (let i = from; i < from + dim; i++) {
      const x = random() - 0.5;
      values[i] = x;
      square += x * x;
    }
    const length = Math.sqrt(square);
    for (let i = from; i < from + dim; i++) values[i] = (values[i] as number) / length;
  }
  return embeddings(values, dim);
}
