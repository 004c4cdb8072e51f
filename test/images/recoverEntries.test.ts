import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openArchive } from "../../src/images/openArchive.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { zipFile } from "./zipFile.ts";

/** An archive without its list of files, as a cut download leaves it. */
function withoutList(bytes: Buffer): string {
  const path = join(temporaryFolder(), "cut.zip");
  writeFileSync(path, bytes.subarray(0, bytes.readUInt32LE(bytes.length - 6)));
  return path;
}

it("finds no more ends by inflating than photographs would need: what comes then fails, and has its row", async () => {
  // Each becomes a thousand times as large. Of such archives one of a gigabyte would be inflated for half an hour.
  const zeros = Buffer.alloc(200_000_000);
  const entries = Array.from({ length: 8 }, (_, i) => ({
    name: `${i}.jpg`,
    bytes: zeros,
    sizesFollow: true,
  }));
  const { files, problem } = await openArchive(withoutList(zipFile(entries)));
  expect(problem?.code).toBe("truncated");
  const codes = files.map(({ failure }) => failure?.code);
  expect(codes).toHaveLength(8);
  expect(codes.slice(0, 5)).toEqual(Array(5).fill(undefined));
  expect(codes.slice(6)).toEqual(Array(2).fill("corrupt"));
});

it("measures files that photographs are like, however many", async () => {
  const entries = Array.from({ length: 300 }, (_, i) => ({
    name: `${String(i).padStart(3, "0")}.jpg`,
    bytes: Buffer.from(Array.from({ length: 2000 }, (_, k) => (k * k * (i + 7)) & 0xff)),
    sizesFollow: true,
  }));
  const { files } = await openArchive(withoutList(zipFile(entries)));
  expect(files.filter(({ failure }) => failure !== undefined)).toEqual([]);
  expect(files).toHaveLength(300);
});
