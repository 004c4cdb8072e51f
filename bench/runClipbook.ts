import { spawn } from "node:child_process";
import { join } from "node:path";
import { UserError } from "../src/errors.ts";
import { type ResidentSize, watchResidentSize } from "./residentSize.ts";

const program = join(import.meta.dirname, "../bin/clipbook.js");

/** One run of the built command line. */
export interface ClipbookRun {
  readonly seconds: number;
  /** What it said with `--json`, else undefined. */
  readonly answer: unknown;
  readonly stderr: string;
  readonly residentSize: ResidentSize;
}

/**
 * Runs `clipbook` as a process of its own and watches it.
 * @throws UserError with what it said when it fails
 */
export async function runClipbook(args: readonly string[]): Promise<ClipbookRun> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const watch = watchResidentSize(child.pid as number);
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const seconds = (performance.now() - startedMs) / 1000;
  const residentSize = watch.stop();
  const stderr = Buffer.concat(err).toString();
  if (code !== 0) throw new UserError(`clipbook ${args[0]} ended with ${code}: ${stderr}`);
  const stdout = Buffer.concat(out).toString();
  return { seconds, answer: args.includes("--json") ? JSON.parse(stdout) : undefined, stderr, residentSize };
}
