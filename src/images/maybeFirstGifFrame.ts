const extension = 0x21;
const imageDescriptor = 0x2c;
const trailer = 0x3b;

/**
 * A GIF with the first picture of an animation only (GIF89a specification, sections 17 to 27), so that faults of later
 * ones do not count; undefined where the first one has no end.
 */
export function maybeFirstGifFrame(bytes: Buffer): Buffer | undefined {
  let at = 13 + colourTableBytes(bytes[10] ?? 0);
  while (at < bytes.length) {
    const kind = bytes[at];
    if (kind === extension) {
      const end = endOfBlocks(bytes, at + 2);
      if (end === undefined) return undefined;
      at = end;
      continue;
    }
    if (kind !== imageDescriptor) return undefined;
    // The descriptor, its own colours, and the size of the first code.
    const end = endOfBlocks(bytes, at + 10 + colourTableBytes(bytes[at + 9] ?? 0) + 1);
    return end === undefined ? undefined : Buffer.concat([bytes.subarray(0, end), Buffer.from([trailer])]);
  }
  return undefined;
}

function colourTableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** Blocks of up to 255 bytes, each with its length in front, the last one empty. */
function endOfBlocks(bytes: Buffer, from: number): number | undefined {
  for (let at = from; at < bytes.length; ) {
    const length = bytes[at] as number;
    at += 1 + length;
    if (length === 0) return at;
  }
  return undefined;
}
