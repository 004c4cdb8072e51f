import type { Writable } from "node:stream";

/** The world as a command sees it: where it writes, and who may stop it. Only `main.ts` makes one of the process. */
export interface Terminal {
  /** Results, for people and pipes. Whatever could act on a terminal is escaped, but for line breaks; JSON stays the same JSON. */
  readonly stdout: (text: string) => void;
  /** The same as a stream, for tables, whose bytes stay as they are. */
  readonly stdoutStream: Writable;
  /** Progress and messages, escaped in the same way. */
  readonly stderr: (text: string) => void;
  /** Puts a text of one or more lines, escaped too, in place of the one before; an empty one takes that away. */
  readonly redraw: (text: string) => void;
  /** Whether stderr is a terminal that can redraw a line. */
  readonly isInteractive: boolean;
  /** Width of the terminal in characters at present. */
  readonly columns: number;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
}
