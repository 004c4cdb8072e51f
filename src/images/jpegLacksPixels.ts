import { createHash } from "node:crypto";
import { hasHole } from "./hasHole.ts";
import type { JpegScans } from "./jpegScans.ts";
import { safeSharp } from "./safeSharp.ts";
import { zerosCodeFlatBlocks } from "./zerosCodeFlatBlocks.ts";

/** libjpeg reads ahead by eight bytes at most. Ones, each 0xff with the zero that has to follow it: no code is longer. */
const readAhead = Buffer.from("\xff\0".repeat(8), "latin1");

/** Longer than what a decoder reads ahead, and than the codes of several blocks. */
const fillBytes = 64;

/**
 * Whether pixels of a JPEG that can be decoded are not in the file: its decoder fills them with grey and says so in the same way
 * as for harmless faults, or not at all. Told by decoding it twice, with different bytes where its coded pixels end: a
 * picture that is whole needs none of them.
 * @param strictly whether the decoder found no fault
 */
export async function jpegLacksPixels(bytes: Buffer, scans: JpegScans, strictly: boolean): Promise<boolean> {
  const isHollow = hasHole("JPEG", bytes);
  // With several scans the decoder goes to the end, and notices what is left over.
  if (strictly && (!isHollow || !hasOneScan(scans))) return false;
  if (!strictly) return isHollow || (await needsMore(bytes, scans));
  if (!zerosCodeFlatBlocks(bytes)) return true;
  // Then what follows them is needed; behind a hole some is left over.
  return !(await needsItsEnd(bytes, scans));
}

async function needsMore(bytes: Buffer, scans: JpegScans): Promise<boolean> {
  const filledWith = (fill: number) => {
    const parts: Buffer[] = [];
    let from = 0;
    for (const [, end] of scans.coded) {
      parts.push(bytes.subarray(from, end), Buffer.alloc(fillBytes, fill));
      from = end;
    }
    return Buffer.concat([...parts, bytes.subarray(from)]);
  };
  return (await pixelDigest(filledWith(0x00), scans)) !== (await pixelDigest(filledWith(0x5a), scans));
}

/** Without its last bytes a picture that is coded to the end meets the end of the file. */
async function needsItsEnd(bytes: Buffer, scans: JpegScans): Promise<boolean> {
  const [start, end] = scans.coded.at(-1) ?? [0, 0];
  const shorter = Buffer.concat([bytes.subarray(0, Math.max(start, end - fillBytes)), readAhead]);
  return safeSharp(shorter, { failOn: "warning", limitInputPixels: false, ignoreIcc: true })
    .raw()
    .toBuffer()
    .then(
      () => false,
      () => true,
    );
}

/** Of the picture at an eighth of its size, where that is large enough: its decoder makes each block a pixel then. */
async function pixelDigest(bytes: Buffer, { frame }: JpegScans): Promise<string> {
  const sharp = safeSharp(bytes, { failOn: "none", limitInputPixels: false, ignoreIcc: true });
  const widthPx = Math.floor((frame?.widthPx ?? 0) / 8);
  const isLarge = Math.min(widthPx, (frame?.heightPx ?? 0) / 8) >= 8;
  const pixels = await (isLarge ? sharp.resize({ width: widthPx, kernel: "nearest" }) : sharp)
    .raw()
    .toBuffer();
  return createHash("sha256").update(pixels).digest("hex");
}

/**
 * A JPEG with a single scan without its end-of-image marker: libvips does not see a warning of the decoder in the last rows of
 * blocks, but the end of the file it does. What is read ahead there stands in its place.
 */
export function withEndLeftOpen(bytes: Buffer, scans: JpegScans): Buffer {
  const end = scans.coded.at(-1)?.[1];
  if (end === undefined || !hasOneScan(scans)) return bytes;
  return Buffer.concat([bytes.subarray(0, end), readAhead]);
}

function hasOneScan({ count, frame }: JpegScans): boolean {
  return count === 1 && frame !== undefined && (frame.marker & 3) !== 2;
}
