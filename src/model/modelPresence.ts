import { stat } from "node:fs/promises";
import { join } from "node:path";
import { isErrorCode } from "../errorCode.ts";
import { packageRoot } from "../packageRoot.ts";
import type { Environment } from "./cacheHome.ts";
import { cachedRepository } from "./hubCache.ts";
import { type Precision, type RegisteredModel, requiredFiles } from "./registeredModel.ts";

/** Whether a model is on this machine in one precision, by the presence of its files; digests are not looked at. */
export interface ModelPresence {
  readonly precision: Precision;
  readonly presence: "here" | "partly" | "missing";
  /** Size of all files that are here or whose size is registered. */
  readonly bytes: number;
  /** False when some file's size is not known before it is downloaded. */
  readonly isWholeSize: boolean;
}

/** Looks for a registered model's files in its folder or in the Hub cache. */
export async function findModelPresence(
  model: RegisteredModel,
  precision: Precision,
  environment: Environment,
): Promise<ModelPresence> {
  const { origin } = model;
  const directory =
    origin.kind === "bundled"
      ? join(packageRoot, origin.directory)
      : cachedRepository(environment, origin).snapshot;
  const files = requiredFiles(model, precision);
  const found = await Promise.all(files.map(({ path }) => sizeOf(join(directory, path))));
  const sizes = files.map(({ bytes }, i) => found[i] ?? bytes);
  const here = found.filter((bytes) => bytes !== undefined).length;
  return {
    precision,
    presence: here === files.length ? "here" : here > 0 ? "partly" : "missing",
    bytes: sizes.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0),
    isWholeSize: !sizes.includes(undefined),
  };
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isErrorCode(error, "ENOENT", "ENOTDIR")) return undefined;
    throw error;
  }
}
