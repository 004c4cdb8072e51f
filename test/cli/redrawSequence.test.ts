import { describe, expect, it } from "vitest";
import { redrawSequence } from "../../src/cli/redrawSequence.ts";

const size = { columns: 40, rows: 24 };

/**
 * What a terminal shows after texts were written to it: an independent reading of the few sequences of ECMA-48 in use (CUU, EL, ED), with
 * rows that break at the width.
 */
function screenAfter(written: readonly string[], columns: number): readonly string[] {
  const rows: string[] = [""];
  let row = 0;
  let column = 0;
  for (const [token] of written
    .join("")
    .replaceAll("\x1b", "␛")
    .matchAll(/␛\[\d*[A-Z]|./gsu)) {
    const up = /^␛\[(\d+)A$/.exec(token);
    if (up !== null) row = Math.max(0, row - Number(up[1]));
    else if (token === "␛[2K") rows[row] = "";
    else if (token === "␛[J") {
      rows.splice(row + 1);
      rows[row] = (rows[row] as string).slice(0, column);
    } else if (token === "\r") column = 0;
    else if (token === "\n") {
      row += 1;
      rows[row] ??= "";
    } else {
      if (column === columns) [row, column] = [row + 1, 0];
      const before = (rows[row] ?? "").padEnd(column);
      rows[row] = before.slice(0, column) + token + before.slice(column + 1);
      column += 1;
    }
  }
  return rows;
}

describe("redrawSequence", () => {
  it("of one line in place of one is a return, an erased line and the text", () => {
    expect(redrawSequence(["before"], ["now"], size)).toBe("\r\x1b[2Know");
  });

  it("puts more lines, or fewer, in place of those before, and leaves the message above alone", () => {
    const blocks = [["a"], ["b 1", "b 2", "b 3"], ["c 1", "c 2"], [""]];
    const written = ["message\r\n"];
    blocks.forEach((block, i) => {
      written.push(redrawSequence(blocks[i - 1] ?? [], block, size));
      expect(screenAfter(written, 40)).toEqual(["message", ...block]);
    });
  });

  it("knows that a line which was drawn before the terminal became narrower takes two rows", () => {
    const wide = "x".repeat(30);
    const reflowed = ["message\r\n", `${wide}\r\n`, "y"];
    const sequence = redrawSequence([wide, "y"], ["z"], { columns: 20, rows: 24 });
    expect(screenAfter([...reflowed, sequence], 20)).toEqual(["message", "z"]);
  });

  it("counts wide letters as two columns", () => {
    expect(redrawSequence(["写".repeat(21)], [""], size)).toBe("\x1b[1A\r\x1b[2K\x1b[J");
  });

  it("leaves lines out that the terminal is too low for", () => {
    const lines = Array.from({ length: 9 }, (_, i) => `line ${i}`);
    expect(screenAfter([redrawSequence([], lines, { columns: 40, rows: 5 })], 40)).toEqual(lines.slice(0, 4));
  });
});
