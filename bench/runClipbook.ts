import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { UserError } from "../src/errors.ts";
import { type ResidentSize, watchResidentSize } from "./residentSize.ts";

const program = join(import.meta.dirname, "../bin/clipbook.js");

/** One run of the built command line. */
export interface ClipbookRun {
  readonly seconds: number;
  /** What it said with `--json`, else undefined. */
  readonly answer: unknown;
  /** What it wrote to stderr, and how many seconds after its start. */
  readonly lines: readonly { readonly text: string; readonly seconds: number }[];
  readonly residentSize: ResidentSize;
}

/** Who wants to know while it runs. */
export interface ClipbookWatch {
  readonly onStart?: (pid: number) => void;
  /** A line on stderr, and how many seconds after its start. */
  readonly onLine?: (text: string, seconds: number) => void;
}

/**
 * Runs `clipbook` as a process of its own and watches it.
 * @throws UserError with what it said when it fails
 */
export async function runClipbook(
  args: readonly string[],
  watcher: ClipbookWatch = {},
): Promise<ClipbookRun> {
  const startedMs = performance.now();
  const sinceStart = () => (performance.now() - startedMs) / 1000;
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const watch = watchResidentSize(child.pid as number);
  watcher.onStart?.(child.pid as number);
  const out: Buffer[] = [];
  const lines: { text: string; seconds: number }[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  createInterface(child.stderr).on("line", (text) => {
    lines.push({ text, seconds: sinceStart() });
    watcher.onLine?.(text, sinceStart());
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const seconds = sinceStart();
  const residentSize = watch.stop();
  if (code !== 0) {
    const said = lines.map(({ text }) => text).join(" ");
    throw new UserError(`clipbook ${args[0]} ended with ${code}: ${said}`);
  }
  const stdout = Buffer.concat(out).toString();
  return { seconds, answer: args.includes("--json") ? JSON.parse(stdout) : undefined, lines, residentSize };
}
