import { readFile } from "node:fs/promises";
import { sharedDecoders } from "../../src/images/decoding/sharedDecoders.ts";
import { loadEncoder } from "../../src/model/loadEncoder.ts";
import { secondsOf, takeTurn } from "./takeTurn.ts";

// As many at once as a batch of the pipeline: more than there are decoders, so that none of those waits.
const atOnce = 16;

// Reading, decoding and the view alone: what the pipeline does before the tower, with no tower running.
await takeTurn(async ({ model, files }) => {
  const encoder = await loadEncoder(model);
  const spec = encoder.viewSpec(encoder.view);
  await encoder.close();
  const decoders = sharedDecoders();
  const render = async (file: string) => decoders.view(await readFile(file), spec);
  // The first pictures start the decoders.
  await Promise.all(files.slice(0, atOnce).map(render));
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
