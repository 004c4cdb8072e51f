import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import type { Environment } from "./cacheHome.ts";
import { readCachedDigest, saveCachedDigest } from "./digestCache.ts";

/** A file's size and the SHA-256 of its content, lower-case hexadecimal. */
export interface FileDigest {
  readonly bytes: number;
  readonly sha256: string;
}

/** The SHA-256 of a file's content, read in pieces. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  // 1 MiB pieces: several times faster than the default of 64 KiB on a warm disk cache.
  const stream = createReadStream(path, { highWaterMark: 2 ** 20, ...(signal && { signal }) });
  for await (const piece of stream) hash.update(piece as Buffer);
  return hash.digest("hex");
}

/**
 * A file's digest, remembered by real path, size and times of change, so that a model of hundreds of megabytes is not
 * hashed at every start. `fresh` reads the file in any case.
 */
export async function digestFile(
  path: string,
  options: {
    readonly environment: Environment;
    readonly fresh?: boolean | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<FileDigest> {
  const real = await realpath(path);
  const before = await stat(real, { bigint: true });
  const bytes = Number(before.size);
  const known = options.fresh ? undefined : await readCachedDigest(options.environment, real, before);
  if (known !== undefined) return { bytes, sha256: known };
  const sha256 = await hashFile(real, options.signal);
  const after = await stat(real, { bigint: true });
  const isSteady = before.size === after.size && before.ctimeNs === after.ctimeNs;
  if (isSteady) await saveCachedDigest(options.environment, real, after, sha256);
  return { bytes, sha256 };
}
