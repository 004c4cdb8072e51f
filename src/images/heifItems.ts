/** Bytes of a file that hold a part of an item: `[start, end)`, the end possibly beyond the file's. */
export interface HeifExtent {
  /** `hvc1`: a picture in HEVC, `av01`: one in AV1, `Exif`, `grid`, ... */
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Files have hundreds of items (the tiles of phones' pictures); a broken count must not become a long loop. */
const mostExtents = 100_000;

/**
 * Where a HEIF file says that its items lie (ISO/IEC 14496-12, 8.11.3 and 8.11.6): those stored in the file at an offset from its beginning. Nothing of a
 * file whose boxes cannot be followed.
 */
export function heifExtents(bytes: Buffer): readonly HeifExtent[] {
  const meta = findBox(bytes, 0, bytes.length, "meta");
  if (meta === undefined) return [];
  const iloc = findBox(bytes, meta.start + 4, meta.end, "iloc");
  if (iloc === undefined) return [];
  try {
    return readLocations(bytes.subarray(0, iloc.end), iloc.start, itemTypes(bytes, meta));
  } catch (error) {
    // Beyond the box's end: it is damaged, which the decoder says.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

interface Box {
  readonly start: number;
  readonly end: number;
}

function findBox(bytes: Buffer, from: number, to: number, type: string): Box | undefined {
  for (let at = from; at + 8 <= to; ) {
    const size = bytes.readUInt32BE(at);
    const end = size === 0 ? to : at + size;
    if (bytes.toString("latin1", at + 4, at + 8) === type) return { start: at + 8, end: Math.min(end, to) };
    if (end < at + 8) return undefined;
    at = end;
  }
  return undefined;
}

function itemTypes(bytes: Buffer, meta: Box): ReadonlyMap<number, string> {
  const types = new Map<number, string>();
  const iinf = findBox(bytes, meta.start + 4, meta.end, "iinf");
  if (iinf === undefined) return types;
  const entries = bytes.subarray(0, iinf.end);
  for (let at = iinf.start + (bytes[iinf.start] === 0 ? 6 : 8); at + 20 <= iinf.end; ) {
    const version = entries[at + 8];
    const id = version === 3 ? entries.readUInt32BE(at + 12) : entries.readUInt16BE(at + 12);
    const typeAt = at + (version === 3 ? 18 : 16);
    types.set(id, entries.toString("latin1", typeAt, typeAt + 4));
    const size = entries.readUInt32BE(at);
    if (size < 12) break;
    at += size;
  }
  return types;
}

function readLocations(bytes: Buffer, start: number, types: ReadonlyMap<number, string>): HeifExtent[] {
  let at = start;
  const read = (sizeBytes: number) => {
    at += sizeBytes;
    if (sizeBytes === 8) return Number(bytes.readBigUInt64BE(at - 8));
    return sizeBytes === 0 ? 0 : bytes.readUIntBE(at - sizeBytes, sizeBytes);
  };
  const version = read(1);
  read(3);
  const sizes = read(2);
  const [offsetSize, lengthSize, baseSize, indexSize] = [12, 8, 4, 0].map((shift) => (sizes >> shift) & 15);
  const items = read(version < 2 ? 2 : 4);
  const extents: HeifExtent[] = [];
  // Also those that are not kept, which may take no bytes at all.
  let seen = 0;
  for (let i = 0; i < items && seen < mostExtents; i++) {
    const type = types.get(read(version < 2 ? 2 : 4)) ?? "";
    const inFile = version === 0 || (read(2) & 15) === 0;
    read(2);
    const base = read(baseSize as number);
    for (let left = read(2); left > 0 && seen < mostExtents; left--, seen++) {
      if (version > 0) read(indexSize as number);
      const from = base + read(offsetSize as number);
      const length = read(lengthSize as number);
      if (inFile) extents.push({ type, start: from, end: from + length });
    }
  }
  return extents;
}
