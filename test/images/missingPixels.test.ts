import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { isCutShort } from "../../src/images/isCutShort.ts";
import { jpegScans } from "../../src/images/jpegScans.ts";
import { maybeFirstGifFrame } from "../../src/images/maybeFirstGifFrame.ts";
import { openPicture } from "../../src/images/openPicture.ts";
import {
  drawnPixels,
  drawnHeightPx as height,
  drawnWidthPx as width,
} from "../fixtures/faults/drawnPixels.ts";
import { stripsTiff, tiffFile } from "../fixtures/faults/tiffFile.ts";

const drawing = () => sharp(drawnPixels(), { raw: { width, height, channels: 3 } });

async function warningOf(bytes: Buffer): Promise<string | undefined> {
  const picture = await openPicture(bytes);
  return (await picture.render((sharp) => sharp.raw().toBuffer())).warning;
}

describe("jpegScans", () => {
  it("finds the scans, the frame and the end, and what is missing", async () => {
    const baseline = jpegScans(await drawing().jpeg().toBuffer());
    expect(baseline).toMatchObject({ count: 1, missing: "none" });
    expect(baseline.frame).toEqual({ marker: 0xc0, bits: 8, widthPx: width, heightPx: height });
    expect(baseline.coded).toHaveLength(1);
    const progressive = await drawing().jpeg({ progressive: true }).toBuffer();
    const whole = jpegScans(progressive);
    expect(whole.count).toBeGreaterThan(4);
    expect(whole).toMatchObject({ missing: "none", endAt: progressive.length - 2 });
    expect(whole.frame?.marker).toBe(0xc2);
    expect(jpegScans(progressive.subarray(0, -2)).endAt).toBeUndefined();
    expect(jpegScans(Buffer.alloc(0))).toEqual({
      endAt: undefined,
      coded: [],
      count: 0,
      frame: undefined,
      missing: "none",
    });
  });

  it("tells a progressive JPEG that ends between two scans: less sharp, which is a warning; without colours, refused", async () => {
    const progressive = await drawing().jpeg({ progressive: true }).toBuffer();
    const { coded } = jpegScans(progressive);
    const upTo = (scan: number) =>
      Buffer.concat([progressive.subarray(0, coded[scan]?.[1]), Buffer.from([0xff, 0xd9])]);
    expect(await warningOf(progressive)).toBeUndefined();
    expect(jpegScans(upTo(coded.length - 2)).missing).toBe("details");
    expect(await warningOf(upTo(coded.length - 2))).toMatch(/less sharp/);
    const noScan = Buffer.concat([
      progressive.subarray(0, (coded[0]?.[0] ?? 0) - 14),
      Buffer.from([0xff, 0xd9]),
    ]);
    await expect(warningOf(noScan)).rejects.toMatchObject({ code: "corrupt" });
  });
});

describe("openPicture", () => {
  // Smooth and grey as many scans are, and of a size that is no multiple of a block.
  const smooth = () =>
    drawing().resize(236, 177, { fit: "fill" }).grayscale().blur(3).jpeg({ quality: 80 }).toBuffer();

  it("refuses a JPEG whose decoder runs out of bytes because some are lost in the middle", async () => {
    const whole = await smooth();
    const [start, end] = jpegScans(whole).coded[0] as readonly [number, number];
    expect(await warningOf(whole)).toBeUndefined();
    for (let tenth = 1; tenth <= 8; tenth++) {
      const from = start + Math.floor(((end - start) * tenth) / 10);
      const lossy = Buffer.concat([whole.subarray(0, from), whole.subarray(from + 20)]);
      await expect(warningOf(lossy), `${tenth}`).rejects.toMatchObject({ code: "corrupt" });
    }
  });

  it("refuses a JPEG that ends in bytes that only fill", async () => {
    const whole = await smooth();
    const [start, end] = jpegScans(whole).coded[0] as readonly [number, number];
    const from = Math.floor(start + (end - start) * 0.4);
    const filled = Buffer.from(whole).fill(0xff, from, end);
    expect(jpegScans(filled).coded).toEqual([[start, from]]);
    await expect(warningOf(filled)).rejects.toMatchObject({ code: "corrupt" });
  });
});

describe("isCutShort", () => {
  it("follows a TIFF's directory, its values, and its strips to the end", () => {
    const whole = stripsTiff();
    expect(isCutShort("TIFF", whole)).toBe(false);
    expect(isCutShort("TIFF", whole.subarray(0, -1))).toBe(true);
    expect(isCutShort("TIFF", whole.subarray(0, 150))).toBe(true);
    expect(isCutShort("TIFF", whole.subarray(0, 12))).toBe(true);
    expect(isCutShort("TIFF", tiffFile([[305, 2, 40, 60]], Buffer.alloc(8)))).toBe(true);
    expect(isCutShort("TIFF", tiffFile([[305, 99, 40, 60]], Buffer.alloc(8)))).toBe(false);
    // A bomb's count is not allocated.
    expect(isCutShort("TIFF", tiffFile([[273, 4, 0xffff_ffff, 26]], Buffer.alloc(8)))).toBe(true);
  });
});

describe("maybeFirstGifFrame", () => {
  it("counts the pixels of the first picture only", async () => {
    const gif = await drawing().gif().toBuffer();
    expect(maybeFirstGifFrame(gif)?.at(-1)).toBe(0x3b);
    const frame = gif.indexOf(Buffer.from([0x2c, 0, 0, 0, 0]));
    const taller = Buffer.from(gif);
    taller.writeUInt16LE(height + 1, frame + 7);
    expect(maybeFirstGifFrame(taller)).toBeUndefined();
    expect(maybeFirstGifFrame(gif.subarray(0, -4))).toBeUndefined();
    expect(maybeFirstGifFrame(deflateSync(gif))).toBeUndefined();
  });

  it("makes later pictures' faults harmless, and tells an end that came early", async () => {
    const film = await sharp(Buffer.concat([drawnPixels(), drawnPixels().map((value) => 255 - value)]), {
      raw: { width, height: height * 2, channels: 3, pageHeight: height },
    })
      .gif()
      .toBuffer();
    expect(await warningOf(film)).toBeUndefined();
    expect(await warningOf(film.subarray(0, Math.floor(film.length * 0.8)))).toMatch(/ends early/);
    await expect(warningOf(film.subarray(0, Math.floor(film.length * 0.3)))).rejects.toMatchObject({
      code: "truncated",
    });
  });
});
