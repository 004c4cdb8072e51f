import { ImageFailure } from "./imageFailure.ts";

/** 268 megapixels: libvips' own limit, four times a large camera's picture. */
export const defaultMaxPixels = 268_402_689;

/** @throws ImageFailure `too_many_pixels` */
export function requirePixels(widthPx: number, heightPx: number, maxPixels: number): void {
  if (widthPx * heightPx <= maxPixels) return;
  const limit = (maxPixels / 1e6).toFixed(maxPixels < 1e7 ? 1 : 0);
  throw new ImageFailure(
    "too_many_pixels",
    `${widthPx} x ${heightPx} pixels are more than the limit of ${limit} megapixels`,
  );
}
