import { randomUUID } from "node:crypto";
import type { BigIntStats } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { makeFolder } from "../makeFolder.ts";
import { cacheHome, type Environment } from "./cacheHome.ts";

const cacheSchema = z.object({
  version: z.literal(1),
  files: z.record(
    z.string(),
    z.object({ bytes: z.string(), mtimeNs: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});
type Cache = z.infer<typeof cacheSchema>;

// A file changed twice within one tick of the file system's clock keeps its time; the coarsest clock, FAT's, ticks
// every two seconds, so a digest is remembered only for files older than that.
const clockTickNs = 2_000_000_000n;
const mostFiles = 1000;

/** The digest remembered for a file as it is now, if any. A cache that cannot be read remembers nothing. */
export async function readCachedDigest(
  environment: Environment,
  realPath: string,
  stats: BigIntStats,
): Promise<string | undefined> {
  const known = (await readCache(environment)).files[realPath];
  const isSame = known?.bytes === String(stats.size) && known.mtimeNs === String(stats.mtimeNs);
  return isSame ? known.sha256 : undefined;
}

/** Remembers a digest. Where nothing can be written nothing is remembered: it only saves time. */
export async function saveCachedDigest(
  environment: Environment,
  realPath: string,
  stats: BigIntStats,
  sha256: string,
): Promise<void> {
  if (BigInt(Date.now()) * 1_000_000n - stats.mtimeNs < clockTickNs) return;
  const { files } = await readCache(environment);
  delete files[realPath];
  const others = Object.entries(files).slice(-(mostFiles - 1));
  const entry = { bytes: String(stats.size), mtimeNs: String(stats.mtimeNs), sha256 };
  const cache: Cache = { version: 1, files: Object.fromEntries([...others, [realPath, entry]]) };
  const path = cachePath(environment);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    makeFolder(dirname(path));
    await writeFile(temporary, JSON.stringify(cache));
    await rename(temporary, path);
  } catch {
    // A full disk or a read-only home: the next start hashes again.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

async function readCache(environment: Environment): Promise<Cache> {
  const empty: Cache = { version: 1, files: {} };
  try {
    const checked = cacheSchema.safeParse(JSON.parse(await readFile(cachePath(environment), "utf8")));
    return checked.success ? checked.data : empty;
  } catch {
    // Missing or damaged: it is made anew.
    return empty;
  }
}

function cachePath(environment: Environment): string {
  return join(cacheHome(environment), "clipbook", "digests.json");
}
