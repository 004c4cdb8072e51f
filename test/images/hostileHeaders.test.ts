import { writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recoverEntries } from "../../src/images/archive/recoverEntries.ts";
import { heifExtents } from "../../src/images/heifItems.ts";
import { tiffEndsEarly } from "../../src/images/tiffEndsEarly.ts";
import { type TiffEntry, tiffFile } from "../fixtures/faults/tiffFile.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { zipFile } from "./zipFile.ts";

// Each of these would go on for hours if it were believed.
describe("a header that claims the same bytes again and again", () => {
  it("of a TIFF's directory: 60,000 entries of which each is the whole file", () => {
    const mebibyte = 2 ** 20;
    const entries = Array.from({ length: 60_000 }, (): TiffEntry => [700, 1, mebibyte, 0]);
    const offsets = Array.from({ length: 500 }, (): TiffEntry => [273, 1, mebibyte, 0]);
    expect(tiffEndsEarly(tiffFile([...entries, ...offsets], Buffer.alloc(mebibyte)))).toBe(false);
  });

  it("of a HEIF file's items: 100,000 of which each has 65,535 extents of no bytes", () => {
    const item = Buffer.alloc(10);
    item.writeUInt16BE(1, 4);
    item.writeUInt16BE(0xffff, 8);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(100_000);
    const iloc = box("iloc", Buffer.from([2, 0, 0, 0, 0, 0]), count, Buffer.alloc(1_000_000, item));
    expect(heifExtents(box("meta", Buffer.alloc(4), iloc))).toEqual([]);
  });

  it("of an archive that was cut off: files that have no end are not all inflated to look for it", async () => {
    const endless = (name: string) => {
      const whole = zipFile([{ name, bytes: Buffer.alloc(1), sizesFollow: true }]);
      return Buffer.concat([whole.subarray(0, 30 + name.length), storedOpen(600), Buffer.from([7])]);
    };
    const last = zipFile([{ name: "d.jpg", bytes: Buffer.from("whole") }]);
    const path = join(temporaryFolder(), "a.zip");
    writeFileSync(path, Buffer.concat([...["a.jpg", "b.jpg", "c.jpg"].map(endless), last.subarray(0, -60)]));
    const file = await open(path);
    const entries = await recoverEntries(file, (await file.stat()).size, 3_000);
    await file.close();
    expect(entries.map(({ name, failure }) => [name, failure?.message])).toEqual([
      ["a.jpg", "the archive is damaged at this file"],
      ["b.jpg", "the archive is damaged at this file"],
      ["c.jpg", expect.stringContaining("to find the ends of so many files takes too long")],
      ["d.jpg", undefined],
    ]);
  });
});

/** A box of an ISO base media file: its length, its type, its content. */
function box(type: string, ...content: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(8);
  const body = Buffer.concat(content);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
}

/** A block of deflated data that is stored, with others to follow (RFC 1951, 3.2.4). */
function storedOpen(length: number): Buffer {
  const block = Buffer.alloc(5 + length);
  block.writeUInt16LE(length, 1);
  block.writeUInt16LE(0xffff - length, 3);
  return block;
}
