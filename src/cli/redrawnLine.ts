import { printable } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

/** One line of a terminal that is drawn over and over. */
export interface RedrawnLine {
  /** Draws the line, cut to the terminal's width, unless it was drawn just now; `always` for the last state of a job. */
  draw(text: string, always: boolean): void;
  /** Takes the line away, if there is one, so that a message can be written. */
  clear(): void;
}

/** How often a line is redrawn. */
const redrawMs = 100;
/** Narrower than this a terminal says nothing anyway. */
const leastColumns = 20;

/** @param now milliseconds, to keep redrawing rare */
export function startRedrawnLine(
  terminal: Pick<Terminal, "redraw" | "columns">,
  now: () => number,
): RedrawnLine {
  let drawnMs = Number.NEGATIVE_INFINITY;
  let isDrawn = false;
  return {
    draw: (text, always) => {
      if (now() - drawnMs < redrawMs && !always) return;
      drawnMs = now();
      terminal.redraw(printable(text).slice(0, Math.max(leastColumns, terminal.columns - 1)));
      isDrawn = true;
    },
    clear: () => {
      if (isDrawn) terminal.redraw("");
      isDrawn = false;
    },
  };
}
