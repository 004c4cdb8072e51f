import { realpath, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { isErrorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";
import type { Environment } from "./cacheHome.ts";
import { digestFile, type FileDigest } from "./digests.ts";
import type { CachedRepository } from "./hubCache.ts";
import { type RecordedDigests, readRecordedDigests, recordDigests } from "./recordedDigests.ts";
import type { HubRevision, RegisteredFile } from "./registeredModel.ts";

/** One file of a model with its digest. */
export interface ModelFile extends FileDigest {
  /** Path in the model's folder, with forward slashes. */
  readonly name: string;
  readonly path: string;
  /**
   * What vouches for the digest: the registry, the record of the first use, the Hub's name for the content, or the int8
   * variant's own seal; undefined for a file that nobody has seen before.
   */
  readonly checkedAgainst: "registry" | "record" | "hub" | "variant" | undefined;
  /** The float32 files that Clipbook made this one from. */
  readonly madeFrom?: readonly { readonly name: string; readonly sha256: string }[];
}

/** A revision of the Hub and its place in the Hub cache. */
export interface HubOrigin {
  readonly revision: HubRevision;
  readonly cache: CachedRepository;
}

/** Settings of `verifyModelFiles`. */
export interface VerifyOptions {
  readonly environment: Environment;
  /** Reads every file, whatever was remembered. */
  readonly fresh?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Digests a model's files and compares each with the registry, or with the record of its first use, which is made for
 * files of the Hub that have none. A damaged file in the Hub cache is set aside, so that the next run downloads it.
 * @throws UserError for a file whose digest is not the expected one
 */
export async function verifyModelFiles(
  directory: string,
  names: readonly string[],
  registered: readonly RegisteredFile[],
  hub: HubOrigin | undefined,
  options: VerifyOptions,
): Promise<readonly ModelFile[]> {
  const recorded = hub ? await readRecordedDigests(hub.cache.directory, hub.revision.revision) : {};
  const files: ModelFile[] = [];
  const firstSeen: Record<string, FileDigest> = {};
  for (const name of names) {
    const path = join(directory, name);
    const expected = await expectedDigest(name, path, registered, recorded, hub);
    let digest = await digestFile(path, options);
    if (expected !== undefined && digest.sha256 !== expected.sha256) {
      // What was remembered may be wrong: only the file itself condemns it.
      digest = await digestFile(path, { ...options, fresh: true });
      if (digest.sha256 !== expected.sha256) throw await refuseFile(path, digest, expected, hub);
    }
    files.push({ name, path, ...digest, checkedAgainst: expected?.from });
    const isKnown = expected?.from === "registry" || name in recorded;
    if (hub && !isKnown) firstSeen[name] = digest;
  }
  if (hub && Object.keys(firstSeen).length > 0) {
    await recordDigests(hub.cache.directory, hub.revision.revision, firstSeen);
  }
  return files;
}

interface ExpectedDigest {
  readonly sha256: string;
  readonly from: "registry" | "record" | "hub";
}

async function expectedDigest(
  name: string,
  path: string,
  registered: readonly RegisteredFile[],
  recorded: RecordedDigests,
  hub: HubOrigin | undefined,
): Promise<ExpectedDigest | undefined> {
  const known = registered.find((file) => file.path === name)?.sha256;
  if (known !== undefined) return { sha256: known, from: "registry" };
  const first = recorded[name]?.sha256;
  if (first !== undefined) return { sha256: first, from: "record" };
  // Large files' blobs in the Hub cache are named by their SHA-256.
  const blob = hub && basename(await realpath(path));
  return blob !== undefined && /^[0-9a-f]{64}$/.test(blob) ? { sha256: blob, from: "hub" } : undefined;
}

async function refuseFile(
  path: string,
  found: FileDigest,
  expected: ExpectedDigest,
  hub: HubOrigin | undefined,
): Promise<UserError> {
  const sources = { registry: "Clipbook knows", record: "it had at its first use", hub: "the Hub gave it" };
  const message = `${path}: the file is damaged: SHA-256 ${found.sha256}, not ${expected.sha256} as ${sources[expected.from]}`;
  if (hub === undefined)
    return new UserError(message, { hint: "copy the model again, or install Clipbook again" });
  const aside = await setAside(path);
  return new UserError(message, {
    hint: aside
      ? `it was set aside as ${aside}; run the same command again to download it`
      : "delete the file and run the same command again to download it",
  });
}

/** Takes a damaged file out of the Hub cache's use, under another name: someone may want to look at it. */
async function setAside(path: string): Promise<string | undefined> {
  const real = await realpath(path);
  const aside = `${real}.damaged`;
  try {
    await rename(real, aside);
    await rm(path, { force: true });
    return aside;
  } catch (error) {
    if (isErrorCode(error, "EACCES", "EPERM", "EROFS")) return undefined;
    throw error;
  }
}
