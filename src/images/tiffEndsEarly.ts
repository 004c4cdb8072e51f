// Tags of TIFF 6.0: strips and tiles, each with the sizes of their bytes.
const stripOffsets = 273;
const stripByteCounts = 279;
const tileOffsets = 324;
const tileByteCounts = 325;

/** Bytes of one value by its type: SHORT, LONG, and LONG8 of BigTIFF. */
const valueBytes: Readonly<Record<number, number>> = { 3: 2, 4: 4, 16: 8 };

/** Whether a TIFF's first directory, or a strip or tile that it names, lies beyond the file's end (TIFF 6.0, sections 2 and 8; BigTIFF). */
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
    if (![stripOffsets, stripByteCounts, tileOffsets, tileByteCounts].includes(tag)) continue;
    const size = valueBytes[read(at + 2, 2)];
    if (size === undefined) continue;
    const count = read(at + 4, wordBytes);
    const inline = at + 4 + wordBytes;
    const first = size * count <= wordBytes ? inline : read(inline, wordBytes);
    if (first + size * count > bytes.length) return true;
    found.set(
      tag,
      Array.from({ length: count }, (_, k) => read(first + k * size, size)),
    );
  }
  const offsets = found.get(stripOffsets) ?? found.get(tileOffsets) ?? [];
  const counts = found.get(stripByteCounts) ?? found.get(tileByteCounts) ?? [];
  return offsets.some((offset, i) => offset + (counts[i] ?? 0) > bytes.length);
}
