import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UserError } from "../src/errors.ts";
import { locateModel } from "../src/model/locateModel.ts";
import { listExternalData } from "../src/model/onnxExternalData.ts";
import { openEncoder } from "../src/model/openEncoder.ts";
import type { Precision } from "../src/model/registeredModel.ts";
import { jointGraph } from "./jointGraph.ts";
import { placeFile } from "./placeFile.ts";

// What transformers.js calls the files of a precision: its `dtype` fp32 and int8.
const suffixes: Readonly<Record<Precision, string>> = { float32: "", int8: "_int8" };

/**
 * Lays the very towers that Clipbook uses out as transformers.js wants them, with a joint graph for its zero-shot
 * pipeline, so that both compute with the same weights.
 * @throws UserError for a model whose towers cannot be joined
 */
export async function writePeerFolder(
  folder: string,
  modelName: string,
  precision: Precision,
): Promise<void> {
  const model = await locateModel(modelName, { precision });
  if (model.towers.kind === "joint") {
    throw new UserError(`${modelName}: its towers come in one graph`, {
      hint: "name a model with separate towers",
    });
  }
  const suffix = suffixes[precision];
  await mkdir(join(folder, "onnx"), { recursive: true });
  const { config, preprocessorConfig, tokenizer, tokenizerConfig } = model.paths;
  await placeFile(config, join(folder, "config.json"));
  await placeFile(preprocessorConfig, join(folder, "preprocessor_config.json"));
  await placeFile(tokenizer, join(folder, "tokenizer.json"));
  if (tokenizerConfig !== undefined) await placeFile(tokenizerConfig, join(folder, "tokenizer_config.json"));
  const { vision, text } = model.towers;
  for (const [name, path] of Object.entries({ vision_model: vision, text_model: text })) {
    await placeFile(path, join(folder, "onnx", `${name}${suffix}.onnx`));
    for (const weights of await listExternalData(path)) {
      await placeFile(join(dirname(path), weights), join(folder, "onnx", weights));
    }
  }
  const encoder = await openEncoder(model);
  const { scale } = await encoder.logitScaling();
  await encoder.close();
  const joint = jointGraph(await readFile(vision), await readFile(text), scale);
  await writeFile(join(folder, "onnx", `model${suffix}.onnx`), joint);
}
