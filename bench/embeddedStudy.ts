import { createHash } from "node:crypto";
import { normaliseRows } from "../src/embeddings.ts";
import type { Encoder } from "../src/model/openEncoder.ts";
import { embedPhrases } from "../src/pipeline/embedPhrases.ts";
import { loadCodebook } from "../src/pipeline/loadCodebook.ts";
import { storeRun } from "../src/pipeline/storeRun.ts";
import { seededRandom } from "../src/seededRandom.ts";
import { openStudy } from "../src/store/openStudy.ts";

const perTransaction = 5000;

/** CLIP's (Radford et al. 2021, §2.5): logits of the usual size, for the softmax's sake. */
const logitScale = 100;

/**
 * A study with a run of so many units that have random embeddings, and no pictures at all: what a codebook's editing reads.
 * @param codebookPath the run's codebook
 */
export async function makeEmbeddedStudy(
  directory: string,
  encoder: Encoder,
  codebookPath: string,
  count: number,
): Promise<void> {
  const study = openStudy(directory);
  const random = seededRandom(1);
  const { identity, family, precision, model, view } = encoder;
  const encoderId = study.embeddings.encoderId({ identity, family, precision, files: model.files });
  const codebook = await loadCodebook(codebookPath);
  const { dim } = await encoder.embedTexts(["a picture"]);
  await embedPhrases(study, encoder, encoderId, codebook.codebook);
  const addBlock = (runId: number, from: number) => {
    const size = Math.min(perTransaction, count - from);
    const vectors = normaliseRows(
      Float32Array.from({ length: size * dim }, () => random() - 0.5),
      dim,
    );
    study.transaction(() => {
      const ids = Array.from({ length: size }, (_, i) =>
        study.images.save({
          sha256: createHash("sha256")
            .update(`picture ${from + i}`)
            .digest(),
          sizeBytes: 1,
          format: "JPEG",
          widthPx: 1,
          heightPx: 1,
          warning: undefined,
        }),
      );
      const rows = ids.map((id, i) => [id, vectors.values.subarray(i * dim, (i + 1) * dim)] as const);
      study.embeddings.save(encoderId, view, rows);
      study.runs.addUnits(
        runId,
        from,
        ids.map((imageId, i) => {
          const name = `pictures/${from + i}.jpg`;
          return [{ name, path: `/${name}`, rowNumber: 0 }, { imageId }] as const;
        }),
      );
    });
  };
  const addUnits = async (runId: number) => {
    for (let from = 0; from < count; from += perTransaction) addBlock(runId, from);
    return 0;
  };
  const run = {
    codebookFile: codebook.file,
    codebookText: codebook.text,
    codebook: codebook.codebook,
    encoderId,
    modelName: encoder.name,
    repository: undefined,
    revision: undefined,
    view,
    scoring: "max",
    probabilityKind: "softmax",
    logitScale,
    logitBias: 0,
    logitSource: "benchmark",
    truncatedPhrases: 0,
    settings: { inputs: ["pictures"], modelFolder: model.directory },
  } as const;
  try {
    await storeRun(study, run, { addUnits, clock: () => new Date() });
  } finally {
    study.close();
  }
}
