import { decode } from "bmp-ts";
import { decodeBmpPalette } from "./decodeBmpPalette.ts";
import { convertFirst } from "./fileSignatures.ts";
import { ImageFailure } from "./imageFailure.ts";
import { requirePixels } from "./pixelLimit.ts";
import type { Pixels } from "./resample.ts";

/**
 * Decodes a BMP file to RGB `[heightPx, widthPx, 3]`; sharp does not read the format.
 * @throws ImageFailure `truncated`, `corrupt`, `too_many_pixels`, `unsupported_format`
 */
export function decodeBmp(bytes: Buffer, maxPixels: number): Pixels {
  const old = bytes.length >= 18 && bytes.readUInt32LE(14) === 12;
  // What is read of the header below ends at byte 26 or 34.
  if (bytes.length < (old ? 26 : 34)) {
    throw new ImageFailure("truncated", "the BMP file ends within its header");
  }
  const widthPx = old ? bytes.readUInt16LE(18) : bytes.readInt32LE(18);
  const storedHeight = old ? bytes.readUInt16LE(20) : bytes.readInt32LE(22);
  const heightPx = Math.abs(storedHeight);
  if (widthPx <= 0 || heightPx === 0)
    throw new ImageFailure("corrupt", "the BMP file gives its size as nothing");
  requirePixels(widthPx, heightPx, maxPixels);
  const bitsPerPixel = bytes.readUInt16LE(old ? 24 : 28);
  const compression = old ? 0 : bytes.readUInt32LE(30);
  const uncompressed = compression === 0 || compression === 3 || compression === 6;
  const pixelsAt = bytes.readUInt32LE(10);
  const needed = pixelsAt + Math.ceil((widthPx * bitsPerPixel) / 32) * 4 * heightPx;
  if (uncompressed && needed > bytes.length) {
    throw new ImageFailure("truncated", "the BMP file ends before its picture does");
  }
  if ([1, 4, 8].includes(bitsPerPixel)) {
    const hasRuns = (compression === 1 && bitsPerPixel === 8) || (compression === 2 && bitsPerPixel === 4);
    if (compression !== 0 && !hasRuns) throw new ImageFailure("corrupt", "the BMP file is damaged");
    return decodeBmpPalette(bytes, {
      widthPx,
      heightPx,
      isTopDown: storedHeight < 0,
      bits: bitsPerPixel,
      compression,
      coloursAt: 14 + bytes.readUInt32LE(14),
      colourBytes: old ? 3 : 4,
      pixelsAt,
    });
  }
  if (compression === 4 || compression === 5) {
    const name = compression === 4 ? "JPEG" : "PNG";
    throw new ImageFailure(
      "unsupported_format",
      `BMP with a ${name} inside is not supported: ${convertFirst}`,
    );
  }
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
