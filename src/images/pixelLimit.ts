import { ImageFailure } from "./imageFailure.ts";

/** 268 megapixels: libvips' own limit, four times a large camera's picture. */
export const defaultMaxPixels = 268_402_689;

/** Longer than JPEG allows (65,535); the work on a strip one pixel wide goes with its length. */
const maxSidePx = 100_000;

/** @throws ImageFailure `too_many_pixels`, and `corrupt` for a side of no pixels */
export function requirePixels(widthPx: number, heightPx: number, maxPixels: number): void {
  if (!(Math.min(widthPx, heightPx) > 0)) {
    throw new ImageFailure("corrupt", "the file gives its picture's size as nothing");
  }
  if (Math.max(widthPx, heightPx) > maxSidePx) {
    throw new ImageFailure(
      "too_many_pixels",
      `${widthPx} x ${heightPx} pixels: a side is longer than ${maxSidePx}`,
    );
  }
  if (widthPx * heightPx <= maxPixels) return;
  const limit = (maxPixels / 1e6).toFixed(maxPixels < 1e7 ? 1 : 0);
  throw new ImageFailure(
    "too_many_pixels",
    `${widthPx} x ${heightPx} pixels are more than the limit of ${limit} megapixels`,
  );
}
