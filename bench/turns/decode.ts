import { readFile } from "node:fs/promises";
import { renderView } from "../../src/images/renderView.ts";
import { loadEncoder } from "../../src/model/loadEncoder.ts";
import { secondsOf, takeTurn } from "./takeTurn.ts";

// As many at once as a batch of the pipeline: more than libuv's threads, so that none of those waits.
const atOnce = 16;

// Reading, decoding and the view alone: what the pipeline does before the tower, with no tower running.
await takeTurn(async ({ model, files }) => {
  const encoder = await loadEncoder(model);
  const spec = encoder.viewSpec(encoder.view);
  await encoder.close();
  const render = async (file: string) => renderView(await readFile(file), spec);
  await render(files[0] as string);
  let count = 0;
  const waiting = files.values();
  const renderWhatWaits = async () => {
    for (const file of waiting) {
      await render(file);
      count += 1;
    }
  };
  const seconds = await secondsOf(async () => {
    await Promise.all(Array.from({ length: atOnce }, renderWhatWaits));
  });
  return { count, seconds };
});
