import { execFileSync } from "node:child_process";
import { closeSync, openSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "./temporaryFolder.ts";

const program = join(import.meta.dirname, "streamTable.ts");
const rowBytes = 1000;

/** Writes `rowCount` rows of about `rowBytes` bytes. */
function writeRows(
  path: string,
  header: string,
  row: (number: number, filler: string) => string,
  rowCount: number,
): void {
  const filler = "words, and \u00e9 ".repeat(rowBytes / 12);
  const file = openSync(path, "w");
  writeSync(file, header);
  for (let from = 0; from < rowCount; from += 1000) {
    const count = Math.min(1000, rowCount - from);
    writeSync(file, Array.from({ length: count }, (_, index) => row(from + index, filler)).join(""));
  }
  closeSync(file);
}

describe("large tables", () => {
  it.each([
    ["csv", "id,image,text\n", (number: number, filler: string) => `${number},${number}.jpg,"${filler}"\n`],
    [
      "jsonl",
      "",
      (number: number, filler: string) => `{"id":${number},"image":"${number}.jpg","text":"${filler}"}\n`,
    ],
  ] as const)(
    "%s of 200 MB is read and written in memory that does not grow with it",
    (extension, header, row) => {
      const folder = temporaryFolder();
      const large = join(folder, `large.${extension}`);
      writeRows(large, header, row, 200_000);
      writeRows(join(folder, `small.${extension}`), header, row, 10_000);
      expect(statSync(large).size).toBeGreaterThan(200e6);
      const output = execFileSync(
        process.execPath,
        ["--max-semi-space-size=4", program, large, join(folder, `out.${extension}`)],
        {
          encoding: "utf8",
        },
      );
      const { count, grownMegabytes } = JSON.parse(output) as { count: number; grownMegabytes: number };
      expect(count).toBe(200_000);
      // Without the small nursery V8 lets short-lived objects pile up, whatever the size of the table.
      expect(grownMegabytes).toBeLessThan(50);
    },
  );
});
