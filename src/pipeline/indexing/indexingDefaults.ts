import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { scorings } from "../../classify.ts";
import { views } from "../../images/viewGeometry.ts";
import type { Environment } from "../../model/cacheHome.ts";
import { findModelPresence, type ModelPresence } from "../../model/modelPresence.ts";
import { precisions } from "../../model/registeredModel.ts";
import { defaultModelId, registeredModels } from "../../model/registry.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import type { IndexingSpec } from "./indexingState.ts";

/** A registered model, for someone who has to choose. */
export interface OfferedModel extends Pick<ModelPresence, "presence" | "bytes" | "isWholeSize"> {
  readonly id: string;
  readonly goodFor: string;
  readonly licence: string;
  readonly caveat: string | undefined;
}

/** What a new job begins with unless the user says otherwise, and what there is to choose from. */
export interface IndexingDefaults {
  /** Relative names of inputs and models count from here. */
  readonly folder: string;
  readonly codebook: { readonly file: string; readonly exists: boolean };
  readonly spec: IndexingSpec;
  readonly models: readonly OfferedModel[];
  readonly precisions: typeof precisions;
  readonly views: typeof views;
  readonly scorings: typeof scorings;
}

/**
 * The newest run's inputs, model and settings; the pictures of a study belong together.
 * @param model what the user named for all runs of this study, which goes before
 */
export async function indexingDefaults(
  study: Study,
  {
    codebookPath,
    model,
    environment = process.env,
  }: {
    readonly codebookPath: string;
    readonly model?: string | undefined;
    readonly environment?: Environment | undefined;
  },
): Promise<IndexingDefaults> {
  const newest = study.runs.maybeNewest();
  const spec: IndexingSpec =
    newest === undefined
      ? { inputs: [], model: defaultModelId, precision: precisions[0] ?? "float32", scoring: "max" }
      : specOfRun(study, newest);
  const models = await Promise.all(
    registeredModels.map(async (registered) => {
      const { presence, bytes, isWholeSize } = await findModelPresence(registered, "float32", environment);
      const { id, goodFor, licence, caveat } = registered;
      return { id, goodFor, licence, caveat, presence, bytes, isWholeSize };
    }),
  );
  return {
    folder: resolve("."),
    codebook: { file: resolve(codebookPath), exists: existsSync(codebookPath) },
    spec: { ...spec, ...(model !== undefined && { model }) },
    models,
    precisions,
    views,
    scorings,
  };
}

function specOfRun(study: Study, run: Run): IndexingSpec {
  const { inputs, modelFolder, imageColumn, truncate, followOutside, maxMegapixels } = run.settings;
  const { precision, family } = study.embeddings.encoder(run.encoderId);
  const model = typeof modelFolder === "string" ? modelFolder : run.modelName;
  // Where it is known to be the one that the model was trained with, it is left to the model: the user may choose another.
  const isRegistered = registeredModels.some(({ id }) => id === model);
  const isUsual = isRegistered && run.view === (family === "siglip" ? "squash" : "center");
  const isGiven = run.logitSource === "given";
  return {
    inputs: Array.isArray(inputs) ? inputs : [],
    model,
    precision: precisions.find((known) => known === precision) ?? "float32",
    view: isUsual ? undefined : views.find((known) => known === run.view),
    scoring: run.scoring,
    imageColumn: typeof imageColumn === "string" ? imageColumn : undefined,
    truncate: truncate === true ? true : undefined,
    followOutside: followOutside === true ? true : undefined,
    logitScale: isGiven ? run.logitScale : undefined,
    // A CLIP model has none, and refuses to be given one.
    logitBias: isGiven && family === "siglip" ? run.logitBias : undefined,
    maxMegapixels: typeof maxMegapixels === "number" ? maxMegapixels : undefined,
  };
}
