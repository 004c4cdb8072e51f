import { createHash } from "node:crypto";
import { hasHole } from "./hasHole.ts";
import type { JpegScans } from "./jpegScans.ts";
import { safeSharp } from "./safeSharp.ts";

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
  if (strictly && !isHollow) return false;
  // Arithmetic coders leave out zeros at the end, which their decoders add: such a file cannot be asked.
  if (!strictly) return isHollow || scans.isArithmetic || (await needsMore(bytes, scans));
  // Flat parts may be coded as zeros. Then what follows them is needed; behind a hole some is left over.
  return !(await needsItsEnd(bytes, scans));
}

async function needsMore(bytes: Buffer, { coded }: JpegScans): Promise<boolean> {
  const filledWith = (fill: number) => {
    const parts: Buffer[] = [];
    let from = 0;
    for (const [, end] of coded) {
      parts.push(bytes.subarray(from, end), Buffer.alloc(fillBytes, fill));
      from = end;
    }
    return Buffer.concat([...parts, bytes.subarray(from)]);
  };
  return (await pixelDigest(filledWith(0x00))) !== (await pixelDigest(filledWith(0x5a)));
}

async function needsItsEnd(bytes: Buffer, { coded }: JpegScans): Promise<boolean> {
  const [start, end] = coded.at(-1) ?? [0, 0];
  const other = Buffer.from(bytes);
  other.fill(0x5a, Math.max(start, end - fillBytes), end);
  return (await pixelDigest(bytes)) !== (await pixelDigest(other));
}

async function pixelDigest(bytes: Buffer): Promise<string> {
  const pixels = await safeSharp(bytes, { failOn: "none", limitInputPixels: false, ignoreIcc: true })
    .raw()
    .toBuffer();
  return createHash("sha256").update(pixels).digest("hex");
}
