import type { BigIntStats } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { cacheHome, type Environment } from "./cacheHome.ts";
import { writeCacheFile } from "./writeCacheFile.ts";

const cacheSchema = z.object({
  version: z.literal(2),
  files: z.record(
    z.string(),
    z.object({
      bytes: z.string(),
      mtimeNs: z.string(),
      ctimeNs: z.string(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
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
  // The time of modification can be set back at will (`touch -d`, `cp -p`, an unpacked archive), that of the change cannot.
  const isSame =
    known?.bytes === String(stats.size) &&
    known.mtimeNs === String(stats.mtimeNs) &&
    known.ctimeNs === String(stats.ctimeNs);
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
  const entry = {
    bytes: String(stats.size),
    mtimeNs: String(stats.mtimeNs),
    ctimeNs: String(stats.ctimeNs),
    sha256,
  };
  const cache: Cache = { version: 2, files: Object.fromEntries([...others, [realPath, entry]]) };
  await writeCacheFile(cachePath(environment), JSON.stringify(cache));
}

async function readCache(environment: Environment): Promise<Cache> {
  const empty: Cache = { version: 2, files: {} };
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
