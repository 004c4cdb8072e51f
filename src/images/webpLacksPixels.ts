import { safeSharp } from "./safeSharp.ts";

/** As downloads and crashes leave them: blocks of a disk that were never written. */
const blockOfZeros = Buffer.alloc(512);

/** A picture that is coded to the end cannot do without so many last bytes. */
const droppedBytes = 64;

/**
 * Whether a WebP that can be decoded has a hole of zeros in its coded pixels: its decoder takes them for a flat picture. Large flat
 * pictures are coded as zeros, too; but they need what is coded to the last byte, and behind a hole some is left over.
 */
export async function webpLacksPixels(bytes: Buffer): Promise<boolean> {
  if (!bytes.includes(blockOfZeros)) return false;
  const chunk = maybeCodedChunk(bytes, 12, bytes.length);
  if (chunk === undefined || !bytes.subarray(chunk.start, chunk.end).includes(blockOfZeros)) return false;
  const end = chunk.end - Math.min(droppedBytes, (chunk.end - chunk.start) >> 1);
  const shorter = Buffer.from(bytes.subarray(chunk.start - 8, end - ((end - chunk.start) & 1)));
  shorter.writeUInt32LE(shorter.length - 8, 4);
  const head = Buffer.from("RIFF\0\0\0\0WEBP", "latin1");
  head.writeUInt32LE(shorter.length + 4, 4);
  return safeSharp(Buffer.concat([head, shorter]), { failOn: "warning", limitInputPixels: false })
    .raw()
    .toBuffer()
    .then(
      () => true,
      () => false,
    );
}

/** The first chunk with coded colours (WebP container specification, "VP8 " and "VP8L"), also within an animation's frame. */
function maybeCodedChunk(
  bytes: Buffer,
  from: number,
  to: number,
): { start: number; end: number } | undefined {
  for (let at = from; at + 8 <= to; ) {
    const kind = bytes.toString("latin1", at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const end = Math.min(to, at + 8 + size);
    if (kind === "VP8 " || kind === "VP8L") return { start: at + 8, end };
    // A frame's own header has 16 bytes.
    if (kind === "ANMF") return maybeCodedChunk(bytes, at + 24, end);
    at = end + (end & 1);
  }
  return undefined;
}
