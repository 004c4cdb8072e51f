import { setImmediate as nextTurn } from "node:timers/promises";
import { codebookPhrases } from "../codebook/codebook.ts";
import { UserError } from "../errors.ts";
import type { Encoder } from "../model/openEncoder.ts";
import type { Study } from "../store/openStudy.ts";
import type { Run } from "../store/runStore.ts";
import { embedPhrases, textsOfPhrase } from "./embedPhrases.ts";
import type { LoadedCodebook } from "./loadCodebook.ts";
import type { PhraseEncoder } from "./phraseEncoder.ts";
import { requirePhraseLengths } from "./requirePhraseLengths.ts";
import { removeInterruptedRuns, storeRun } from "./storeRun.ts";

/** Units that are copied in one transaction. */
const unitsPerTransaction = 4096;

/** Which run to classify again, and with what. */
export interface ClassifyAgainSpec {
  readonly study: Study;
  readonly phraseEncoder: PhraseEncoder;
  readonly run: Run;
  readonly codebook: LoadedCodebook;
  readonly signal?: AbortSignal;
  readonly clock?: () => Date;
}

/**
 * Classifies the units of an earlier run with another codebook, from stored embeddings: no picture is read. The new run has
 * the earlier one's units, images, failures and settings. Where the newest run is this one already, as after a request that came
 * twice, no further one is made.
 * @throws UserError for a phrase that is too long, a model that is needed and not at hand, or a study that cannot be written
 * @throws the signal's reason when aborted
 */
export async function classifyAgain(spec: ClassifyAgainSpec): Promise<Run> {
  // Waiting would hold up everybody who uses the app.
  const lock = spec.study.lock(0);
  try {
    return await classifyLocked(spec);
  } finally {
    lock.release();
  }
}

async function classifyLocked(spec: ClassifyAgainSpec): Promise<Run> {
  const { study, run, codebook, signal, clock = () => new Date() } = spec;
  const { encoderId } = run;
  const newest = study.runs.maybeNewest();
  if (newest?.settings.againOf === run.id && newest.codebookText === codebook.text) return newest;
  const encoder = await maybeNeededEncoder(spec);
  const truncate = run.settings.truncate === true;
  const truncatedPhrases = encoder === undefined ? 0 : requirePhraseLengths(codebook, encoder, truncate);
  removeInterruptedRuns(study);
  if (encoder !== undefined) await embedPhrases(study, encoder, encoderId, codebook.codebook);
  const { id, startedAt: _, writer: __, versions: ___, completedAt: ____, ignoredFiles, ...earlier } = run;
  const newRun = {
    ...earlier,
    codebookFile: codebook.file,
    codebookText: codebook.text,
    codebook: codebook.codebook,
    truncatedPhrases,
    settings: { ...run.settings, againOf: id },
  };
  const addUnits = async (runId: number): Promise<number> => {
    for (let from = 0, copied = unitsPerTransaction; copied === unitsPerTransaction; from += copied) {
      copied = study.transaction(() => study.runs.copyUnits(runId, id, from, unitsPerTransaction));
      await nextTurn();
      signal?.throwIfAborted();
    }
    return ignoredFiles;
  };
  return storeRun(study, newRun, { addUnits, signal, clock });
}

/**
 * The run's encoder; undefined where it is not at hand and not needed, because all phrases are known from runs in which none
 * was too long.
 */
async function maybeNeededEncoder({
  study,
  phraseEncoder,
  run,
  codebook: { codebook },
}: ClassifyAgainSpec): Promise<Encoder | undefined> {
  const texts = codebookPhrases(codebook).flatMap(({ text }) => textsOfPhrase(codebook, text));
  const areKnown = texts.every((text) => study.embeddings.maybeOfText(run.encoderId, text) !== undefined);
  return phraseEncoder.encoderOf(run).catch((error) => {
    if (error instanceof UserError && areKnown && run.settings.truncate !== true) return undefined;
    throw error;
  });
}
