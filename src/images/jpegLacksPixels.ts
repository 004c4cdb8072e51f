import { createHash } from "node:crypto";
import { seededRandom } from "../seededRandom.ts";
import { hasHole } from "./hasHole.ts";
import type { JpegScans } from "./jpegScans.ts";
import { safeSharp } from "./safeSharp.ts";
import { zerosCodeFlatBlocks } from "./zerosCodeFlatBlocks.ts";

/** libjpeg reads ahead by eight bytes at most. Ones, each 0xff with the zero that has to follow it: no code is longer. */
const readAhead = Buffer.from("\xff\0".repeat(8), "latin1");

/** Longer than what a decoder reads ahead, and than the codes of several blocks. */
const fillBytes = 64;

/**
 * What is put where coded pixels end, by chance and without 0xff, which would be a marker. Three of them: a decoder that meets a
 * code that does not exist goes on with zeros, as it does where nothing is left.
 */
const fills = [1, 2, 3].map((seed) => {
  const random = seededRandom(seed);
  return Buffer.from(Array.from({ length: fillBytes }, () => Math.floor(random() * 0xff)));
});

/**
 * Whether pixels of a JPEG that can be decoded are not in the file: its decoder fills them with grey and says so in the same way
 * as for harmless faults, or not at all. Told by decoding it again with different bytes where its coded pixels end: a
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
  let first: string | undefined;
  for (const fill of fills) {
    const digest = await pixelDigest(filledWith(fill, bytes, scans));
    first ??= digest;
    if (digest !== first) return true;
  }
  return false;
}

function filledWith(fill: Buffer, bytes: Buffer, { coded }: JpegScans): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (const [, end] of coded) {
    parts.push(bytes.subarray(from, end), fill);
    from = end;
  }
  return Buffer.concat([...parts, bytes.subarray(from)]);
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

/** Of every pixel: at a fraction of the size those that a few blocks are off by may be left out. */
async function pixelDigest(bytes: Buffer): Promise<string> {
  const pixels = await safeSharp(bytes, { failOn: "none", limitInputPixels: false, ignoreIcc: true })
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
