import { readFile } from "node:fs/promises";
import { renderView } from "../../src/images/renderView.ts";
import { loadEncoder } from "../../src/model/loadEncoder.ts";
import { secondsOf, takeTurn } from "./takeTurn.ts";

const batchSize = 16;

// The image tower alone as Clipbook's pipeline runs it, views ready: two batches at once, so that no lane waits.
await takeTurn(async ({ model, precision, files, count }) => {
  const encoder = await loadEncoder(model, { precision });
  const spec = encoder.viewSpec(encoder.view);
  const views = await Promise.all(
    files.slice(0, batchSize).map(async (file) => (await renderView(await readFile(file), spec)).pixels),
  );
  // The first pictures open the lanes.
  await Promise.all([encoder.embedViews(views), encoder.embedViews(views)]);
  const batches = Math.max(1, Math.round(count / views.length));
  const seconds = await secondsOf(async () => {
    let before: Promise<unknown> = Promise.resolve();
    for (let i = 0; i < batches; i++) {
      const batch = encoder.embedViews(views);
      await before;
      before = batch;
    }
    await before;
  });
  await encoder.close();
  return { count: batches * views.length, seconds };
});
