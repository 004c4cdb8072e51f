import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cosinesWith } from "../../src/classify.ts";
import { embeddingAt, embeddings } from "../../src/embeddings.ts";
import { loadEncoder } from "../../src/model/loadEncoder.ts";
import { classifyUnits } from "../../src/pipeline/classifyUnits.ts";
import { loadCodebook } from "../../src/pipeline/loadCodebook.ts";
import { openInputs } from "../../src/pipeline/openInputs.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { expectedPixels, golden, referenceFolder } from "../images/reference.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { tinyModelFolder } from "../tinyModels.ts";

const phrases = Object.values(golden.codebook).flat();

/** The tiny model with both towers in one `onnx/model.onnx`, made by `test/fixtures/models/makeJoint.py`. */
function jointFolder(): string {
  const folder = join(temporaryFolder(), "joint");
  mkdirSync(folder);
  for (const file of ["config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json"]) {
    cpSync(join(tinyModelFolder("clip"), file), join(folder, file));
  }
  cpSync(join(import.meta.dirname, "../fixtures/models/joint/onnx"), join(folder, "onnx"), {
    recursive: true,
  });
  return folder;
}

describe("a model with both towers in one graph", () => {
  it("embeds as the separate towers do", async () => {
    const encoder = await loadEncoder(jointFolder());
    const texts = await encoder.embedTexts(phrases);
    golden.clip.text_embeds.forEach((expected, p) => {
      const [cosine] = cosinesWith(Float32Array.from(expected), embeddings(embeddingAt(texts, p), texts.dim));
      expect(cosine).toBeGreaterThan(0.99999);
    });
    const image = golden.images[5] as (typeof golden.images)[number];
    const own = await encoder.embedViews([await expectedPixels(image.image, "clip64")]);
    const [cosine] = cosinesWith(Float32Array.from(image.clip.image_embeds), own);
    expect(cosine).toBeGreaterThan(0.99999);
    // One graph, opened once, counts as both.
    expect(encoder.openedTowers()).toEqual(["image", "text"]);
    await encoder.close();
  });

  it("tells its logit scale by its logits", async () => {
    const encoder = await loadEncoder(jointFolder());
    const { scale, bias, source } = await encoder.logitScaling();
    expect(source).toBe("model");
    expect(scale).toBeCloseTo(37.5, 2);
    expect(bias).toBeCloseTo(0, 2);
    await encoder.close();
  });

  it("is not opened again only to be measured", async () => {
    const folder = temporaryFolder();
    const codebookPath = join(folder, "codebook.json");
    writeFileSync(codebookPath, JSON.stringify(golden.codebook));
    const study = openStudy(join(folder, "study"));
    const model = jointFolder();
    const opened: (readonly string[])[] = [];
    for (let i = 0; i < 2; i++) {
      const encoder = await loadEncoder(model);
      const codebook = await loadCodebook(codebookPath);
      const inputs = await openInputs([join(referenceFolder, "images/gray.jpg")]);
      const { run, openedTowers } = await classifyUnits({ study, encoder, codebook, inputs });
      expect(run.logitScale).toBeCloseTo(37.5, 2);
      expect(run.logitSource).toBe("model");
      opened.push(openedTowers);
      await encoder.close();
    }
    study.close();
    expect(opened).toEqual([["image", "text"], []]);
  });

  it("yields to a logit scale that the user gives", async () => {
    const encoder = await loadEncoder(jointFolder(), { logitScale: 12 });
    expect(await encoder.logitScaling()).toEqual({ scale: 12, bias: 0, source: "given" });
    await encoder.close();
  });
});
