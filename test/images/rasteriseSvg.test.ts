import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { rasteriseSvg } from "../../src/images/rasteriseSvg.ts";

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><rect width="64" height="48" fill="#20c040"/><circle cx="32" cy="24" r="12" fill="#fff"/></svg>`;
const read = () => sharp(Buffer.from(drawing)).raw().toBuffer();

describe("rasteriseSvg", () => {
  it("draws one pixel per unit, in the wanted format and without alpha", async () => {
    for (const format of ["jpeg", "png", "webp"] as const) {
      const { data, info } = await sharp(await rasteriseSvg(drawing, { format }))
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([info.width, info.height, info.channels]).toEqual([64, 48, 3]);
      expect((await sharp(await rasteriseSvg(drawing, { format })).metadata()).format).toBe(format);
      const corner = [...data.subarray(0, 3)];
      [0x20, 0xc0, 0x40].forEach((value, channel) => {
        expect(Math.abs((corner[channel] as number) - value)).toBeLessThan(8);
      });
    }
  });

  it("gives the same bytes for the same drawing", async () => {
    for (const format of ["jpeg", "png", "webp"] as const) {
      expect(await rasteriseSvg(drawing, { format })).toEqual(await rasteriseSvg(drawing, { format }));
    }
  });

  it("writes smaller files with less quality", async () => {
    const low = await rasteriseSvg(drawing, { format: "jpeg", quality: 20 });
    const high = await rasteriseSvg(drawing, { format: "jpeg", quality: 95 });
    expect(low.length).toBeLessThan(high.length);
  });

  it("leaves the SVG loader closed, also after several calls at once and after a drawing that is not one", async () => {
    await rasteriseSvg(drawing, { format: "png" });
    await expect(read()).rejects.toThrow(/operation is blocked|unsupported image format/);
    const calls = Array.from({ length: 6 }, () => rasteriseSvg(drawing, { format: "png" }));
    const broken = rasteriseSvg("<svg", { format: "png" });
    await expect(broken).rejects.toThrow();
    expect(await Promise.all(calls)).toHaveLength(6);
    await expect(read()).rejects.toThrow(/operation is blocked|unsupported image format/);
  });
});
