import { createHash } from "node:crypto";

/**
 * SHA-256 of a unit's key, `[32]` bytes. Letters in another form of Unicode are the same key: a disk that was written on a
 * Mac spells an umlaut in two characters.
 */
export function keyDigest(key: string): Buffer {
  return createHash("sha256").update(key.normalize("NFC")).digest();
}

/** Bytes of a digest that decide the shard: 48 bits are a whole number in JavaScript, and far more than shards. */
const decidingBytes = 6;

/**
 * The shard of a unit, 1 to `shards`: the first 48 bits of its key's digest, modulo the number of shards, plus 1. It hangs on
 * the key alone, not on the list's order or where it lies.
 */
export function shardOfDigest(digest: Buffer, shards: number): number {
  return (digest.readUIntBE(0, decidingBytes) % shards) + 1;
}
