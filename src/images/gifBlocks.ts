/** Bytes of the colours that follow a GIF's header or a picture's descriptor, by the flags in it (GIF89a specification, sections 18 and 20). */
export function colourTableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/**
 * Blocks of up to 255 bytes, each with its length in front, the last one empty (ibidem, section 15): what they hold together, and where they end;
 * undefined where the file ends before.
 */
export function maybeGifBlocks(bytes: Buffer, from: number): { content: Buffer; end: number } | undefined {
  const blocks: Buffer[] = [];
  for (let at = from; at < bytes.length; ) {
    const length = bytes[at] as number;
    blocks.push(bytes.subarray(at + 1, at + 1 + length));
    at += 1 + length;
    if (length === 0) return { content: Buffer.concat(blocks), end: at };
  }
  return undefined;
}

/** A part of a GIF behind its header. */
export interface GifPart {
  readonly kind: "extension" | "picture" | "trailer";
  readonly start: number;
  readonly end: number;
}

/** The parts of a GIF up to its trailer, or up to the one that is not whole. */
export function* gifParts(bytes: Buffer): Generator<GifPart> {
  for (let start = 13 + colourTableBytes(bytes[10] ?? 0); start < bytes.length; ) {
    const introducer = bytes[start];
    if (introducer === 0x3b) {
      yield { kind: "trailer", start, end: start + 1 };
      return;
    }
    const isPicture = introducer === 0x2c;
    if (!isPicture && introducer !== 0x21) return;
    // A picture's descriptor, its own colours, and the size of its first code.
    const blocksAt = start + (isPicture ? 11 + colourTableBytes(bytes[start + 9] ?? 0) : 2);
    const end = maybeGifBlocks(bytes, blocksAt)?.end;
    if (end === undefined) return;
    yield { kind: isPicture ? "picture" : "extension", start, end };
    start = end;
  }
}
