import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cosinesWith, softmax } from "../../src/classify.ts";
import { embeddingAt, embeddings } from "../../src/embeddings.ts";
import { UserError } from "../../src/errors.ts";
import { renderView } from "../../src/images/renderView.ts";
import type { Encoder } from "../../src/model/openEncoder.ts";
import { comparableImages, expectedPixels, golden, readReferenceImage } from "../images/reference.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { loadTinyModel, tinyModelFolder } from "../tinyModels.ts";

const phrases = Object.values(golden.codebook).flat();

describe.each([
  ["clip", "clip64"],
  ["siglip", "siglip64"],
] as const)("the %s encoder against PyTorch and transformers", (family, pixelsKind) => {
  let encoder: Encoder;
  beforeAll(async () => {
    encoder = await loadTinyModel(family);
  });
  afterAll(() => encoder.close());

  it("reads phrases as the same tokens", () => {
    const expected = golden[family].input_ids;
    phrases.forEach((phrase, i) => {
      const ids = expected[i] as number[];
      const own = encoder.tokenIds(phrase);
      // SigLIP's reference is padded to 64.
      expect(own).toEqual(ids.slice(0, own.length));
      expect(new Set(ids.slice(own.length)).size).toBeLessThanOrEqual(1);
    });
  });

  it("embeds phrases within 1e-4", async () => {
    const { values, dim } = await encoder.embedTexts(phrases);
    golden[family].text_embeds.forEach((expected, p) => {
      expected.forEach((x, i) => {
        expect(Math.abs((values[p * dim + i] as number) - x)).toBeLessThan(1e-4);
      });
    });
  });

  it("embeds a phrase alone as it does among others", async () => {
    const together = await encoder.embedTexts(phrases);
    const alone = await encoder.embedTexts([phrases[0] as string]);
    const [cosine] = cosinesWith(
      embeddingAt(alone, 0),
      embeddings(together.values.slice(0, together.dim), together.dim),
    );
    expect(cosine).toBeGreaterThan(0.999999);
  });

  it.each(comparableImages.map((image) => [image.image, image] as const))(
    "embeds %s",
    async (name, image) => {
      const expected = Float32Array.from(image[family].image_embeds);
      const cosineOf = async (pixels: Uint8Array) => {
        const own = await encoder.embedViews([pixels]);
        return cosinesWith(expected, own)[0] as number;
      };
      const { pixels } = await renderView(readReferenceImage(name), encoder.viewSpec(encoder.view));
      expect(await cosineOf(pixels)).toBeGreaterThan(0.9995);
      expect(await cosineOf(await expectedPixels(name, pixelsKind))).toBeGreaterThan(0.99999);
    },
  );

  it("gives the reference's probabilities for the reference's pixels", async () => {
    const texts = await encoder.embedTexts(phrases);
    const { scale, bias } = await encoder.logitScaling();
    for (const image of golden.images) {
      const own = await encoder.embedViews([await expectedPixels(image.image, pixelsKind)]);
      const logits = cosinesWith(embeddingAt(own, 0), texts).map((cosine) => cosine * scale + bias);
      const probabilities = family === "clip" ? softmax(logits) : logits.map((x) => 1 / (1 + Math.exp(-x)));
      const expected =
        family === "clip" ? image.clip.probabilities_percent.map((p) => p / 100) : image.siglip.probabilities;
      expected.forEach((p, i) => {
        expect(probabilities[i]).toBeCloseTo(p, 3);
      });
    }
  });
});

describe("an encoder", () => {
  it("opens a tower only when it is needed", async () => {
    const encoder = await loadTinyModel("clip");
    expect(encoder.openedTowers()).toEqual([]);
    encoder.countTokens("a photo");
    await encoder.logitScaling();
    expect(encoder.openedTowers()).toEqual([]);
    await encoder.embedTexts(["a photo"]);
    expect(encoder.openedTowers()).toEqual(["text"]);
    await encoder.close();
  });

  it("gives the same bits for every batch size and number of threads", async () => {
    const views: Uint8Array[] = [];
    const one = await loadTinyModel("clip", { threads: 1 });
    for (const { image } of comparableImages.slice(0, 7)) {
      views.push((await renderView(readReferenceImage(image), one.viewSpec("center"))).pixels);
    }
    const together = await one.embedViews(views);
    const two = await loadTinyModel("clip", { threads: 2 });
    for (const [i, view] of views.entries()) {
      expect(embeddingAt(await two.embedViews([view]), 0)).toEqual(embeddingAt(together, i));
    }
    await one.close();
    await two.close();
  });

  it("cuts a text that is too long before its end token", async () => {
    const encoder = await loadTinyModel("clip");
    const long = "flag ".repeat(100);
    expect(encoder.countTokens(long)).toBeGreaterThan(encoder.contextLength);
    // What is read of it is the same as of a text that just fits, whatever follows.
    const other = `${"flag ".repeat(90)}something else`;
    expect((await encoder.embedTexts([long])).values).toEqual((await encoder.embedTexts([other])).values);
    await encoder.close();
  });

  it("refuses towers that do not belong together, and a number of threads that makes no sense", async () => {
    const folder = join(temporaryFolder(), "mixed");
    cpSync(tinyModelFolder("clip"), folder, { recursive: true });
    cpSync(join(tinyModelFolder("siglip"), "onnx/text_model.onnx"), join(folder, "onnx/text_model.onnx"));
    const mixed = await loadTinyModel("clip", {}, folder);
    const view = await expectedPixels("gray.png", "clip64");
    const both = async () => [await mixed.embedViews([view]), await mixed.embedTexts(["a photo"])];
    await expect(both()).rejects.toThrow(UserError);
    await mixed.close();
    const threads = await loadTinyModel("clip", { threads: 100_000 });
    await expect(threads.embedViews([view])).rejects.toThrow(RangeError);
  });

  it("is another encoder when any file differs", async () => {
    const clip = await loadTinyModel("clip");
    const siglip = await loadTinyModel("siglip");
    expect(clip.identity).toMatch(/^[0-9a-f]{64}$/);
    expect(clip.identity).not.toBe(siglip.identity);
    expect((await loadTinyModel("clip")).identity).toBe(clip.identity);
  });
});
