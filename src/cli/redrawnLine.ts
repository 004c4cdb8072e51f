import { printable } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

/** One line of a terminal that is drawn over and over, and what stands below it. */
export interface RedrawnLine {
  /**
   * Draws the line, cut to the terminal's width, unless it was drawn just now; `always` for the last state of a job.
   * @param below further lines, which fit the width
   */
  draw(text: string, always: boolean, below?: () => readonly string[]): void;
  /** Takes the line away, if there is one, so that a message can be written. */
  clear(): void;
}

/** How often a line is redrawn. */
const redrawMs = 100;
/** Narrower than this a terminal says nothing anyway. */
const leastColumns = 20;

/** Columns that a line may take: in the last one some terminals break it already. */
export function usableColumns({ columns }: Pick<Terminal, "columns">): number {
  return Math.max(leastColumns, columns - 1);
}

/** @param now milliseconds, to keep redrawing rare */
export function startRedrawnLine(
  terminal: Pick<Terminal, "redraw" | "columns">,
  now: () => number,
): RedrawnLine {
  let drawnMs = Number.NEGATIVE_INFINITY;
  let isDrawn = false;
  return {
    draw: (text, always, below = () => []) => {
      if (now() - drawnMs < redrawMs && !always) return;
      drawnMs = now();
      terminal.redraw(
        [printable(text).slice(0, usableColumns(terminal)), ...below().map(printable)].join("\n"),
      );
      isDrawn = true;
    },
    clear: () => {
      if (isDrawn) terminal.redraw("");
      isDrawn = false;
    },
  };
}
