import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cosinesWith } from "../../src/classify.ts";
import { embeddingAt, embeddings } from "../../src/embeddings.ts";
import { loadEncoder } from "../../src/model/loadEncoder.ts";
import { expectedPixels, golden } from "../images/reference.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { tinyModelFolder } from "../tinyModels.ts";

/** The tiny model with a variant in int8, made by `test/fixtures/models/makeInt8.py`. */
function folderWithInt8(): string {
  const folder = join(temporaryFolder(), "with-int8");
  mkdirSync(folder);
  cpSync(tinyModelFolder("clip"), folder, { recursive: true });
  cpSync(join(import.meta.dirname, "../fixtures/models/int8/onnx"), join(folder, "onnx"), {
    recursive: true,
  });
  return folder;
}

describe("--precision int8", () => {
  const names = golden.images.slice(0, 6).map(({ image }) => image);
  const phrases = Object.values(golden.codebook).flat().slice(0, 5);

  it("gives a picture and a phrase the same bits alone and among others", async () => {
    const encoder = await loadEncoder(folderWithInt8(), { precision: "int8" });
    const views = await Promise.all(names.map((name) => expectedPixels(name, "clip64")));
    const together = await encoder.embedViews(views);
    for (const [i, view] of views.entries()) {
      expect(embeddingAt(await encoder.embedViews([view]), 0)).toEqual(embeddingAt(together, i));
    }
    const texts = await encoder.embedTexts(phrases);
    for (const [i, phrase] of phrases.entries()) {
      expect(embeddingAt(await encoder.embedTexts([phrase]), 0)).toEqual(embeddingAt(texts, i));
    }
    await encoder.close();
  });

  it("is another encoder than float32, close to it but not equal", async () => {
    const folder = folderWithInt8();
    const float32 = await loadEncoder(folder);
    const int8 = await loadEncoder(folder, { precision: "int8" });
    expect(int8.identity).not.toBe(float32.identity);
    const view = await expectedPixels(names[0] as string, "clip64");
    const [exact, rounded] = [await float32.embedViews([view]), await int8.embedViews([view])];
    const [cosine] = cosinesWith(embeddingAt(exact, 0), embeddings(rounded.values, rounded.dim));
    expect(cosine).toBeGreaterThan(0.95);
    expect(cosine).toBeLessThan(0.9999999);
    await float32.close();
    await int8.close();
  });
});
