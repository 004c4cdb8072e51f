import { decode } from "bmp-ts";
import { decodeBmpPalette } from "./decodeBmpPalette.ts";
import { convertFirst } from "./fileSignatures.ts";
import { ImageFailure } from "./imageFailure.ts";
import { requirePixels } from "./pixelLimit.ts";
import type { Pixels } from "./resample.ts";

/** What a BMP file's header says of its picture. */
export interface BmpHeader {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Rows from the top on; else from the bottom on. */
  readonly isTopDown: boolean;
  readonly bitsPerPixel: number;
  /** Microsoft's number: 0 none, 1 and 2 runs, 3 and 6 bit fields, 4 a JPEG and 5 a PNG inside. */
  readonly compression: number;
  /** Where the palette begins, and what a colour of it takes. */
  readonly coloursAt: number;
  readonly colourBytes: 3 | 4;
  readonly pixelsAt: number;
}

/**
 * Reads a BMP file's header.
 * @throws ImageFailure `truncated`, `corrupt`, `too_many_pixels`, `unsupported_format`
 */
export function readBmpHeader(bytes: Buffer, maxPixels: number): BmpHeader {
  const old = bytes.length >= 18 && bytes.readUInt32LE(14) === 12;
  // What is read of the header below ends at byte 26 or 34.
  if (bytes.length < (old ? 26 : 34)) {
    throw new ImageFailure("truncated", "the BMP file ends within its header");
  }
  const widthPx = old ? bytes.readUInt16LE(18) : bytes.readInt32LE(18);
  const storedHeight = old ? bytes.readUInt16LE(20) : bytes.readInt32LE(22);
  const heightPx = Math.abs(storedHeight);
  requirePixels(widthPx, heightPx, maxPixels);
  const bitsPerPixel = bytes.readUInt16LE(old ? 24 : 28);
  const compression = old ? 0 : bytes.readUInt32LE(30);
  const uncompressed = compression === 0 || compression === 3 || compression === 6;
  const pixelsAt = bytes.readUInt32LE(10);
  const needed = pixelsAt + Math.ceil((widthPx * bitsPerPixel) / 32) * 4 * heightPx;
  if (uncompressed && needed > bytes.length) {
    throw new ImageFailure("truncated", "the BMP file ends before its picture does");
  }
  if (compression === 4 || compression === 5) {
    const name = compression === 4 ? "JPEG" : "PNG";
    throw new ImageFailure(
      "unsupported_format",
      `BMP with a ${name} inside is not supported: ${convertFirst}`,
    );
  }
  return {
    widthPx,
    heightPx,
    isTopDown: storedHeight < 0,
    bitsPerPixel,
    compression,
    coloursAt: 14 + bytes.readUInt32LE(14),
    colourBytes: old ? 3 : 4,
    pixelsAt,
  };
}

/**
 * Decodes a BMP file to RGB `[heightPx, widthPx, 3]`; sharp does not read the format.
 * @throws ImageFailure `truncated`, `corrupt`
 */
export function decodeBmp(bytes: Buffer, header: BmpHeader): Pixels {
  const { widthPx, heightPx, bitsPerPixel, compression } = header;
  if ([1, 4, 8].includes(bitsPerPixel)) {
    const hasRuns = (compression === 1 && bitsPerPixel === 8) || (compression === 2 && bitsPerPixel === 4);
    if (compression !== 0 && !hasRuns) throw new ImageFailure("corrupt", "the BMP file is damaged");
    return decodeBmpPalette(bytes, { ...header, bits: bitsPerPixel });
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
