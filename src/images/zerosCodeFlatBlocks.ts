const huffmanTables = 0xc4;
const startOfScan = 0xda;
const counts = 16;

/**
 * Whether zeros in the coded pixels of a JPEG's first scan stand for blocks that go on as flat as the one before. With tables made
 * for a picture they may, and a white sky is thousands of zeros then. Otherwise a run of them is no encoder's work: with the
 * usual tables it would draw the same noise into each block (ITU T.81, C.2: the code of zeros is the first of its table).
 */
export function zerosCodeFlatBlocks(bytes: Buffer): boolean {
  const firstSymbols = new Map<number, number>();
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    const segment = bytes.subarray(at + 4, end);
    if (marker === huffmanTables) noteFirstSymbols(segment, firstSymbols);
    if (marker === startOfScan) return isFlat(segment, firstSymbols);
    at = end;
  }
  return false;
}

/** Of each table by its byte: class (0 for means, 16 for details) and number. */
function noteFirstSymbols(segment: Buffer, firstSymbols: Map<number, number>): void {
  for (let at = 0; at + 1 + counts < segment.length; ) {
    const symbols = segment.subarray(at + 1, at + 1 + counts).reduce((sum, count) => sum + count, 0);
    firstSymbols.set(segment[at] as number, segment[at + 1 + counts] as number);
    at += 1 + counts + symbols;
  }
}

/** Of each colour: no change of its mean, and the end of the block. */
function isFlat(scan: Buffer, firstSymbols: ReadonlyMap<number, number>): boolean {
  const colours = Array.from({ length: scan[0] ?? 0 }, (_, i) => scan[2 + 2 * i] ?? 0);
  return colours.every(
    (tables) => firstSymbols.get(tables >> 4) === 0 && firstSymbols.get(16 + (tables & 15)) === 0,
  );
}
