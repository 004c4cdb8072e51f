import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { packageRoot } from "../../packageRoot.ts";
import type { OfflineProgram } from "../../report/renderOfflineCoding.ts";

/** The program of the page for coding without a server, as it was built with Clipbook. */
export async function readOfflineProgram(): Promise<OfflineProgram> {
  const read = (name: string) => readFile(join(packageRoot, "dist/offline", name), "utf8");
  return { script: await read("page.js"), style: await read("page.css") };
}
