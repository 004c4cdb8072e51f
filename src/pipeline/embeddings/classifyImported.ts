import { setImmediate as nextTurn } from "node:timers/promises";
import type { Scoring } from "../../classify.ts";
import { UserError } from "../../errors.ts";
import type { LogitScaling } from "../../model/logitScaling.ts";
import type { Encoder } from "../../model/openEncoder.ts";
import type { EmbeddingImport } from "../../store/importStore.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run, RunSpec } from "../../store/runStore.ts";
import { describeRun } from "../describeRun.ts";
import { embedPhrases } from "../embedPhrases.ts";
import type { LoadedCodebook } from "../loadCodebook.ts";
import { requirePhraseLengths } from "../requirePhraseLengths.ts";
import { removeInterruptedRuns, storeRun } from "../storeRun.ts";
import { originSentence } from "./originSentence.ts";

/** Units that are copied in one transaction. */
const unitsPerTransaction = 8192;

/** Which import to classify, with what, and how. */
export interface ClassifyImportedSpec {
  readonly study: Study;
  readonly imported: EmbeddingImport;
  /** The encoder that the import is believed to be of: it embeds the phrases. */
  readonly encoder: Encoder;
  readonly codebook: LoadedCodebook;
  readonly scoring?: Scoring;
  readonly truncate?: boolean;
  readonly settings?: RunSpec["settings"];
  readonly signal?: AbortSignal;
  readonly onLogitScaling?: (scaling: LogitScaling) => void;
  readonly clock?: () => Date;
}

/**
 * Classifies the rows of an import, in its order: only phrases go through a tower.
 * @throws UserError for another encoder than the import is believed to be of, a phrase that is too long, or a study that cannot be
 * written
 * @throws the signal's reason when aborted
 */
export async function classifyImported(spec: ClassifyImportedSpec): Promise<Run> {
  const lock = spec.study.lock();
  try {
    return await classifyLocked(spec);
  } finally {
    lock.release();
  }
}

async function classifyLocked(spec: ClassifyImportedSpec): Promise<Run> {
  const { study, imported, encoder, signal, scoring = "max", clock = () => new Date() } = spec;
  const { encoderId, origin } = imported;
  requireBelieved(imported, encoder);
  const { codebook } = spec.codebook;
  const truncatedPhrases = requirePhraseLengths(spec.codebook, encoder, spec.truncate ?? false);
  removeInterruptedRuns(study);
  const caveat = encoder.model.registered?.caveat;
  const { modelFolder } = origin.believed;
  const runSpec = await describeRun({
    study,
    encoder,
    encoderId,
    codebook: spec.codebook,
    view: imported.view,
    scoring,
    truncatedPhrases,
    settings: {
      aboutTheModel: [originSentence(origin), ...(caveat === undefined ? [] : [caveat])].join(" "),
      imported: imported.name,
      believedModelDigest: origin.believed.identity,
      importedFilesDigest: origin.filesDigest,
      ...(modelFolder !== undefined && { modelFolder }),
      ...spec.settings,
    },
    onLogitScaling: spec.onLogitScaling,
  });
  await embedPhrases(study, encoder, encoderId, codebook);
  await encoder.closeTextTower();
  const addUnits = async (runId: number): Promise<number> => {
    for (let from = 0, copied = unitsPerTransaction; copied === unitsPerTransaction; from += copied) {
      copied = study.transaction(() =>
        study.imports.copyUnits(runId, imported.id, from, unitsPerTransaction),
      );
      await nextTurn();
      signal?.throwIfAborted();
    }
    return 0;
  };
  return storeRun(study, runSpec, { addUnits, signal, clock });
}

function requireBelieved({ name, origin: { believed } }: EmbeddingImport, encoder: Encoder): void {
  if (encoder.identity === believed.identity) return;
  throw new UserError(
    `${encoder.name} (${encoder.precision}) is another encoder than "${name}" is believed to be of: ${believed.name}, ${believed.precision}, ${believed.identity.slice(0, 12)}`,
    { hint: "leave out --model and --precision, or name that model's folder" },
  );
}
