import type { Writable } from "node:stream";

/** The world as a command sees it: where it writes, and who may stop it. Only `main.ts` makes one of the process. */
export interface Terminal {
  /** Results, for people and pipes. */
  readonly stdout: (text: string) => void;
  /** The same as a stream, for tables. */
  readonly stdoutStream: Writable;
  /** Progress and messages. */
  readonly stderr: (text: string) => void;
  /** Whether stderr is a terminal that can redraw a line. */
  readonly isInteractive: boolean;
  /** Width of the terminal in characters. */
  readonly columns: number;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
}
