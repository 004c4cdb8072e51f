import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { UserError } from "../errors.ts";
import type { ParquetAnswer, ParquetRequest } from "./parquetWorker.ts";

/** What one answer may take: many times what a slice of rows needs. */
export interface ParquetLimits {
  readonly milliseconds: number;
  /** Of memory; looked at on Linux only, elsewhere half of it limits the heap alone. */
  readonly bytes: number;
}

const usualLimits: ParquetLimits = { milliseconds: 60_000, bytes: 2 * 1024 ** 3 };
const watchMilliseconds = 100;

let idle: { readonly child: ChildProcess; readonly limits: ParquetLimits } | undefined;
let queue: Promise<unknown> = Promise.resolve();

/**
 * Has a Parquet file taken apart in a process of its own: hyparquet 1.31 neither bounds what a damaged or forged page makes it
 * allocate, nor ends on every one. The process is kept for the next file, and does not keep this one alive.
 * @throws Error with the file's fault, UserError where that is said in the user's words
 */
export function askParquetProcess(
  request: ParquetRequest,
  limits: ParquetLimits = usualLimits,
): Promise<unknown> {
  const turn = queue.then(() => ask(request, limits));
  queue = turn.catch(() => undefined);
  return turn;
}

async function ask(request: ParquetRequest, limits: ParquetLimits): Promise<unknown> {
  const kept = idle;
  idle = undefined;
  if (kept !== undefined && kept.limits !== limits) kept.child.kill();
  const child = kept?.limits === limits ? kept.child : start(limits);
  child.ref();
  child.channel?.ref();
  const answer = await answerOf(child, request, limits);
  idle = { child, limits };
  child.unref();
  child.channel?.unref();
  if ("value" in answer) return answer.value;
  throw answer.hint === undefined
    ? new Error(answer.failure)
    : new UserError(answer.failure, { hint: answer.hint });
}

function start({ bytes }: ParquetLimits): ChildProcess {
  // Built, this file and the process's end in .js; in tests and tools they run unbuilt.
  const entry = import.meta.url.endsWith(".ts") ? "./parquetWorker.ts" : "./parquetWorker.js";
  const child = fork(fileURLToPath(new URL(entry, import.meta.url)), {
    serialization: "advanced",
    // Without the flags that this process was started with, and silent: what it says of its end is told here.
    execArgv: [`--max-old-space-size=${Math.floor(bytes / 2 / 1024 ** 2)}`],
    env: { ...process.env, NODE_OPTIONS: "" },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  child.once("exit", () => {
    if (idle?.child === child) idle = undefined;
  });
  return child;
}

function answerOf(
  child: ChildProcess,
  request: ParquetRequest,
  limits: ParquetLimits,
): Promise<ParquetAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<ParquetAnswer>();
  const tooMuch = `it takes more than ${Math.round(limits.bytes / 1024 ** 2)} MiB of memory to read`;
  const end = (reason: string) => {
    child.kill("SIGKILL");
    reject(new Error(reason));
  };
  const started = performance.now();
  const watch = setInterval(() => {
    if (performance.now() - started > limits.milliseconds) {
      end(`reading a part of it takes more than ${limits.milliseconds / 1000} seconds`);
    } else if (memoryBytes(child) > limits.bytes) end(tooMuch);
  }, watchMilliseconds);
  // V8 aborts a process whose heap is full.
  const exited = (code: number | null, signal: NodeJS.Signals | null) => {
    const isFull = signal === "SIGABRT" || code === 134;
    reject(new Error(isFull ? tooMuch : `the process that reads it has ended (${signal ?? code})`));
  };
  child.once("exit", exited);
  child.once("error", reject);
  child.once("message", resolve);
  child.send(request, (error) => {
    if (error) reject(error);
  });
  return promise.finally(() => {
    clearInterval(watch);
    child.off("exit", exited).off("error", reject).off("message", resolve);
  });
}

/** Resident memory of a process; 0 where it cannot be told. */
function memoryBytes({ pid }: ChildProcess): number {
  if (process.platform !== "linux") return 0;
  try {
    // Not statm, which counts pages, whose size differs from machine to machine. A process that is ending has no such line.
    const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kibibytes ?? 0) * 1024;
  } catch (error) {
    // The process has just ended; its exit is told by its own event.
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return 0;
    throw error;
  }
}
