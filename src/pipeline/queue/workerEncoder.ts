import { UserError } from "../../errors.ts";
import type { Environment } from "../../model/cacheHome.ts";
import type { DownloadProgress } from "../../model/downloadModel.ts";
import { loadEncoder } from "../../model/loadEncoder.ts";
import { type Encoder, preprocessingVersion } from "../../model/openEncoder.ts";
import { precisions, type RegisteredModel } from "../../model/registeredModel.ts";
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
  /** Of Clipbook's own unless told otherwise. */
  readonly registry?: readonly RegisteredModel[] | undefined;
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
 * Loads the encoder of a session: from one of the worker's own folders, else the registered model, which is downloaded. Its
 * digests have to be the session's.
 * @throws UserError where this machine cannot have it, which says what differs
 */
export async function loadSessionEncoder(session: QueueSession, where: WorkerModels): Promise<Encoder> {
  const { model, precision: named, identity } = session.encoder;
  const precision = precisions.find((known) => known === named);
  if (precision === undefined)
    throw new UserError(`the precision ${named} is not known here`, { hint: "install the same Clipbook" });
  const { threads, environment, signal, onProgress, registry = registeredModels } = where;
  const isRegistered = registry.some(({ id }) => id === model);
  const reasons: string[] = [];
  // What comes through the queue names no folder here: only a registered model is opened by the name that it gives.
  for (const candidate of new Set([...where.models, ...(isRegistered ? [model] : [])])) {
    try {
      const encoder = await loadEncoder(candidate, {
        precision,
        signal,
        registry,
        ...(threads !== undefined && { threads }),
        ...(environment !== undefined && { environment }),
        ...(onProgress !== undefined && { onProgress }),
      });
      if (encoder.identity === identity) return encoder;
      reasons.push(`${candidate} ${whatDiffers(encoder, session)}`);
      await encoder.close();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      reasons.push(error.message);
    }
  }
  const what = reasons.length > 0 ? `: ${reasons.join("; ")}` : "";
  throw new UserError(
    `the model ${model}, ${precision}, ${identity.slice(0, 12)} is not on this machine${what}`,
    {
      hint: isRegistered
        ? `see clipbook models verify ${model} here and on the coordinator`
        : "copy the coordinator's folder of the model here, and start the worker with --model FOLDER",
    },
  );
}

/** The files by which an encoder is not a session's. */
function whatDiffers({ model }: Encoder, { encoder: { files } }: QueueSession): string {
  const theirs = new Map(files.map(({ name, sha256 }) => [name, sha256]));
  const ours = new Map(model.files.map(({ name, sha256 }) => [name, sha256]));
  if (![...ours.keys()].some((name) => theirs.has(name))) return "is another model";
  const other = [...ours].flatMap(([name, sha256]) =>
    theirs.has(name) && theirs.get(name) !== sha256 ? [name] : [],
  );
  if (other.length > 0) return `has another ${other.join(", ")}`;
  const lacking = [...theirs.keys()].filter((name) => !ours.has(name));
  if (lacking.length > 0) return `has no ${lacking.join(", ")}`;
  const extra = [...ours.keys()].filter((name) => !theirs.has(name));
  return extra.length > 0 ? `has ${extra.join(", ")} besides` : "is prepared or scaled otherwise";
}
