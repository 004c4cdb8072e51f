import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { InferenceSession } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { writePeerFolder } from "../../bench/peerFolder.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { tinyModelFolder } from "../tinyModels.ts";

const externalData = join(import.meta.dirname, "../fixtures/models/external-data");

describe("writePeerFolder", () => {
  it("lays out both towers, their weights and a joint graph that opens where it lies", async () => {
    const folder = temporaryFolder();
    const model = join(folder, "model");
    cpSync(tinyModelFolder("clip"), model, { recursive: true });
    for (const name of ["vision_model.onnx", "vision_model.onnx_data"]) {
      cpSync(join(externalData, name), join(model, "onnx", name));
    }
    const peer = join(folder, "peer");
    await writePeerFolder(peer, model, "float32");
    expect(readdirSync(peer).sort()).toEqual([
      "config.json",
      "onnx",
      "preprocessor_config.json",
      "tokenizer.json",
      "tokenizer_config.json",
    ]);
    expect(readdirSync(join(peer, "onnx")).sort()).toEqual([
      "model.onnx",
      "text_model.onnx",
      "vision_model.onnx",
      "vision_model.onnx_data",
    ]);
    const session = await InferenceSession.create(join(peer, "onnx/model.onnx"));
    expect(session.inputNames).toContain("pixel_values");
    expect(session.inputNames).toContain("input_ids");
    expect(session.outputNames).toEqual(["logits_per_image"]);
    await session.release();
  });
});
