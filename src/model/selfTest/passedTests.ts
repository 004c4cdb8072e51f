import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { version } from "../../version.ts";
import { cacheHome, type Environment } from "../cacheHome.ts";
import { writeCacheFile } from "../writeCacheFile.ts";

const passedSchema = z.object({ version: z.literal(1), passed: z.array(z.string()).max(10_000) });
const mostRemembered = 200;

/**
 * Names a self-test by what may change its outcome: the encoder, the tower, Clipbook with its version of ONNX Runtime, and the
 * processor.
 */
export function selfTestKey(identity: string, side: "image" | "text"): string {
  const processor = `${process.platform} ${process.arch} ${cpus()[0]?.model ?? "unknown"}`;
  return createHash("sha256").update([identity, side, version, processor].join("\n")).digest("hex");
}

/** Whether a self-test was passed before on this machine. A cache that cannot be read remembers nothing. */
export async function hasPassed(environment: Environment, key: string): Promise<boolean> {
  return (await readPassed(environment)).includes(key);
}

/** Remembers a self-test that was passed; those that failed are made again each time. */
export async function rememberPassed(environment: Environment, key: string): Promise<void> {
  const others = (await readPassed(environment)).filter((known) => known !== key);
  const passed = [...others, key].slice(-mostRemembered);
  await writeCacheFile(cachePath(environment), JSON.stringify({ version: 1, passed }));
}

async function readPassed(environment: Environment): Promise<readonly string[]> {
  try {
    const checked = passedSchema.safeParse(JSON.parse(await readFile(cachePath(environment), "utf8")));
    return checked.success ? checked.data.passed : [];
  } catch {
    // Missing or damaged: it is made anew.
    return [];
  }
}

function cachePath(environment: Environment): string {
  return join(cacheHome(environment), "clipbook", "self-tests.json");
}
