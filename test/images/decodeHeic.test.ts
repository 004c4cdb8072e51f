import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { decodeHeic } from "../../src/images/decodeHeic.ts";
import { heifDecoder } from "../../src/images/heifDecoder.ts";
import { openPicture } from "../../src/images/openPicture.ts";
import { defaultMaxPixels } from "../../src/images/pixelLimit.ts";
import { renderView } from "../../src/images/renderView.ts";
import type { Pixels } from "../../src/images/resample.ts";
import { codeOf } from "./codeOf.ts";
import { heicDrawing } from "./heicDrawing.ts";
import {
  box,
  heicGrid,
  heicWith,
  heifFile,
  imir,
  irot,
  ispe,
  plainPicture,
  readHeic,
  u16,
} from "./heifFile.ts";

const decode = (bytes: Buffer, maxPixels = defaultMaxPixels) => decodeHeic(bytes, "HEIC", maxPixels);

function largestDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0);
}

const raw = ({ data, widthPx, heightPx, channels }: Pixels) =>
  sharp(data, { raw: { width: widthPx, height: heightPx, channels: channels as 3 | 4 } });

describe("decodeHeic", () => {
  it.each([
    ["plain", 3, 1],
    ["alpha", 4, 1],
    // heif-convert writes 10 bits as 16, of which sharp takes the upper 8.
    ["ten-bit", 3, 1],
  ] as const)(
    "gives the drawing of %s.heic, and what heif-convert 1.15.1 gives",
    async (name, channels, atMost) => {
      const decoded = await decode(readHeic(`${name}.heic`));
      expect(decoded).toMatchObject({ widthPx: 96, heightPx: 64, channels });
      const drawing = heicDrawing(channels);
      if (channels === 3) expect(largestDifference(decoded.data, drawing)).toBeLessThanOrEqual(3);
      const png = sharp(join(import.meta.dirname, `../fixtures/heic/${name}.heif-convert.png`));
      const converted = await png.toColourspace("srgb").raw({ depth: "uchar" }).toBuffer();
      expect(largestDifference(decoded.data, converted)).toBeLessThanOrEqual(atMost);
    },
  );

  it.each(["alpha", "premultiplied"])("keeps colours and opacity of %s.heic", async (name) => {
    const decoded = await decode(readHeic(`${name}.heic`));
    const drawing = heicDrawing(4);
    let largest = 0;
    for (let at = 0; at < drawing.length; at++) {
      // What cannot be seen has no colour; round half visible parts the coding blurs.
      const alpha = drawing[at - (at % 4) + 3] as number;
      const x = Math.floor(at / 4) % 96;
      const isAtEdge = Math.min(Math.abs(x - 24), Math.abs(x - 48)) <= 4;
      if ((alpha === 0 && at % 4 < 3) || isAtEdge) continue;
      largest = Math.max(largest, Math.abs((decoded.data[at] as number) - (drawing[at] as number)));
    }
    expect(largest).toBeLessThanOrEqual(6);
  });

  it("turns and mirrors as the file says, as heif-convert 1.15.1 does", async () => {
    const plain = await decode(heicWith());
    expect(plain.data).toEqual((await decode(readHeic("plain.heic"))).data);
    for (const quarters of [0, 1, 2, 3]) {
      const turned = await decode(heicWith(irot(quarters)));
      const expected = await raw(plain)
        .rotate(360 - 90 * quarters)
        .raw()
        .toBuffer();
      expect(Buffer.from(turned.data).equals(expected), `${quarters}`).toBe(true);
      expect(turned.widthPx).toBe(quarters % 2 === 0 ? 96 : 64);
    }
    const upsideDown = await decode(heicWith(imir(0)));
    expect(Buffer.from(upsideDown.data).equals(await raw(plain).flip().raw().toBuffer())).toBe(true);
    const mirrored = await decode(heicWith(imir(1)));
    expect(Buffer.from(mirrored.data).equals(await raw(plain).flop().raw().toBuffer())).toBe(true);
    const both = await decode(heicWith(irot(1), imir(0)));
    const turnedThenFlipped = await raw(await decode(heicWith(irot(1))))
      .flip()
      .raw()
      .toBuffer();
    expect(Buffer.from(both.data).equals(turnedThenFlipped)).toBe(true);
  });

  it("puts the tiles of a grid together, and turns the whole", async () => {
    const tile = await decode(heicWith());
    const grid = await decode(heicGrid());
    expect(grid).toMatchObject({ widthPx: 180, heightPx: 120, channels: 3 });
    for (const [x, y] of [
      [5, 5],
      [100, 10],
      [170, 119],
      [95, 63],
      [96, 64],
    ] as const) {
      const at = (y * 180 + x) * 3;
      const inTile = ((y % 64) * 96 + (x % 96)) * 3;
      expect([...grid.data.subarray(at, at + 3)]).toEqual([...tile.data.subarray(inTile, inTile + 3)]);
    }
    const turned = await decode(heicGrid(irot(1)));
    expect(turned).toMatchObject({ widthPx: 120, heightPx: 180 });
    expect(Buffer.from(turned.data).equals(await raw(grid).rotate(270).raw().toBuffer())).toBe(true);
  });

  it("does not turn a picture by its EXIF orientation, alone or besides the file's own turn", async () => {
    const exif = readHeic("exif.heic");
    expect(exif.includes("Exif")).toBe(true);
    expect(await openPicture(exif)).toMatchObject({ widthPx: 96, heightPx: 64, format: "HEIC" });
    expect(largestDifference((await decode(exif)).data, heicDrawing())).toBeLessThanOrEqual(5);
    const { hvcC, coded } = plainPicture();
    // Orientation 6 in a big-endian TIFF, behind four bytes that say where it begins (ISO/IEC 23008-12, A.2.1).
    const tags = Buffer.from([0, 0, 0, 0, 77, 77, 0, 42, 0, 0, 0, 8, ...u16(1, 0x112, 3, 0, 1, 6, 0, 0, 0)]);
    const both = heifFile([
      { type: "hvc1", data: coded, properties: [hvcC, ispe(96, 64), irot(3)] },
      { type: "Exif", data: tags, refersTo: ["cdsc", [1]] },
    ]);
    expect((await decode(both)).data).toEqual((await decode(heicWith(irot(3)))).data);
  });

  it("takes the primary picture of several", async () => {
    const { data } = await decode(readHeic("two.heic"));
    expect(largestDifference(data, heicDrawing())).toBeLessThanOrEqual(5);
  });

  it("reads a file whose data go on to its end without saying how long they are", async () => {
    const { hvcC, coded } = plainPicture();
    const items = [{ type: "hvc1", data: coded, properties: [hvcC, ispe(96, 64)] }];
    const file = heifFile(items, { openEnded: true });
    expect((await decode(file)).data).toEqual((await decode(heicWith())).data);
    expect(await codeOf(decode(file.subarray(0, file.length - 9)))).toBe("truncated");
  });

  it("is what openPicture and renderView show", async () => {
    const view = { view: "squash", sizePx: 32, interpolation: "bicubic", padColor: [0, 0, 0] } as const;
    const shown = await renderView(readHeic("alpha.heic"), { ...view, alpha: "dropped" });
    expect(shown).toMatchObject({ format: "HEIC", widthPx: 96, heightPx: 64, warning: undefined });
    expect(await openPicture(readHeic("alpha.heic"))).toMatchObject({ hasAlpha: true });
  });
});

