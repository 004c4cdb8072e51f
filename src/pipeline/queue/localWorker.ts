import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { UserError } from "../../errors.ts";
import type { Environment } from "../../model/cacheHome.ts";
import type { QueueAddress } from "../../queue/queueAddress.ts";
import type { Root } from "./roots.ts";

/** How a coordinator's own worker comes by the model. */
export interface LocalWorkerModel {
  /** A registered id or a folder. */
  readonly model: string;
  readonly threads?: number | undefined;
  readonly environment?: Environment | undefined;
}

/** What the process is told, as one line of JSON on its stdin: the address has a password, and arguments can be read by all. */
export interface LocalWorkerOrder {
  readonly address: QueueAddress;
  readonly roots: readonly Root[];
  readonly session: string;
  readonly model: string;
  readonly threads?: number | undefined;
}

/** How it ended, as one line of JSON on its stdout; nothing where it was killed. */
export type LocalWorkerEnd =
  | { readonly kind: "done" }
  | { readonly kind: "refused"; readonly message: string; readonly hint?: string | undefined }
  | { readonly kind: "fault"; readonly message: string };

/** A coordinator's own worker, which is started again when something kills it. */
export interface LocalWorker {
  /** Ends it when what it has under way is finished. */
  close(): Promise<void>;
}

/** Between the end of one process and the start of the next, so that a process that cannot live does not fill the machine. */
const restartMs = 1_000;

/** How long an end in order may take before it is killed. */
const partingMs = 5_000;

/**
 * Starts it.
 * @param onFault told when it cannot work at all, with a UserError for what the user can mend
 * @param onKilled told each time that something ended it
 */
export function startLocalWorker(
  order: LocalWorkerOrder,
  environment: Environment,
  { onFault, onKilled }: { onFault: (error: unknown) => void; onKilled: (how: string) => void },
): LocalWorker {
  let isClosed = false;
  let child: ChildProcess | undefined;
  let restart: NodeJS.Timeout | undefined;
  const start = () => {
    const entry = import.meta.url.endsWith(".ts") ? "./localWorkerProcess.ts" : "./localWorkerProcess.js";
    const started = spawn(process.execPath, [fileURLToPath(new URL(entry, import.meta.url))], {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...environment },
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    child = started;
    // It may be gone before it has read; its end tells so.
    started.stdin.on("error", () => undefined);
    started.stdin.write(`${JSON.stringify(order)}\n`);
    let said = "";
    let complaint = "";
    started.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    started.stderr.on("data", (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-2000);
    });
    started.on("error", (error) => onFault(error));
    started.on("close", (code, signal) => {
      child = undefined;
      if (isClosed) return;
      const end = lastLine(said);
      if (end?.kind === "refused")
        return onFault(new UserError(end.message, end.hint === undefined ? {} : { hint: end.hint }));
      if (end?.kind === "fault") return onFault(new Error(`the own worker failed: ${end.message}`));
      // Its session was over, or Redis had forgotten it for a moment: as with a kill, it is started again.
      if (end === undefined && code !== null)
        return onFault(new Error(`the own worker ended with ${code}: ${complaint}`));
      if (end === undefined) onKilled(signal ?? "a signal");
      restart = setTimeout(start, restartMs);
    });
  };
  start();
  return {
    close: async () => {
      isClosed = true;
      clearTimeout(restart);
      const ending = child;
      if (ending === undefined) return;
      const closed = new Promise((resolve) => ending.once("close", resolve));
      ending.stdin?.end();
      const kill = setTimeout(() => ending.kill("SIGKILL"), partingMs);
      await closed;
      clearTimeout(kill);
    },
  };
}

function lastLine(text: string): LocalWorkerEnd | undefined {
  const line = text.trimEnd().split("\n").at(-1);
  return line?.startsWith("{") ? (JSON.parse(line) as LocalWorkerEnd) : undefined;
}
