import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { renderView, type ViewSpec } from "../../src/images/renderView.ts";
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
      const d = meanDifference(pixels, await expectedPixels(image, kind));
      if (process.env.SHOW) console.log(kind, image, d);
      expect(d).toBeLessThanOrEqual(limit);
    });
  }
});
