import { UserError } from "../errors.ts";
import type { Environment } from "../model/cacheHome.ts";
import { loadEncoder } from "../model/loadEncoder.ts";
import { findModelPresence } from "../model/modelPresence.ts";
import type { Encoder } from "../model/openEncoder.ts";
import { type Precision, precisions, publishedPrecision } from "../model/registeredModel.ts";
import { registeredModels } from "../model/registry.ts";
import type { Study } from "../store/openStudy.ts";
import type { Run } from "../store/runStore.ts";

/** Where a run's model may be found. */
export interface RunEncoderOptions {
  /** A registered model or a folder that the user names; otherwise the one that the run was made with. */
  readonly model?: string | undefined;
  readonly threads?: number | undefined;
  readonly environment?: Environment;
}

/** What of a run tells its encoder. */
export type EncoderOfRun = Pick<Run, "encoderId" | "modelName" | "settings">;

/**
 * Loads the encoder that made a run, for phrases that the study has not met. Nothing is downloaded: that is no part of an edit.
 * @throws UserError when it is not on this machine, or the model there is another one
 */
export async function loadEncoderOfRun(
  study: Study,
  run: EncoderOfRun,
  options: RunEncoderOptions = {},
): Promise<Encoder> {
  const { modelFolder } = run.settings;
  const name = options.model ?? (typeof modelFolder === "string" ? modelFolder : run.modelName);
  // Embeddings from elsewhere have an encoder record of their own; their phrases are of the encoder they are believed to be of.
  const record =
    study.imports.maybeOfEncoder(run.encoderId)?.origin.believed ?? study.embeddings.encoder(run.encoderId);
  const precision = precisions.find((known) => known === record.precision);
  const hint = "start the app with --model and the model or folder that the run was made with";
  await requirePresence(name, precision ?? "float32", options.environment ?? process.env);
  const encoder = await loadEncoder(name, {
    ...(precision !== undefined && { precision }),
    ...(options.threads !== undefined && { threads: options.threads }),
    ...(options.environment !== undefined && { environment: options.environment }),
  }).catch((cause) => {
    if (!(cause instanceof UserError)) throw cause;
    throw new UserError(`the model of this run cannot be opened: ${cause.message}`, { hint, cause });
  });
  if (encoder.identity === record.identity) return encoder;
  await encoder.close();
  throw new UserError(
    `${name} is another model than the one that this run was made with (${run.modelName})`,
    {
      hint,
    },
  );
}

async function requirePresence(name: string, precision: Precision, environment: Environment): Promise<void> {
  const model = registeredModels.find(({ id }) => id === name);
  if (model === undefined) return;
  const { presence } = await findModelPresence(model, publishedPrecision(model, precision), environment);
  if (presence === "here") return;
  throw new UserError(`the model of this run, ${name}, is not on this machine`, {
    hint: `clipbook models download ${name}`,
  });
}
