import type { Scoring } from "../classify.ts";
import type { LogitScaling } from "../model/logitScaling.ts";
import type { Encoder } from "../model/openEncoder.ts";
import type { Study } from "../store/openStudy.ts";
import type { RunSpec } from "../store/runStore.ts";
import type { LoadedCodebook } from "./loadCodebook.ts";
import type { UnstoredRun } from "./storeRun.ts";

/** What a run is described by. */
export interface RunParts {
  readonly study: Study;
  readonly encoder: Encoder;
  /** Of the encoder whose embeddings are classified. */
  readonly encoderId: number;
  readonly codebook: LoadedCodebook;
  readonly view: RunSpec["view"];
  readonly scoring: Scoring;
  readonly truncatedPhrases: number;
  readonly settings: RunSpec["settings"];
  /** Called before anything is computed: where the logit scale comes from is something to tell. */
  readonly onLogitScaling?: ((scaling: LogitScaling) => void) | undefined;
}

/** A run before it is stored: its codebook, encoder, and how cosines become probabilities. @throws UserError as `logitScaling` does */
export async function describeRun(parts: RunParts): Promise<UnstoredRun> {
  const { study, encoder, encoderId, view, scoring, truncatedPhrases, settings } = parts;
  const { file, text, codebook } = parts.codebook;
  const known = study.runs.maybeModelScaling(encoderId);
  const scaling = await encoder.logitScaling(known && { ...known, source: "model" });
  parts.onLogitScaling?.(scaling);
  return {
    codebookFile: file,
    codebookText: text,
    codebook,
    encoderId,
    modelName: encoder.name,
    repository: encoder.model.source?.repository,
    revision: encoder.model.source?.revision,
    view,
    scoring,
    probabilityKind: encoder.family === "siglip" ? "sigmoid" : "softmax",
    logitScale: scaling.scale,
    logitBias: scaling.bias,
    logitSource: scaling.source,
    truncatedPhrases,
    settings,
  };
}
