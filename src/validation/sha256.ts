/** The first 32 bits of a number's fractional part. */
const fraction = (number: number) => ((number % 1) * 2 ** 32) | 0;

/** The first 64 primes. */
const primes = Array.from({ length: 312 }, (_, number) => number).filter(
  (number) =>
    number > 1 && !Array.from({ length: number }, (_, d) => d).some((d) => d > 1 && number % d === 0),
);
/** FIPS 180-4, 4.2.2 and 5.3.3. */
const roundConstants = primes.map((prime) => fraction(Math.cbrt(prime)));
const startingState = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

const blockBytes = 64;

/**
 * SHA-256 of bytes (FIPS 180-4): 32 bytes. In plain JavaScript, because a page that is opened from the disk has the browser's own one
 * only where the browser trusts files; a file of codings is short.
 */
export function sha256(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / blockBytes) * blockBytes);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, 8n * BigInt(bytes.length));
  const state = Int32Array.from(startingState);
  const schedule = new Int32Array(64);
  for (let at = 0; at < padded.length; at += blockBytes) {
    for (let t = 0; t < 16; t++) schedule[t] = view.getInt32(at + 4 * t);
    mixBlock(state, schedule);
  }
  const digest = new DataView(new ArrayBuffer(32));
  for (const [index, word] of state.entries()) digest.setInt32(4 * index, word);
  return new Uint8Array(digest.buffer);
}

/** SHA-256 of a text's UTF-8 bytes, lower case hexadecimal. */
export function textDigest(text: string): string {
  return Array.from(sha256(new TextEncoder().encode(text)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** FIPS 180-4, 6.2.2. @param schedule `[64]`, of which the first 16 are the block's words */
function mixBlock(state: Int32Array, schedule: Int32Array): void {
  const word = (t: number) => schedule[t] as number;
  for (let t = 16; t < 64; t++) {
    const [early, late] = [word(t - 15), word(t - 2)];
    const small0 = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3);
    const small1 = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10);
    schedule[t] = small1 + word(t - 7) + small0 + word(t - 16);
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let t = 0; t < 64; t++) {
    const large1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const first = (h + large1 + ((e & f) ^ (~e & g)) + (roundConstants[t] as number) + word(t)) | 0;
    const large0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const second = (large0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  for (const [index, mixed] of [a, b, c, d, e, f, g, h].entries()) {
    state[index] = (state[index] as number) + mixed;
  }
}

function rotated(value: number, bits: number): number {
  return (value >>> bits) | (value << (32 - bits));
}
