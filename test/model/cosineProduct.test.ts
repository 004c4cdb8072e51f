import { describe, expect, it, onTestFinished } from "vitest";
import { cosinesWith } from "../../src/classify.ts";
import { type Embeddings, embeddingAt, embeddings, normaliseRows } from "../../src/embeddings.ts";
import { openCosineProduct } from "../../src/model/cosineProduct.ts";
import { seededRandom } from "../../src/seededRandom.ts";

const random = seededRandom(3);
const randomRows = (count: number, dim: number): Embeddings =>
  normaliseRows(
    Float32Array.from({ length: count * dim }, () => random() - 0.5),
    dim,
  );

async function openForTest(references: Embeddings) {
  const product = await openCosineProduct(references);
  onTestFinished(() => product.close());
  return product;
}

describe("openCosineProduct", () => {
  it.each([
    [512, 26],
    [768, 1],
    [3, 5],
  ])("gives each image's cosines in float32: %i numbers, %i phrases", async (dim, phrases) => {
    const references = randomRows(phrases, dim);
    const images = randomRows(40, dim);
    const cosines = await (await openForTest(references)).cosinesOf(images);
    expect(cosines).toHaveLength(40 * phrases);
    for (let i = 0; i < 40; i++) {
      cosinesWith(embeddingAt(images, i), references).forEach((exact, p) => {
        expect(Math.abs((cosines[i * phrases + p] as number) - exact)).toBeLessThan(3e-7);
      });
    }
  });

  // ONNX Runtime goes several ways by size: more rows than columns or fewer, one of either, many threads.
  it.each([1, 2, 26, 33, 64, 200])(
    "gives a row the same bits alone and among any others: %i phrases",
    async (phrases) => {
      const product = await openForTest(randomRows(phrases, 512));
      const images = randomRows(700, 512);
      const all = await product.cosinesOf(images);
      for (const [from, to] of [
        [0, 1],
        [699, 700],
        [5, 7],
        [3, 16],
        [20, 49],
        [100, 163],
        [100, 357],
      ] as const) {
        const some = await product.cosinesOf(embeddings(images.values.subarray(from * 512, to * 512), 512));
        expect(some).toEqual(all.slice(from * phrases, to * phrases));
      }
    },
  );

  it("gives nothing for nothing and refuses other lengths", async () => {
    const product = await openForTest(randomRows(2, 4));
    expect(await product.cosinesOf(embeddings(new Float32Array(0), 4))).toHaveLength(0);
    await expect(product.cosinesOf(randomRows(2, 3))).rejects.toThrow(
      new RangeError("images have 3 numbers, phrases 4"),
    );
  });
});
