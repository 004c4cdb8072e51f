import type { FuzzTarget } from "./fuzzTarget.ts";

const oddBytes = [0, 1, 9, 10, 13, 32, 34, 39, 0x7f, 0x80, 0xbf, 0xc0, 0xed, 0xef, 0xf4, 0xfe, 0xff];
const oddTexts = [
  "\ufeff",
  "\u0000",
  "\u2028",
  "\ufffd",
  "\ud83d\ude00",
  "__proto__",
  "\r",
  "\r\n",
  "1e999",
  "-0",
  "9".repeat(30),
];
/** Cases grow to no more than this, so that many of them can be tried. */
const mostBytes = 16 * 1024;

/** A case for a target: one of its files, or one made anew, with up to eight changes. */
export function mutateBytes(target: FuzzTarget, random: () => number): Uint8Array {
  const below = (count: number) => Math.floor(random() * count);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const base = () => {
    if (target.generate !== undefined && random() < 0.3) return target.generate(below(2 ** 31));
    return pick(target.seeds);
  };
  let bytes = Buffer.from(base());
  const splice = (at: number, removed: number, inserted: Uint8Array) => {
    bytes = Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]).subarray(
      0,
      mostBytes,
    );
  };
  for (let count = below(9); count > 0; count--) {
    const at = below(bytes.length + 1);
    const length = random() < 0.7 ? below(8) : below(200);
    const piece = Buffer.from(bytes.subarray(at, at + length));
    switch (below(9)) {
      case 0:
        if (at < bytes.length) bytes[at] = (bytes[at] as number) ^ (1 << below(8));
        break;
      case 1:
        splice(at, below(2), Buffer.from([pick(oddBytes)]));
        break;
      case 2:
        splice(at, below(3), bytesOf(pick(target.tokens)));
        break;
      case 3:
        splice(at, length, Buffer.alloc(0));
        break;
      case 4:
        splice(below(bytes.length + 1), 0, piece);
        break;
      case 5:
        splice(at, 0, Buffer.concat(Array.from({ length: 1 + below(300) }, () => piece)));
        break;
      case 6: {
        const other = Buffer.from(base());
        const from = below(other.length);
        splice(at, length, other.subarray(from, from + 1 + below(200)));
        break;
      }
      case 7:
        splice(at, 0, Buffer.from(pick(oddTexts)));
        break;
      default:
        if (random() < 0.2) bytes = bytes.subarray(0, at);
        else if (at + 4 <= bytes.length)
          bytes.writeUInt32LE(pick([0, 1, 0x7fffffff, 0x80000000, 0xffffffff, bytes.length]), at);
    }
  }
  return bytes;
}

function bytesOf(token: string | Uint8Array): Uint8Array {
  return typeof token === "string" ? Buffer.from(token) : token;
}
