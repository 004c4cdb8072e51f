import { secondsOf, takeTurn } from "../turns/takeTurn.ts";
import { dtypeOf, loadTransformersJs } from "./transformersJs.ts";

// transformers.js's own zero-shot pipeline, picture by picture with all phrases, as its documentation shows.
await takeTurn(async ({ model, precision, files, phrases }) => {
  const { library, name } = await loadTransformersJs(model);
  const dtype = dtypeOf(precision);
  const classify = await library.pipeline("zero-shot-image-classification", name, { dtype });
  const asWritten = { hypothesis_template: "{}" };
  await classify(files[0] as string, phrases, asWritten);
  const seconds = await secondsOf(async () => {
    for (const file of files) await classify(file, phrases, asWritten);
  });
  return { count: files.length, seconds };
});
