import { decode } from "bmp-ts";
import { ImageFailure } from "./imageFailure.ts";
import { requirePixels } from "./pixelLimit.ts";
import type { Pixels } from "./resample.ts";

/**
 * Reads a BMP file's size from its header.
 * @throws ImageFailure `truncated`, `corrupt`, `too_many_pixels`
 */
export function readBmpSize(bytes: Buffer, maxPixels: number): Pick<Pixels, "widthPx" | "heightPx"> {
  const old = bytes.length >= 18 && bytes.readUInt32LE(14) === 12;
  // What is read of the header below ends at byte 26 or 34.
  if (bytes.length < (old ? 26 : 34)) {
    throw new ImageFailure("truncated", "the BMP file ends within its header");
  }
  const widthPx = old ? bytes.readUInt16LE(18) : bytes.readInt32LE(18);
  const heightPx = Math.abs(old ? bytes.readUInt16LE(20) : bytes.readInt32LE(22));
  if (widthPx <= 0 || heightPx === 0)
    throw new ImageFailure("corrupt", "the BMP file gives its size as nothing");
  requirePixels(widthPx, heightPx, maxPixels);
  const bitsPerPixel = bytes.readUInt16LE(old ? 24 : 28);
  const compression = old ? 0 : bytes.readUInt32LE(30);
  const uncompressed = compression === 0 || compression === 3 || compression === 6;
  const needed = bytes.readUInt32LE(10) + Math.ceil((widthPx * bitsPerPixel) / 32) * 4 * heightPx;
  if (uncompressed && needed > bytes.length) {
    throw new ImageFailure("truncated", "the BMP file ends before its picture does");
  }
  return { widthPx, heightPx };
}

/**
 * Decodes a BMP file to RGB `[heightPx, widthPx, 3]`; sharp does not read the format.
 * @throws ImageFailure `corrupt`
 */
export function decodeBmp(
  bytes: Buffer,
  { widthPx, heightPx }: Pick<Pixels, "widthPx" | "heightPx">,
): Pixels {
  try {
    const { data } = decode(bytes, { toRGBA: true });
    const rgb = new Uint8Array(widthPx * heightPx * 3);
    for (let from = 0, to = 0; to < rgb.length; from += 4) {
      rgb[to++] = data[from] as number;
      rgb[to++] = data[from + 1] as number;
      rgb[to++] = data[from + 2] as number;
    }
    return { data: rgb, widthPx, heightPx, channels: 3 };
  } catch (cause) {
    throw new ImageFailure("corrupt", "the BMP file is damaged", { cause });
  }
}
