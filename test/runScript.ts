import { spawn } from "node:child_process";
import { join } from "node:path";
import { packageRoot } from "../src/packageRoot.ts";
import { type Finished, waitFor } from "./cli/runClipbook.ts";

/** Runs TypeScript in a process of its own, in the clone: for what only a whole process shows, such as how it ends. */
export function runScript(script: string): Promise<Finished> {
  return waitFor(
    spawn(process.execPath, ["--input-type=module-typescript", "--eval", script], {
      cwd: join(packageRoot),
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NODE_OPTIONS: "" },
    }),
  );
}
