import { CommanderError } from "commander";
import { UserError } from "../errors.ts";
import { createProgram } from "./createProgram.ts";
import type { Terminal } from "./terminal.ts";

/** Width of lines where nobody tells the terminal's. */
const usualColumns = 80;

/** Runs the command line on this process: exit codes 0 done, 1 the user can mend it, 2 our bug, 130 interrupted. */
export async function main(): Promise<void> {
  const interrupt = new AbortController();
  process.on("SIGINT", () => {
    // The second time at once: whoever presses twice does not want to wait for the batch.
    if (interrupt.signal.aborted) process.exit(130);
    interrupt.abort();
  });
  // A reader that closes the pipe early (head, less) is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  const terminal: Terminal = {
    stdout: (text) => void process.stdout.write(text),
    stdoutStream: process.stdout,
    stderr: (text) => void process.stderr.write(text),
    isInteractive: process.stderr.isTTY === true && process.env.TERM !== "dumb",
    hasColor: process.stderr.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== "dumb",
    columns: process.stderr.columns ?? usualColumns,
    signal: interrupt.signal,
    environment: process.env,
  };
  try {
    await createProgram(terminal).parseAsync(process.argv);
  } catch (error) {
    process.exitCode = report(error, terminal);
  }
}

function report(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
  if (terminal.signal.aborted && error === terminal.signal.reason) {
    terminal.stderr("interrupted: what was finished is stored, run the same command again to continue\n");
    return 130;
  }
  if (error instanceof UserError) {
    terminal.stderr(`error: ${error.message}\n${error.hint === undefined ? "" : `hint: ${error.hint}\n`}`);
    return 1;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.stderr(`error: this is a fault of Clipbook, please report it with these lines:\n${trace}\n`);
  return 2;
}
