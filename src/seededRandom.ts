/**
 * A stream of uniform numbers in [0, 1) that depends on the seed alone: xoshiro128** 1.1 (Blackman and Vigna 2021,
 * "Scrambled linear pseudorandom number generators"), its 128 bits of state filled by splitmix32. For drawing samples
 * and pictures, not for secrets.
 *
 * @throws RangeError when the seed is not a safe integer
 */
export function seededRandom(seed: number): () => number {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`a seed is a whole number, not ${seed}`);
  // Both halves of a seed above 32 bits count; those of 32 bits are themselves.
  const high = Math.floor(seed / 2 ** 32) >>> 0;
  const fill = splitmix32(high === 0 ? seed : (seed ^ splitmix32(high)()) >>> 0);
  let [a, b, c, d] = [fill(), fill(), fill(), fill()];
  return () => {
    const scrambled = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return scrambled / 2 ** 32;
  };
}

/**
 * `size` items drawn without replacement, every subset equally likely, in random order (the first steps of the
 * Fisher-Yates shuffle, Durstenfeld 1964). The items are not changed.
 *
 * @throws RangeError when size is negative, not whole, or above the number of items
 */
export function sampleWithoutReplacement<Item>(
  items: readonly Item[],
  size: number,
  random: () => number,
): readonly Item[] {
  return sampleIndices(items.length, size, random).map((index) => items[index] as Item);
}

/**
 * As `sampleWithoutReplacement` of the numbers from 0 to `count` - 1, in memory for `size` of them only.
 *
 * @throws RangeError when size is negative, not whole, or above count
 */
export function sampleIndices(count: number, size: number, random: () => number): readonly number[] {
  if (!Number.isInteger(size) || size < 0 || size > count) {
    throw new RangeError(`cannot draw ${size} of ${count} without replacement`);
  }
  // Where the shuffle has put another number; everywhere else is still the place's own.
  const moved = new Map<number, number>();
  return Array.from({ length: size }, (_, index) => {
    const chosen = index + Math.floor(random() * (count - index));
    const drawn = moved.get(chosen) ?? chosen;
    moved.set(chosen, moved.get(index) ?? index);
    return drawn;
  });
}

function splitmix32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
