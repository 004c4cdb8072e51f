import { ImageFailure } from "./imageFailure.ts";
import type { Pixels } from "./resample.ts";

/** Where a BMP file has its colours and pixels. */
export interface BmpPalette {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly isTopDown: boolean;
  /** Bits of one pixel: 1, 4 or 8. */
  readonly bits: number;
  /** 0: none; 1: runs of bytes (RLE8); 2: runs of half bytes (RLE4). */
  readonly compression: number;
  readonly coloursAt: number;
  /** 3 in the oldest files, 4 in all others. */
  readonly colourBytes: number;
  readonly pixelsAt: number;
}

/**
 * Decodes a BMP with a palette to RGB `[heightPx, widthPx, 3]`; bmp-ts gives wrong colours for these. Pixels that runs leave
 * out have the first colour (Microsoft, "Bitmap Compression").
 * @throws ImageFailure `truncated` where runs have no end, `corrupt` where they leave the picture
 */
export function decodeBmpPalette(bytes: Buffer, palette: BmpPalette): Pixels {
  const { widthPx, heightPx, isTopDown, coloursAt, colourBytes, pixelsAt } = palette;
  const indices = palette.compression === 0 ? packedIndices(bytes, palette) : runIndices(bytes, palette);
  const data = new Uint8Array(widthPx * heightPx * 3);
  for (let y = 0, to = 0; y < heightPx; y++) {
    const row = isTopDown ? y : heightPx - 1 - y;
    for (let x = 0; x < widthPx; x++) {
      const at = coloursAt + (indices[row * widthPx + x] as number) * colourBytes;
      // A colour that the palette does not have is black, as everywhere.
      const isThere = at + 3 <= pixelsAt;
      for (let c = 2; c >= 0; c--) data[to++] = isThere ? (bytes[at + c] as number) : 0;
    }
  }
  return { data, widthPx, heightPx, channels: 3 };
}

/** `[heightPx, widthPx]`, rows as stored; the file is known to be long enough. */
function packedIndices(bytes: Buffer, { widthPx, heightPx, bits, pixelsAt }: BmpPalette): Uint8Array {
  const indices = new Uint8Array(widthPx * heightPx);
  const rowBytes = Math.ceil((widthPx * bits) / 32) * 4;
  const mask = (1 << bits) - 1;
  for (let y = 0, to = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const bitAt = x * bits;
      const byte = bytes[pixelsAt + y * rowBytes + (bitAt >> 3)] as number;
      indices[to++] = (byte >> (8 - bits - (bitAt & 7))) & mask;
    }
  }
  return indices;
}

const endOfLine = 0;
const endOfBitmap = 1;
const moveOn = 2;

function runIndices(bytes: Buffer, { widthPx, heightPx, compression, pixelsAt }: BmpPalette): Uint8Array {
  const indices = new Uint8Array(widthPx * heightPx);
  const isHalf = compression === 2;
  let x = 0;
  let y = 0;
  let at = pixelsAt;
  const next = () => {
    if (at >= bytes.length) throw new ImageFailure("truncated", "the BMP file ends before its picture does");
    return bytes[at++] as number;
  };
  const half = (byte: number, i: number) => (i % 2 === 0 ? byte >> 4 : byte & 15);
  const put = (index: number) => {
    // Runs that go on behind a row's end are cut, as other programs do.
    if (x < widthPx && y < heightPx) indices[y * widthPx + x] = index;
    x += 1;
  };
  for (;;) {
    const count = next();
    const value = next();
    if (count > 0) {
      for (let i = 0; i < count; i++) put(isHalf ? half(value, i) : value);
    } else if (value === endOfBitmap) {
      if (y < heightPx - 1) throw new ImageFailure("corrupt", "the BMP file has fewer rows than it says");
      return indices;
    } else if (value === endOfLine) {
      x = 0;
      y += 1;
    } else if (value === moveOn) {
      x += next();
      y += next();
    } else {
      let byte = 0;
      for (let i = 0; i < value; i++) {
        if (!isHalf || i % 2 === 0) byte = next();
        put(isHalf ? half(byte, i) : byte);
      }
      // Filled up to an even number of bytes.
      if ((isHalf ? Math.ceil(value / 2) : value) % 2 === 1) next();
    }
    if (y > heightPx) throw new ImageFailure("corrupt", "the BMP file has more rows than it says");
    // Some programs leave out the end of the bitmap behind the last row.
    if (y === heightPx && at >= bytes.length) return indices;
  }
}
