import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { UserError } from "../../src/errors.ts";
import { renderView } from "../../src/images/renderView.ts";
import { locateModel } from "../../src/model/locateModel.ts";
import { readModelConfig } from "../../src/model/modelConfig.ts";
import { openEncoder } from "../../src/model/openEncoder.ts";
import { normalisePixels } from "../../src/model/pixelValues.ts";
import { secondsOf, takeTurn } from "./takeTurn.ts";

const batchSize = 16;

// The image tower alone in ONNX Runtime as it comes: one session, a thread per processor, batches of ready pixel values.
await takeTurn(async ({ model: name, precision, files, count }) => {
  const model = await locateModel(name, { precision });
  if (model.towers.kind === "joint") {
    throw new UserError(`${name}: its towers come in one graph`, {
      hint: "name a model with separate towers",
    });
  }
  const config = await readModelConfig(model.paths.config, model.paths.preprocessorConfig);
  const encoder = await openEncoder(model);
  const spec = encoder.viewSpec(encoder.view);
  const views = await Promise.all(
    files.slice(0, batchSize).map(async (file) => (await renderView(await readFile(file), spec)).pixels),
  );
  await encoder.close();
  const { values, dims } = normalisePixels(views, config);
  const session = await InferenceSession.create(model.towers.vision, {
    intraOpNumThreads: availableParallelism(),
    executionProviders: ["cpu"],
  });
  const feeds = { [session.inputNames[0] as string]: new Tensor("float32", values, dims) };
  await session.run(feeds);
  const batches = Math.max(1, Math.round(count / views.length));
  const seconds = await secondsOf(async () => {
    for (let i = 0; i < batches; i++) await session.run(feeds);
  });
  await session.release();
  return { count: batches * views.length, seconds };
});
