import { type SpawnOptions, spawn } from "node:child_process";
import { join } from "node:path";

/** The plain-JavaScript file that `clipbook` starts. */
export const launcher = join(import.meta.dirname, "../../bin/clipbook.js");

/** What a finished child process left behind. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the built command line as a user does, and waits for its end. */
export function runClipbook(args: readonly string[], options: SpawnOptions = {}): Promise<Finished> {
  return waitFor(startClipbook(args, options));
}

/** Starts the built command line. */
export function startClipbook(args: readonly string[], options: SpawnOptions = {}) {
  return spawn(process.execPath, [launcher, ...args], {
    ...options,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_OPTIONS: "", ...options.env },
  });
}

/** Gathers a child process's output until it ends. */
export function waitFor(child: ReturnType<typeof startClipbook>): Promise<Finished> {
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}