describe("decodeHeic refuses", () => {
  it("a file that was cut off, wherever", async () => {
    for (const name of ["plain", "alpha", "ten-bit", "two"]) {
      const whole = readHeic(`${name}.heic`);
      for (let length = 40; length < whole.length; length += 53) {
        expect(await codeOf(openPicture(whole.subarray(0, length))), `${name} ${length}`).toBe("truncated");
      }
    }
  });

  it("a hole of zeros, which its decoder takes for a picture", async () => {
    const { coded } = plainPicture();
    const file = heicWith();
    const from = file.length - coded.length + 120;
    expect(await codeOf(openPicture(Buffer.from(file).fill(0, from, from + 64)))).toBe("corrupt");
  });

  it("a size that is not the coded one, before and after the limit", async () => {
    const { hvcC, coded } = plainPicture();
    const sized = (widthPx: number, heightPx: number) =>
      decode(heifFile([{ type: "hvc1", data: coded, properties: [hvcC, ispe(widthPx, heightPx)] }]));
    expect(await codeOf(sized(95, 63))).toBe("corrupt");
    expect(await codeOf(sized(960, 640))).toBe("corrupt");
    expect(await codeOf(sized(0, 64))).toBe("corrupt");
    expect(await codeOf(sized(20_000, 20_000))).toBe("too_many_pixels");
    expect(await codeOf(sized(70_000, 70_000))).toBe("too_many_pixels");
    expect(await codeOf(decode(heicWith(), 96 * 64 - 1))).toBe("too_many_pixels");
    expect(await codeOf(decode(heicWith(), 96 * 64))).toBe("no failure");
  });

  it("a grid that lacks a tile", async () => {
    const { hvcC, coded } = plainPicture();
    const tile = { type: "hvc1", data: coded, properties: [hvcC, ispe(96, 64)] };
    const grid = (ids: number[], broken: Buffer) =>
      heifFile([
        {
          type: "grid",
          data: Buffer.from([0, 0, 0, 1, ...u16(192, 64)]),
          properties: [ispe(192, 64)],
          refersTo: ["dimg", ids],
        },
        tile,
        { ...tile, data: broken },
      ]);
    expect(await codeOf(decode(grid([2, 3], coded)))).toBe("no failure");
    expect(await codeOf(decode(grid([2], coded)))).toBe("corrupt");
    expect(await codeOf(decode(grid([2, 9], coded)))).toBe("corrupt");
    expect(await codeOf(decode(grid([2, 1], coded)))).toBe("corrupt");
    expect(await codeOf(decode(grid([2, 3], coded.subarray(0, 60))))).toBe("corrupt");
  });

  it("other ways of coding by their name, and boxes that make no sense", async () => {
    const av1 = heifFile([{ type: "av01", data: Buffer.alloc(9, 1), properties: [ispe(96, 64)] }]);
    expect(["unsupported_format", "corrupt"]).toContain(await codeOf(decode(av1)));
    const j2k = heifFile([
      { type: "j2k1", data: Buffer.alloc(9, 1), properties: [box("j2kH", [0]), ispe(96, 64)] },
    ]);
    expect(["unsupported_format", "corrupt"]).toContain(await codeOf(decode(j2k)));
    expect(await codeOf(decode(heicWith(box("irot", []))))).toBe("corrupt");
    expect(await codeOf(decode(heifFile([{ type: "iovl", data: Buffer.alloc(2) }])))).toBe("corrupt");
  });
});

