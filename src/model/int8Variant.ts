import { randomUUID } from "node:crypto";
import { readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { isErrorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";
import { makeFolder } from "../makeFolder.ts";
import { cacheHome, type Environment } from "./cacheHome.ts";
import { digestFile } from "./digests.ts";
import {
  type Float32Graph,
  findInt8Variant,
  nameVariant,
  sourceDigestKey,
  type VariantNames,
} from "./findInt8Variant.ts";
import { writeInt8 } from "./onnx/writeInt8.ts";
import type { ModelFile } from "./verifyModelFiles.ts";

/** Told before an int8 variant is made, which takes seconds. */
export interface VariantMaking {
  /** The float32 graph, as its model's folder names it. */
  readonly graph: string;
  /** The folder that the variant is written to. */
  readonly directory: string;
}

/** Settings of `findOrMakeInt8Variant`. */
export interface VariantOptions {
  readonly environment: Environment;
  /** Whether the variant may lie beside its source; false for models that come with Clipbook. */
  readonly besideSource: boolean;
  /** Reads every file, whatever was remembered of it. */
  readonly fresh?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onMaking?: ((making: VariantMaking) => void) | undefined;
}

/**
 * Why a folder is passed over, besides its rights: a folder or a circle of links in its place, and a name that Windows holds open
 * while another process has made the variant.
 */
const unwritable = ["EACCES", "EPERM", "EROFS", "ENOENT", "ENOTDIR", "EISDIR", "ELOOP", "EBUSY"] as const;

/** What a writing that was killed left behind is removed after so long: no writing takes it. */
const leftoverMs = 3_600_000;

/**
 * The files of a float32 graph's int8 variant, the graph first: beside the source, or in Clipbook's cache where that
 * folder cannot be written. One that is missing or damaged is made. Processes that make it at the same time write the
 * same bytes, each under names of its own until they are whole.
 * @throws UserError when the graph has no int8 variant, the disk is full, or neither folder can be written
 */
export async function findOrMakeInt8Variant(
  source: Float32Graph,
  options: VariantOptions,
): Promise<readonly ModelFile[]> {
  const names = nameVariant(source);
  const folder = posix.dirname(source.graph.name);
  const cache = join(cacheHome(options.environment), "clipbook", "int8");
  const places = options.besideSource ? [dirname(source.graph.path), cache] : [cache];
  for (const place of places) {
    const found = await findInt8Variant(place, folder, names, source, options);
    if (found !== undefined) return found;
  }
  let refusal: unknown;
  for (const place of places) {
    try {
      await makeVariant(place, names, source, options);
    } catch (error) {
      if (isErrorCode(error, "ENOSPC", "EDQUOT")) throw diskFull(place, error);
      if (!isErrorCode(error, ...unwritable)) throw error;
      refusal = error;
    }
    const made = await findInt8Variant(place, folder, names, source, { ...options, fresh: true });
    if (made !== undefined) return made;
  }
  throw new UserError(`${source.graph.path}: its int8 variant cannot be written to ${places.join(" or ")}`, {
    hint: "set XDG_CACHE_HOME to a folder of your own, or use --precision float32",
    cause: refusal,
  });
}

async function makeVariant(
  directory: string,
  names: VariantNames,
  source: Float32Graph,
  { environment, signal, onMaking }: VariantOptions,
): Promise<void> {
  makeFolder(directory);
  await removeLeftovers(directory);
  const mark = randomUUID();
  const [graph, data] = [names.graph, names.data].map((name) => join(directory, `.${name}.${mark}.tmp`)) as [
    string,
    string,
  ];
  const metadata = {
    [sourceDigestKey]: names.sourceDigest,
    "clipbook.int8.sourceFiles": [source.graph, ...source.data].map(({ sha256 }) => sha256).join(" "),
  };
  try {
    const dataBytes = await writeInt8(source.graph.path, {
      graph,
      data,
      dataName: names.data,
      metadata,
      signal,
      onStart: () => onMaking?.({ graph: source.graph.name, directory }),
    });
    await requireSame([source.graph, ...source.data], { environment, signal });
    // The graph last: it vouches for the weights.
    if (dataBytes > 0) await rename(data, join(directory, names.data));
    await rename(graph, join(directory, names.graph));
  } finally {
    await Promise.all([graph, data].map((path) => rm(path, { force: true })));
  }
}

/**
 * What was read is what the variant's name says: somebody may have copied another model over it meanwhile.
 * @throws UserError when a file is another one
 */
async function requireSame(
  files: readonly ModelFile[],
  options: Pick<VariantOptions, "environment" | "signal">,
): Promise<void> {
  for (const { path, sha256 } of files) {
    if ((await digestFile(path, { ...options, fresh: true })).sha256 === sha256) continue;
    throw new UserError(`${path}: the file changed while its int8 variant was made`, {
      hint: "wait until the model is copied, then run the same command again",
    });
  }
}

/** Of any source: after a killed writing the model may be another one. */
async function removeLeftovers(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!/^\..+\.int8-[0-9a-f]+\.onnx(_data)?\..+\.tmp$/.test(name)) continue;
    const path = join(directory, name);
    const state = await stat(path).catch(() => undefined);
    if (state === undefined || Date.now() - state.mtimeMs < leftoverMs) continue;
    await rm(path, { force: true }).catch((error) => {
      // Another user's in a folder that several share: it is in nobody's way.
      if (!isErrorCode(error, "EACCES", "EPERM")) throw error;
    });
  }
}

function diskFull(directory: string, cause: unknown): UserError {
  return new UserError(`the disk with ${directory} is full: the int8 variant needs room`, {
    hint: "make room, or use --precision float32",
    cause,
  });
}
