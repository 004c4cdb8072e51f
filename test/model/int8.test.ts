import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Embeddings, embeddingAt } from "../../src/embeddings.ts";
import { loadEncoder } from "../../src/model/loadEncoder.ts";
import { expectedPixels, golden } from "../images/reference.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { tinyModelFolder } from "../tinyModels.ts";
import { weightsOf } from "./onnx/weightsOf.ts";

const fixtures = join(import.meta.dirname, "../fixtures/models");

function copyOf(family: "clip" | "siglip"): string {
  const folder = join(temporaryFolder(), `tiny-${family}`);
  mkdirSync(folder);
  cpSync(tinyModelFolder(family), folder, { recursive: true });
  return folder;
}

/** The tiny CLIP model in int8 alone, as ONNX Runtime's own quantiser made it (`test/fixtures/models/makeInt8.py`). */
function published(): string {
  const folder = copyOf("clip");
  rmSync(join(folder, "onnx"), { recursive: true });
  cpSync(join(fixtures, "int8/onnx"), join(folder, "onnx"), { recursive: true });
  return folder;
}

function cosines(one: Embeddings, other: Embeddings): readonly number[] {
  return Array.from({ length: one.count }, (_, row) =>
    embeddingAt(one, row).reduce((sum, x, i) => sum + x * (embeddingAt(other, row)[i] as number), 0),
  );
}

const names = golden.images.slice(0, 6).map(({ image }) => image);
const phrases = Object.values(golden.codebook).flat().slice(0, 5);
const views = () => Promise.all(names.map((name) => expectedPixels(name, "clip64")));

describe("--precision int8", () => {
  it("gives a picture and a phrase the same bits alone and among others", async () => {
    const encoder = await loadEncoder(copyOf("clip"), { precision: "int8" });
    const pictures = await views();
    const together = await encoder.embedViews(pictures);
    for (const [i, view] of pictures.entries()) {
      expect(embeddingAt(await encoder.embedViews([view]), 0)).toEqual(embeddingAt(together, i));
    }
    const texts = await encoder.embedTexts(phrases);
    for (const [i, phrase] of phrases.entries()) {
      expect(embeddingAt(await encoder.embedTexts([phrase]), 0)).toEqual(embeddingAt(texts, i));
    }
    await encoder.close();
  });

  it.each(["clip", "siglip"] as const)(
    "is another encoder than float32, close to it but not equal: %s",
    async (family) => {
      const folder = copyOf(family);
      const scaling = family === "siglip" ? { logitScale: 10, logitBias: -10 } : {};
      const float32 = await loadEncoder(folder, scaling);
      const int8 = await loadEncoder(folder, { precision: "int8", ...scaling });
      expect(int8.identity).not.toBe(float32.identity);
      const pictures = await views();
      const found = [
        ...cosines(await float32.embedViews(pictures), await int8.embedViews(pictures)),
        ...cosines(await float32.embedTexts(phrases), await int8.embedTexts(phrases)),
      ];
      expect(Math.min(...found)).toBeGreaterThan(0.995);
      expect(Math.max(...found)).toBeLessThan(0.9999999);
      await float32.close();
      await int8.close();
    },
  );

  it("gives the embeddings of the int8 graphs that ONNX Runtime's own quantiser makes", async () => {
    const own = await loadEncoder(copyOf("clip"), { precision: "int8" });
    const theirs = await loadEncoder(published(), { precision: "int8" });
    expect(own.identity).not.toBe(theirs.identity);
    const pictures = await views();
    const found = [
      ...cosines(await own.embedViews(pictures), await theirs.embedViews(pictures)),
      ...cosines(await own.embedTexts(phrases), await theirs.embedTexts(phrases)),
    ];
    expect(Math.min(...found)).toBeGreaterThan(0.99999);
    await own.close();
    await theirs.close();
  });

  it("has the weights that ONNX Runtime's own quantiser makes, but for halves that it rounds otherwise", async () => {
    const folder = copyOf("clip");
    const encoder = await loadEncoder(folder, { precision: "int8" });
    await encoder.close();
    if (encoder.model.towers.kind !== "separate") throw new RangeError("the model has two towers");
    const own = await weightsOf(encoder.model.towers.vision);
    const theirs = await weightsOf(join(fixtures, "int8/onnx/vision_model_quantized.onnx"));
    let [numbers, differing] = [0, 0];
    for (const [name, { bytes }] of theirs) {
      if (!name.endsWith("_quantized")) continue;
      const mine = own.get(`clipbook_int8/${name.slice(0, -"_quantized".length)}/int8`)?.bytes as Buffer;
      expect(mine.length, name).toBe(bytes.length);
      const [a, b] = [new Int8Array(mine), new Int8Array(bytes)];
      numbers += a.length;
      a.forEach((x, i) => {
        const apart = Math.abs(x - (b[i] as number));
        expect(apart).toBeLessThanOrEqual(1);
        differing += apart;
      });
    }
    expect(numbers).toBe(38_400);
    expect(differing / numbers).toBeLessThan(1e-4);
  });

  it("takes its own variant where there is float32, whatever int8 files were published with it", async () => {
    const folder = copyOf("clip");
    cpSync(join(fixtures, "int8/onnx"), join(folder, "onnx"), { recursive: true });
    const encoder = await loadEncoder(folder, { precision: "int8" });
    expect(encoder.model.towers).toMatchObject({ vision: expect.stringContaining("vision_model.int8-") });
    await encoder.close();
  });

  it("works with both towers in one graph, and with weights in a file of their own", async () => {
    const joint = copyOf("clip");
    rmSync(join(joint, "onnx"), { recursive: true });
    cpSync(join(fixtures, "joint/onnx"), join(joint, "onnx"), { recursive: true });
    const external = copyOf("clip");
    for (const name of ["vision_model.onnx", "vision_model.onnx_data"])
      cpSync(join(fixtures, "external-data", name), join(external, "onnx", name));
    const pictures = await views();
    const plain = await loadEncoder(copyOf("clip"), { precision: "int8" });
    const expected = await plain.embedViews(pictures);
    for (const folder of [joint, external]) {
      const encoder = await loadEncoder(folder, { precision: "int8" });
      const found = cosines(await encoder.embedViews(pictures), expected);
      expect(Math.min(...found)).toBeGreaterThan(0.999999);
      const source = encoder.model.files.find(({ name }) => name.includes(".int8-"))?.madeFrom;
      expect(source?.length).toBe(folder === external ? 2 : 1);
      await encoder.close();
    }
    await plain.close();
  });
});