describe("the decoder's memory", () => {
  it("does not grow over a thousand pictures, whole and broken", async () => {
    const whole = readHeic("alpha.heic");
    const { hvcC, coded } = plainPicture();
    const broken = heifFile([
      { type: "hvc1", data: coded.subarray(0, 70), properties: [hvcC, ispe(96, 64)] },
    ]);
    await decode(whole);
    await codeOf(decode(broken));
    const heif = await heifDecoder();
    const inUse = () => {
      // The next free place goes up with each piece that was not given back.
      const at = heif._malloc(1 << 20);
      heif._free(at);
      return at;
    };
    const before = inUse();
    for (let i = 0; i < 500; i++) {
      await decode(whole);
      expect(await codeOf(decode(broken))).toBe("corrupt");
      expect(await codeOf(decode(whole, 1))).toBe("too_many_pixels");
    }
    expect(await heifDecoder()).toBe(heif);
    expect(Math.abs(inUse() - before)).toBeLessThan(65_536);
  });

  it("is given back after a large picture", async () => {
    const { hvcC, coded } = plainPicture("flat.heic");
    const tile = { type: "hvc1", data: coded, properties: [hvcC, ispe(1024, 1024)] };
    const before = await heifDecoder();
    const large = heifFile([
      {
        type: "grid",
        data: Buffer.from([0, 0, 4, 5, ...u16(6 * 1024, 5 * 1024)]),
        properties: [ispe(6 * 1024, 5 * 1024)],
        refersTo: ["dimg", Array.from({ length: 30 }, (_, i) => i + 2)],
      },
      ...Array.from({ length: 30 }, () => tile),
    ]);
    expect(await decode(large)).toMatchObject({ widthPx: 6144, heightPx: 5120 });
    const after = await heifDecoder();
    expect(after).not.toBe(before);
    expect(after.HEAPU8.length).toBeLessThan(64 * 2 ** 20);
  });
});
