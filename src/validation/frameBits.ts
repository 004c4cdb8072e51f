/** Positions of a run as bits, so that a frame of a million images takes 125 kB: position `p` is bit `p % 8` of byte `p / 8`. */
export function frameBits(positions: Iterable<number>): Uint8Array {
  let bytes = new Uint8Array(1024);
  let last = -1;
  for (const position of positions) {
    if (!(Number.isInteger(position) && position >= 0)) throw new RangeError(`a position of ${position}`);
    if (position >> 3 >= bytes.length) {
      const larger = new Uint8Array(Math.max(bytes.length * 2, (position >> 3) + 1));
      larger.set(bytes);
      bytes = larger;
    }
    bytes[position >> 3] = (bytes[position >> 3] as number) | (1 << (position & 7));
    last = Math.max(last, position);
  }
  return bytes.slice(0, (last >> 3) + 1);
}

/** Whether a position is among them. */
export function isInFrame(bits: Uint8Array, position: number): boolean {
  return ((bits[position >> 3] ?? 0) & (1 << (position & 7))) !== 0;
}
