import sharp from "sharp";
import type { ViewSpec } from "../../../src/images/viewSpec.ts";

/** A view as CLIP models want it, small. */
export const smallView: ViewSpec = {
  view: "center",
  sizePx: 32,
  interpolation: "bicubic",
  alpha: "premultiplied",
  padColor: [0, 0, 0],
};

/** A PNG in one colour, each `shade` another one. */
export function plainPng(widthPx: number, heightPx: number, shade = 0): Promise<Buffer> {
  const background = { r: shade % 256, g: 90, b: 200 };
  return sharp({ create: { width: widthPx, height: heightPx, channels: 3, background } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** A black BMP of 24 bits, which is decoded in JavaScript. */
export function blackBmp(widthPx: number, heightPx: number): Buffer {
  const rowBytes = Math.ceil((widthPx * 3) / 4) * 4;
  const bytes = Buffer.alloc(54 + rowBytes * heightPx);
  bytes.write("BM", "latin1");
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(widthPx, 18);
  bytes.writeInt32LE(heightPx, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  return bytes;
}
