import { tableFormatOf } from "../tables/tableFormat.ts";
import { writeTable } from "../tables/writeTable.ts";

/** A table of failures that is written while they happen. */
export interface FailuresTable {
  add(unit: string, failure: { readonly code: string; readonly sentence: string }): void;
  /** Gives the file its name. @throws UserError when it cannot be written */
  commit(): Promise<void>;
  /** Leaves nothing of it behind; after `commit`, nothing happens. */
  discard(): Promise<void>;
}

/**
 * Begins the table of `--failures`: columns `Image`, `Code` and `Reason`, one row for each image. It begins before hours of
 * work, so that a place where it cannot be is told now.
 * @throws UserError for a name that is no table's, and a file that cannot be made
 */
export async function startFailuresTable(path: string, signal: AbortSignal): Promise<FailuresTable> {
  const format = tableFormatOf(path);
  const waiting: (readonly string[])[] = [];
  const given = new AbortController();
  let isDone = false;
  let wake = () => {};
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  async function* rows() {
    begin();
    for (;;) {
      for (const own of waiting.splice(0)) yield { input: undefined, own };
      if (isDone) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  const own = ["Image", "Code", "Reason"].map((name) => ({ name, kind: "text" }) as const);
  const either = AbortSignal.any([signal, given.signal]);
  const written = writeTable(path, { format, own }, rows(), { signal: either });
  // Awaited in its turn: its failure must not count as unhandled before that.
  written.catch(() => undefined);
  await Promise.race([begun, written]);
  const finish = () => {
    isDone = true;
    wake();
  };
  return {
    add: (unit, { code, sentence }) => {
      waiting.push([unit, code, sentence]);
      wake();
    },
    commit: () => {
      finish();
      return written;
    },
    discard: async () => {
      given.abort();
      finish();
      // What went wrong is told already: this is its tidying up.
      await written.catch(() => undefined);
    },
  };
}
