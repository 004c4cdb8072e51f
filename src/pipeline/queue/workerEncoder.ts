import { UserError } from "../../errors.ts";
import type { Environment } from "../../model/cacheHome.ts";
import type { DownloadProgress } from "../../model/downloadModel.ts";
import { loadEncoder } from "../../model/loadEncoder.ts";
import { type Encoder, preprocessingVersion } from "../../model/openEncoder.ts";
import { precisions } from "../../model/registeredModel.ts";
import { registeredModels } from "../../model/registry.ts";
import type { QueueSession } from "../../queue/sessionForm.ts";
import { version } from "../../version.ts";

/** Where a worker may find models. */
export interface WorkerModels {
  /** Ids or folders besides the one that the coordinator names. */
  readonly models: readonly string[];
  readonly threads?: number | undefined;
  readonly environment?: Environment | undefined;
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}

/** Why a worker takes no jobs of a session whatever model it has; undefined where it may. */
export function maybeRefusal(session: QueueSession, rootNames: readonly string[]): string | undefined {
  const { clipbookVersion, preprocessingVersion: theirs, roots, coordinator } = session;
  if (clipbookVersion !== version)
    return `${coordinator} runs Clipbook ${clipbookVersion}, this is ${version}: install the same on both`;
  if (theirs !== preprocessingVersion)
    return `${coordinator} prepares pictures by version ${theirs}, this Clipbook by ${preprocessingVersion}: install the same on both`;
  const missing = roots.filter((root) => !rootNames.includes(root));
  if (missing.length > 0)
    return `its pictures lie under ${missing.join(", ")}: start the worker with --root ${missing[0]}=FOLDER`;
  return undefined;
}

/**
 * Loads the encoder of a session, downloading a registered one. Its digests have to be the session's.
 * @throws UserError where this machine cannot have it
 */
export async function loadSessionEncoder(session: QueueSession, where: WorkerModels): Promise<Encoder> {
  const { model, precision: named, identity, files } = session.encoder;
  const precision = precisions.find((known) => known === named);
  if (precision === undefined)
    throw new UserError(`the precision ${named} is not known here`, { hint: "install the same Clipbook" });
  const isRegistered = registeredModels.some(({ id }) => id === model);
  const { threads, environment, signal, onProgress } = where;
  const others: string[] = [];
  for (const candidate of [...new Set([...(isRegistered ? [model] : []), ...where.models])]) {
    const encoder = await loadEncoder(candidate, {
      precision,
      signal,
      ...(threads !== undefined && { threads }),
      ...(environment !== undefined && { environment }),
      ...(onProgress !== undefined && { onProgress }),
    });
    if (encoder.identity === identity) return encoder;
    const theirs = new Map(files.map(({ name, sha256 }) => [name, sha256]));
    const differs = encoder.model.files.find(({ name, sha256 }) => theirs.get(name) !== sha256);
    others.push(`${candidate} has another ${differs?.name ?? "set of files"}`);
    await encoder.close();
  }
  const what = others.length > 0 ? ` (${others.join("; ")})` : "";
  throw new UserError(`the model ${model} ${identity.slice(0, 12)} is not on this machine${what}`, {
    hint: "copy the coordinator's folder of the model here, and start the worker with --model FOLDER",
  });
}
