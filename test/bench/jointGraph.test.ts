import { readFileSync } from "node:fs";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { jointGraph } from "../../bench/jointGraph.ts";
import { embeddingAt } from "../../src/embeddings.ts";
import { locateModel } from "../../src/model/locateModel.ts";
import { readModelConfig } from "../../src/model/modelConfig.ts";
import { normalisePixels } from "../../src/model/pixelValues.ts";
import { seededRandom } from "../../src/seededRandom.ts";
import { loadTinyModel, tinyModelFolder } from "../tinyModels.ts";

describe("jointGraph", () => {
  it("gives the cosines of the two towers times the logit scale", async () => {
    const model = await locateModel(tinyModelFolder("clip"));
    if (model.towers.kind !== "separate") throw new Error("the tiny model has separate towers");
    const encoder = await loadTinyModel("clip");
    const texts = ["a red square", "a blue circle", "a green line"];
    const { sizePx } = encoder.viewSpec("center");
    const random = seededRandom(1);
    const views = [1, 2].map(() => Uint8Array.from({ length: sizePx * sizePx * 3 }, () => random() * 256));
    const images = await encoder.embedViews(views);
    const phrases = await encoder.embedTexts(texts);

    const scale = 12.5;
    const graph = jointGraph(readFileSync(model.towers.vision), readFileSync(model.towers.text), scale);
    const session = await InferenceSession.create(graph);
    const config = await readModelConfig(model.paths.config, model.paths.preprocessorConfig);
    const pixels = normalisePixels(views, config);
    const ids = texts.map((text) => encoder.tokenIds(text));
    const length = Math.max(...ids.map((row) => row.length));
    const padded = ids.flatMap((row) => [...row, ...Array(length - row.length).fill(row.at(-1))]);
    const mask = ids.flatMap((row) => Array.from({ length }, (_, i) => BigInt(i < row.length ? 1 : 0)));
    const feeds: Record<string, Tensor> = {
      pixel_values: new Tensor("float32", pixels.values, pixels.dims),
      input_ids: new Tensor("int64", BigInt64Array.from(padded.map(BigInt)), [3, length]),
      attention_mask: new Tensor("int64", BigInt64Array.from(mask), [3, length]),
    };
    const { logits_per_image: logits } = await session.run(
      Object.fromEntries(session.inputNames.map((name) => [name, feeds[name] as Tensor])),
    );
    expect(session.outputNames).toEqual(["logits_per_image"]);
    expect(logits?.dims).toEqual([2, 3]);
    for (let i = 0; i < 2; i++) {
      for (let p = 0; p < 3; p++) {
        const phrase = embeddingAt(phrases, p);
        const cosine = embeddingAt(images, i).reduce((sum, x, at) => sum + x * (phrase[at] as number), 0);
        expect(logits?.data[i * 3 + p]).toBeCloseTo(cosine * scale, 3);
      }
    }
    await session.release();
    await encoder.close();
  });

  it("refuses what is no graph", () => {
    expect(() => jointGraph(Buffer.from("no graph"), Buffer.from("no graph"), 1)).toThrow(RangeError);
  });
});
