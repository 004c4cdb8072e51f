import { embeddings } from "../../src/embeddings.ts";
import { loadEncoder } from "../../src/model/loadEncoder.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { secondsOf, takeTurn } from "./takeTurn.ts";

// As many at once as a run reads.
const imagesPerBlock = 4096;

// Stored embeddings into one Float32Array, the first `count` images of a study.
await takeTurn(async ({ model, study: directory, count }) => {
  const encoder = await loadEncoder(model);
  const study = openStudy(directory);
  const { identity, family, precision, view } = encoder;
  const encoderId = study.embeddings.encoderId({ identity, family, precision, files: encoder.model.files });
  const ids = Array.from({ length: count }, (_, i) => i + 1);
  const { dim } = study.embeddings.vectorsOf(encoderId, view, ids.slice(0, imagesPerBlock));
  let loaded = 0;
  const seconds = await secondsOf(() => {
    const values = new Float32Array(count * dim);
    for (let from = 0; from < count; from += imagesPerBlock) {
      const block = study.embeddings.vectorsOf(encoderId, view, ids.slice(from, from + imagesPerBlock));
      values.set(block.values, from * dim);
    }
    loaded = embeddings(values, dim).count;
  });
  study.close();
  await encoder.close();
  return { count: loaded, seconds };
});
