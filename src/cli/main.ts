import { CommanderError } from "commander";
import { UserError } from "../errors.ts";
import { createProgram } from "./createProgram.ts";
import { printable, printableLines } from "./printable.ts";
import { redrawSequence } from "./redrawSequence.ts";
import { requireEnd } from "./requireEnd.ts";
import type { Terminal } from "./terminal.ts";
import { maybeWholeWrites } from "./wholeWrites.ts";

/** Width of lines where nobody tells the terminal's. */
const usualColumns = 80;
const usualRows = 24;

/** Exit codes by what stopped the program: 128 plus the signal, and none for a reader that went away. */
const stopCodes = { SIGINT: 130, SIGTERM: 143, SIGPIPE: 0 } as const;

/** After so long without an end, whoever interrupted is told what is being waited for. */
const patienceMs = 300;

/** Runs the command line on this process: exit codes 0 done, 1 the user can mend it, 2 our bug, 130 interrupted. */
export async function main(): Promise<void> {
  const interrupt = new AbortController();
  let stoppedBy: keyof typeof stopCodes = "SIGINT";
  let notice: NodeJS.Timeout | undefined;
  let isStdoutFaulty = false;
  const stop = (signal: keyof typeof stopCodes) => {
    // The second time at once: whoever presses twice does not want to wait for the batch.
    if (interrupt.signal.aborted) endAtOnce(signal, terminal);
    stoppedBy = signal;
    interrupt.abort();
    if (signal === "SIGINT") {
      notice = setTimeout(() => {
        clearLine(terminal);
        terminal.stderr("finishing what is under way (Ctrl-C again ends at once)\n");
      }, patienceMs);
    }
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  const stdout = maybeWholeWrites(process.stdout.fd) ?? process.stdout;
  // A log that nobody reads, or whose disk is full: the work goes on, and there is nowhere to say so.
  process.stderr.on("error", () => undefined);
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") {
      if (isStdoutFaulty) return;
      isStdoutFaulty = true;
      const reason = error.code === "ENOSPC" ? "the disk is full" : error.message;
      process.stderr.write(
        `error: stdout cannot be written: ${reason}\nhint: send it elsewhere, or make room\n`,
      );
      process.exitCode = 1;
      // Not `process.exit`, which aborts where a tower's thread is at work or about to end.
      interrupt.abort();
      return;
    }
    // A reader that closes the pipe early (head, less) is no error: what is under way ends, quietly.
    stop("SIGPIPE");
  });
  let drawn: readonly string[] = [];
  // A terminal that nobody gave a size has none, or 0.
  const size = () => ({
    columns: process.stderr.columns || usualColumns,
    rows: process.stderr.rows || usualRows,
  });
  const redraw = (text: string) => {
    const lines = printableLines(text).split("\n");
    process.stderr.write(redrawSequence(drawn, lines, size()));
    drawn = text === "" ? [] : lines.slice(0, Math.max(1, size().rows - 1));
  };
  const terminal: Terminal = {
    // Here and nowhere else, so that no message can forget it.
    stdout: (text) => void stdout.write(printableLines(text)),
    stdoutStream: stdout,
    stderr: (text) => {
      // A message stands above what is drawn next, and is not drawn over.
      if (drawn.length > 0) redraw("");
      process.stderr.write(printableLines(text));
    },
    redraw,
    isInteractive: process.stderr.isTTY === true && process.env.TERM !== "dumb",
    get columns() {
      return size().columns;
    },
    signal: interrupt.signal,
    environment: process.env,
  };
  try {
    await requireEnd(createProgram(terminal).parseAsync(process.argv), () => {
      if (isStdoutFaulty) return;
      terminal.stderr(
        "error: this is a fault of Clipbook, please report it: it stopped in the middle of its work\n",
      );
      process.exitCode = 2;
    });
  } catch (error) {
    // What failed only because of that has been told by it.
    process.exitCode = isStdoutFaulty ? 1 : report(error, terminal, stoppedBy);
  } finally {
    clearTimeout(notice);
  }
}

/**
 * Ends the process by the signal itself, which a shell reports as 128 plus its number: `process.exit` would wait for the
 * tower's thread, and abort in the middle of its batch.
 */
function endAtOnce(signal: keyof typeof stopCodes, terminal: Terminal): void {
  if (signal === "SIGPIPE") process.exit(stopCodes[signal]);
  clearLine(terminal);
  terminal.stderr("ended at once: run the same command again to continue\n");
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/** Takes away a progress line and the terminal's own `^C`. */
function clearLine({ isInteractive, redraw }: Terminal): void {
  if (isInteractive) redraw("");
}

function report(error: unknown, terminal: Terminal, stoppedBy: keyof typeof stopCodes): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
  if (terminal.signal.aborted && (error === terminal.signal.reason || stoppedBy === "SIGPIPE")) {
    if (stoppedBy !== "SIGPIPE") {
      terminal.stderr("interrupted: what was finished is stored, run the same command again to continue\n");
    }
    return stopCodes[stoppedBy];
  }
  if (error instanceof UserError) {
    const message = error.isList ? error.message : printable(error.message);
    terminal.stderr(
      `error: ${message}\n${error.hint === undefined ? "" : `hint: ${printable(error.hint)}\n`}`,
    );
    return 1;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.stderr(`error: this is a fault of Clipbook, please report it with these lines:\n${trace}\n`);
  return 2;
}
