// Tags of TIFF 6.0: strips and tiles, each with the sizes of their bytes.
const stripOffsets = 273;
const stripByteCounts = 279;
const tileOffsets = 324;
const tileByteCounts = 325;

const placeTags = new Set([stripOffsets, stripByteCounts, tileOffsets, tileByteCounts]);

/** Bytes of one value by its type, from BYTE (1) to DOUBLE (12), and IFD, LONG8, SLONG8 and IFD8 of BigTIFF. */
const valueBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

/** Whether a TIFF's first directory, a value of it, or a strip or tile that it names, lies beyond the file's end (TIFF 6.0, sections 2 and 8; BigTIFF). */
export function tiffEndsEarly(bytes: Buffer): boolean {
  const little = bytes[0] === 0x49;
  const read = (at: number, sizeBytes: number) => {
    if (sizeBytes === 8) return Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
    return little ? bytes.readUIntLE(at, sizeBytes) : bytes.readUIntBE(at, sizeBytes);
  };
  if (bytes.length < 16) return true;
  const isBig = read(2, 2) === 43;
  const wordBytes = isBig ? 8 : 4;
  const directory = read(isBig ? 8 : 4, wordBytes);
  const countBytes = isBig ? 8 : 2;
  if (directory + countBytes > bytes.length) return true;
  const entryBytes = isBig ? 20 : 12;
  const entries = read(directory, countBytes);
  if (directory + countBytes + entries * entryBytes > bytes.length) return true;
  const found = new Map<number, readonly number[]>();
  for (let i = 0; i < entries; i++) {
    const at = directory + countBytes + i * entryBytes;
    const tag = read(at, 2);
    const size = valueBytes[read(at + 2, 2)] ?? 0;
    // An unknown type is none of the decoder's business either.
    if (size === 0) continue;
    const count = read(at + 4, wordBytes);
    const inline = at + 4 + wordBytes;
    const first = size * count <= wordBytes ? inline : read(inline, wordBytes);
    if (first + size * count > bytes.length) return true;
    // Others may hold whole documents, and thousands of entries may each claim the whole file.
    if (!placeTags.has(tag) || found.has(tag)) continue;
    found.set(
      tag,
      Array.from({ length: count }, (_, k) => read(first + k * size, size)),
    );
  }
  const offsets = found.get(stripOffsets) ?? found.get(tileOffsets) ?? [];
  const counts = found.get(stripByteCounts) ?? found.get(tileByteCounts) ?? [];
  return offsets.some((offset, i) => offset + (counts[i] ?? 0) > bytes.length);
}
