import { colourTableBytes, gifParts, maybeGifBlocks } from "./gifBlocks.ts";

const trailer = 0x3b;

/**
 * A GIF with the first picture of an animation only (GIF89a specification, sections 17 to 27), so that faults of later
 * ones do not count; undefined where pixels of the first one are missing, which its decoder does not always say.
 */
export function maybeFirstGifFrame(bytes: Buffer): Buffer | undefined {
  for (const { kind, start, end } of gifParts(bytes)) {
    if (kind !== "picture") continue;
    const pixels = bytes.readUInt16LE(start + 5) * bytes.readUInt16LE(start + 7);
    const codesAt = start + 10 + colourTableBytes(bytes[start + 9] as number);
    const codes = maybeGifBlocks(bytes, codesAt + 1);
    if (codes === undefined || !hasPixels(codes.content, bytes[codesAt] as number, pixels)) return undefined;
    return Buffer.concat([bytes.subarray(0, end), Buffer.from([trailer])]);
  }
  return undefined;
}

const mostCodes = 4096;

/** Counts the pixels that LZW codes stand for (GIF89a specification, appendix F), by the length of each code's string. */
function hasPixels(codes: Buffer, firstBits: number, wanted: number): boolean {
  if (firstBits < 1 || firstBits > 11) return false;
  const clear = 1 << firstBits;
  const lengths = new Uint32Array(mostCodes).fill(1, 0, clear);
  let bits = firstBits + 1;
  let next = clear + 2;
  let before = -1;
  let count = 0;
  let held = 0;
  let heldBits = 0;
  for (let at = 0; count < wanted; ) {
    while (heldBits < bits) {
      if (at >= codes.length) return false;
      held |= (codes[at++] as number) << heldBits;
      heldBits += 8;
    }
    const code = held & ((1 << bits) - 1);
    held >>>= bits;
    heldBits -= bits;
    if (code === clear) {
      bits = firstBits + 1;
      next = clear + 2;
      before = -1;
      continue;
    }
    const isKnown = before < 0 ? code < clear : code < next || (code === next && next < mostCodes);
    if (!isKnown || code === clear + 1) return false;
    if (before >= 0 && next < mostCodes) {
      lengths[next] = (lengths[before] as number) + 1;
      next += 1;
      if (next === 1 << bits && bits < 12) bits += 1;
    }
    count += lengths[code] as number;
    before = code;
  }
  return true;
}
