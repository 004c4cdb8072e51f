import { displayWidth } from "./displayWidth.ts";

/**
 * What puts lines in place of those that were drawn before, and leaves the cursor at the end of the last one.
 * @param drawn the lines that stand above the cursor, its own the last
 * @param lines without characters that move the cursor; those that the terminal is too low for are left out, or it would scroll
 * @param size of the terminal now: what was drawn may have been broken since by a narrower one
 */
export function redrawSequence(
  drawn: readonly string[],
  lines: readonly string[],
  { columns, rows }: { readonly columns: number; readonly rows: number },
): string {
  const taken = drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(displayWidth(line) / columns)), 0);
  // A row below the last one stays free for the next message.
  const shown = lines.slice(0, Math.max(1, rows - 1));
  const up = taken > 1 ? `\x1b[${taken - 1}A` : "";
  const rest = taken > shown.length ? "\x1b[J" : "";
  return `${up}\r${shown.map((line) => `\x1b[2K${line}`).join("\r\n")}${rest}`;
}
