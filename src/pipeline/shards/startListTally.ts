import type { ListTally } from "../../store/indexingStore.ts";

const digestBytes = 32;
const wordBytes = 4;

/** Counts units by the digests of their keys. */
export interface RunningTally {
  /** @param digest `[32]` */
  add(digest: Uint8Array): void;
  tally(): ListTally;
}

/**
 * A tally of nothing yet. Its digest is the sum modulo 2^256 of the keys' SHA-256, with their number a multiset hash (Clarke et al.
 * 2003, section 5, MSet-Add-Hash, without its key): the same for every order, and the tallies of disjoint parts add up to the
 * whole's. With XOR in the place of the sum a key that comes twice would be as if it were not there.
 */
export function startListTally(): RunningTally {
  const sum = Buffer.alloc(digestBytes);
  let units = 0;
  return {
    add: (digest) => {
      addDigest(sum, digest);
      units += 1;
    },
    tally: () => ({ units, digest: sum.toString("hex") }),
  };
}

/** The tally of parts that have no unit in common. */
export function joinedTally(parts: Iterable<ListTally>): ListTally {
  const sum = Buffer.alloc(digestBytes);
  let units = 0;
  for (const part of parts) {
    addDigest(sum, Buffer.from(part.digest, "hex"));
    units += part.units;
  }
  return { units, digest: sum.toString("hex") };
}

/** Big-endian, modulo 2^256. */
function addDigest(sum: Buffer, digest: Uint8Array): void {
  const other = Buffer.from(digest.buffer, digest.byteOffset, digest.byteLength);
  let carry = 0;
  for (let i = digestBytes - wordBytes; i >= 0; i -= wordBytes) {
    const word = sum.readUInt32BE(i) + other.readUInt32BE(i) + carry;
    carry = word > 0xffffffff ? 1 : 0;
    sum.writeUInt32BE(word >>> 0, i);
  }
}
