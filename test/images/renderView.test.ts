import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { renderView } from "../../src/images/renderView.ts";
import type { ViewSpec } from "../../src/images/viewSpec.ts";
import { comparableImages, expectedPixels, readReferenceImage } from "./reference.ts";

const clip = (sizePx: number): ViewSpec => ({
  view: "center",
  sizePx,
  interpolation: "bicubic",
  alpha: "premultiplied",
  padColor: [123, 117, 104],
});
const squash: ViewSpec = { ...clip(64), view: "squash", alpha: "dropped" };

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] as number) - (b[i] as number));
  return sum / a.length;
}

describe("renderView against Pillow's pixels", () => {
  const kinds = [
    ["clip224", clip(224)],
    ["clip64", clip(64)],
    ["siglip64", squash],
  ] as const;
  for (const [kind, spec] of kinds) {
    it.each(comparableImages.map(({ image }) => image))(`equals ${kind} for %s`, async (image) => {
      const { pixels } = await renderView(readReferenceImage(image), spec);
      const limit = /\.jpe?g$/.test(image) ? 4 : 1;
      expect(meanDifference(pixels, await expectedPixels(image, kind))).toBeLessThanOrEqual(limit);
    });
  }
});

/** Left half red, right half blue. */
async function twoHalves(widthPx: number, heightPx: number): Promise<Buffer> {
  const half = { width: widthPx / 2, height: heightPx, channels: 3 as const };
  const blue = await sharp({ create: { ...half, background: "#0000ff" } })
    .png()
    .toBuffer();
  return sharp({ create: { ...half, width: widthPx, background: "#ff0000" } })
    .composite([{ input: blue, left: widthPx / 2, top: 0 }])
    .png()
    .toBuffer();
}

function pixelAt(pixels: Uint8Array, sizePx: number, x: number, y: number): number[] {
  return [...pixels.subarray((y * sizePx + x) * 3, (y * sizePx + x) * 3 + 3)];
}

describe("renderView's views", () => {
  it("pads with the model's mean colour and shows the whole picture", async () => {
    const { pixels } = await renderView(await twoHalves(400, 100), { ...clip(64), view: "pad" });
    expect(pixels.length).toBe(64 * 64 * 3);
    expect(pixelAt(pixels, 64, 32, 10)).toEqual([123, 117, 104]);
    expect(pixelAt(pixels, 64, 32, 50)).toEqual([123, 117, 104]);
    expect(pixelAt(pixels, 64, 2, 32)).toEqual([255, 0, 0]);
    expect(pixelAt(pixels, 64, 61, 32)).toEqual([0, 0, 255]);
  });

  it("squashes the whole picture into the square", async () => {
    const { pixels } = await renderView(await twoHalves(400, 100), { ...clip(64), view: "squash" });
    expect(pixelAt(pixels, 64, 1, 1)).toEqual([255, 0, 0]);
    expect(pixelAt(pixels, 64, 62, 62)).toEqual([0, 0, 255]);
  });

  it("shows only the middle in the view center", async () => {
    const { pixels } = await renderView(await twoHalves(400, 100), clip(64));
    // The square is the middle quarter: red and blue meet in its middle.
    expect(pixelAt(pixels, 64, 1, 32)).toEqual([255, 0, 0]);
    expect(pixelAt(pixels, 64, 62, 32)).toEqual([0, 0, 255]);
  });

  it("pads and enlarges small pictures too", async () => {
    const { pixels } = await renderView(await twoHalves(16, 8), { ...clip(64), view: "pad" });
    expect(pixelAt(pixels, 64, 32, 4)).toEqual([123, 117, 104]);
    expect(pixelAt(pixels, 64, 4, 32)).toEqual([255, 0, 0]);
  });

  it("turns a picture upright by its EXIF orientation", async () => {
    const upright = await twoHalves(200, 100);
    // Orientation 6: the stored picture has to be turned by 90 degrees clockwise to be upright.
    const stored = await sharp(upright).rotate(270).withMetadata({ orientation: 6 }).png().toBuffer();
    const turned = await renderView(stored, clip(64));
    expect([turned.widthPx, turned.heightPx]).toEqual([200, 100]);
    expect(turned.pixels).toEqual((await renderView(upright, clip(64))).pixels);
  });

  it("takes the first frame of an animation", async () => {
    const { heightPx } = await renderView(readReferenceImage("animated-3-frames.gif"), clip(64));
    expect(heightPx).toBe(120);
  });
});
