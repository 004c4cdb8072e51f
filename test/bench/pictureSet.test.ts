import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { listPictures, writePictureSet } from "../../bench/pictureSet.ts";
import { varyPicture } from "../../bench/varyPicture.ts";
import { renderView } from "../../src/images/renderView.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

const view = {
  view: "center",
  sizePx: 32,
  interpolation: "bicubic",
  alpha: "dropped",
  padColor: [0, 0, 0],
} as const;

function gradient() {
  const pixels = Buffer.from(Array.from({ length: 60 * 40 * 3 }, (_, i) => (i * 7) % 256));
  return sharp(pixels, { raw: { width: 60, height: 40, channels: 3 } });
}

/** Chunks of a PNG (W3C, third edition, 5.3): what the sum is over, and the sum. */
function pngChunks(png: Buffer): readonly { type: string; body: Buffer; sum: number }[] {
  const chunks = [];
  for (let at = 8; at < png.length; ) {
    const end = at + 8 + png.readUInt32BE(at);
    const body = png.subarray(at + 4, end);
    chunks.push({ type: body.toString("latin1", 0, 4), body, sum: png.readUInt32BE(end) });
    at = end + 4;
  }
  return chunks;
}

describe("varyPicture", () => {
  for (const format of ["jpeg", "png"] as const) {
    it(`makes different bytes of a ${format} that decode to the same pixels without a warning`, async () => {
      const original = await gradient()
        .withExif({ IFD0: { Artist: "nobody" } })
        .toFormat(format)
        .toBuffer();
      const first = varyPicture(original, 1);
      const second = varyPicture(original, 2);
      expect(first.equals(second)).toBe(false);
      const expected = await renderView(original, view);
      for (const varied of [first, second]) {
        const rendered = await renderView(varied, view);
        expect(Buffer.from(rendered.pixels).equals(Buffer.from(expected.pixels))).toBe(true);
        expect(rendered.warning).toBeUndefined();
        expect((await sharp(varied).metadata()).exif).toEqual((await sharp(original).metadata()).exif);
      }
    });
  }

  it("writes chunks of PNG whose sums are right", async () => {
    const varied = varyPicture(await gradient().png().toBuffer(), 123);
    const chunks = pngChunks(varied);
    expect(chunks.slice(0, 2).map(({ type }) => type)).toEqual(["IHDR", "tEXt"]);
    expect(chunks.at(-1)?.type).toBe("IEND");
    for (const { body, sum } of chunks) expect(crc32(body)).toBe(sum);
    expect((await sharp(varied).metadata()).comments).toEqual([
      { keyword: "Comment", text: "benchmark picture 123" },
    ]);
  });

  it("refuses what is neither", () => {
    expect(() => varyPicture(Buffer.from("GIF89a"), 1)).toThrow("neither JPEG nor PNG");
  });
});

describe("writePictureSet", () => {
  it("writes as many different images as asked for, whatever the number of pictures", async () => {
    const folder = temporaryFolder();
    const originals = join(folder, "originals");
    mkdirSync(originals);
    for (const name of ["a.jpg", "b.png", "c.txt"]) {
      const format = name.endsWith("png") ? "png" : "jpeg";
      writeFileSync(join(originals, name), await gradient().toFormat(format).toBuffer());
    }
    const pictures = await listPictures(originals);
    expect(pictures).toHaveLength(2);
    await writePictureSet(join(folder, "one"), pictures, 5);
    await writePictureSet(join(folder, "two"), pictures, 3, 5);
    const files = ["one", "two"].flatMap((set) =>
      readdirSync(join(folder, set)).map((name) => join(folder, set, name)),
    );
    expect(files).toHaveLength(8);
    const digests = files.map((file) => createHash("sha256").update(readFileSync(file)).digest("hex"));
    expect(new Set(digests).size).toBe(8);
  });

  it("takes the pictures in one order every time", async () => {
    const folder = temporaryFolder();
    for (let i = 0; i < 20; i++) writeFileSync(join(folder, `${i}.jpg`), "");
    const once = await listPictures(folder);
    expect(await listPictures(folder)).toEqual(once);
    expect(once).not.toEqual([...once].sort());
  });

  it("says so when a folder has no pictures", async () => {
    await expect(listPictures(temporaryFolder())).rejects.toThrow("no JPEG or PNG pictures");
    await expect(listPictures(join(temporaryFolder(), "none"))).rejects.toThrow("cannot be read");
  });
});
