import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/seededRandom.ts";
import { lineDiff } from "../../../web/codebook/lineDiff.ts";

function marks(before: string, after: string): readonly string[] {
  return lineDiff(before, after).map(
    ({ kind, before: a, after: b }) => `${kind} ${a?.text ?? "-"}|${b?.text ?? "-"}`,
  );
}

describe("lineDiff", () => {
  it("puts lines that replace others beside them, and others alone", () => {
    expect(marks("a\nb\nc\nd\n", "a\nB\nc\nnew\nd\n")).toEqual([
      "same a|a",
      "changed b|B",
      "same c|c",
      "added -|new",
      "same d|d",
    ]);
    expect(marks("a\nb\nc", "a\nc")).toEqual(["same a|a", "removed b|-", "same c|c"]);
  });

  it("takes both ends of lines, and no end at the last one", () => {
    expect(marks("a\r\nb\r\n", "a\nb")).toEqual(["same a|a", "same b|b"]);
    expect(marks("", "a\n")).toEqual(["added -|a"]);
    expect(marks("", "")).toEqual([]);
  });

  it("numbers the lines of both texts without leaving one out", () => {
    const rows = lineDiff("a\nb\nc\nx", "b\nc\ny\nz\nx");
    expect(rows.flatMap(({ before }) => before?.line ?? [])).toEqual([1, 2, 3, 4]);
    expect(rows.flatMap(({ after }) => after?.line ?? [])).toEqual([1, 2, 3, 4, 5]);
  });

  it("keeps as many lines as diff --minimal does", () => {
    const folder = mkdtempSync(join(tmpdir(), "clipbook-diff-"));
    const random = seededRandom(7);
    for (let round = 0; round < 20; round++) {
      const write = (name: string) => {
        const lines = Array.from({ length: 30 }, () => "abcdef"[Math.floor(random() * 6)]);
        writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
        return `${lines.join("\n")}\n`;
      };
      const [before, after] = [write("before"), write("after")];
      const same = lineDiff(before, after).filter(({ kind }) => kind === "same").length;
      expect(same).toBe(30 - removedByDiff(folder));
    }
    rmSync(folder, { recursive: true });
  });
});

/** Lines of `before` that GNU diff does not find in `after`. */
function removedByDiff(folder: string): number {
  // diff exits with 1 where the files differ.
  const out = execFileSync("sh", ["-c", "diff --minimal before after || true"], { cwd: folder });
  return out
    .toString()
    .split("\n")
    .filter((line) => line.startsWith("<")).length;
}
