import { copyFile, mkdir, rm, stat, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { isErrorCode } from "../errorCode.ts";
import { cacheHome, type Environment, expandHome } from "./cacheHome.ts";
import type { HubRevision } from "./registeredModel.ts";

/**
 * The cache that Python's huggingface_hub and others share: `HF_HUB_CACHE`, else `HF_HOME/hub`, else
 * `~/.cache/huggingface/hub` (Hub documentation, "Hub Local Cache"; `HUGGINGFACE_HUB_CACHE` is its older name).
 */
export function hubCacheDirectory(environment: Environment): string {
  const named = environment.HF_HUB_CACHE || environment.HUGGINGFACE_HUB_CACHE;
  if (named) return expandHome(named, environment);
  const home = environment.HF_HOME
    ? expandHome(environment.HF_HOME, environment)
    : join(cacheHome(environment), "huggingface");
  return join(home, "hub");
}

/** The folders of one repository in the Hub cache. */
export interface CachedRepository {
  /** `models--owner--name`. */
  readonly directory: string;
  /** Files under names made from their content. */
  readonly blobs: string;
  /** The revision's files under their own names, links into `blobs`. */
  readonly snapshot: string;
}

/** Where a revision is kept in the Hub cache, whether or not it is there. */
export function cachedRepository(
  environment: Environment,
  { repository, revision }: HubRevision,
): CachedRepository {
  const directory = join(hubCacheDirectory(environment), `models--${repository.replaceAll("/", "--")}`);
  return { directory, blobs: join(directory, "blobs"), snapshot: join(directory, "snapshots", revision) };
}

/** True when a file is there; a link whose target is gone does not count. */
export async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (isErrorCode(error, "ENOENT", "ENOTDIR")) return false;
    throw error;
  }
}

/** Gives a blob its name in a snapshot: a relative link, so that the cache can be moved. */
export async function linkBlob(blob: string, name: string): Promise<void> {
  await mkdir(dirname(name), { recursive: true });
  await rm(name, { force: true });
  try {
    await symlink(relative(dirname(name), blob), name);
  } catch (error) {
    // Windows lets only some users make links; huggingface_hub puts the file itself there, and so do we.
    if (!isErrorCode(error, "EPERM", "ENOTSUP", "EINVAL")) throw error;
    await copyFile(blob, name);
  }
}
