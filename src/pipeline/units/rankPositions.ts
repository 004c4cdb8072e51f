/** Sorting goes by digits of 16 bits, the lowest first. */
const digitBits = 16;
const digits = 1 << digitBits;

/**
 * Indices of numbers in ascending order; equal ones keep the order that they have, NaN comes last. A radix sort, so that a million
 * take tens of milliseconds: nobody else is answered meanwhile. `[n] -> [n]`
 */
export function rankPositions(values: Float64Array): Int32Array {
  const { length } = values;
  const words = sortableWords(values);
  let order = Int32Array.from({ length }, (_, i) => i);
  let other = new Int32Array(length);
  const starts = new Int32Array(digits + 1);
  for (let digit = 0; digit < 4; digit++) {
    const word = words[digit >> 1] as Uint32Array;
    const shift = (digit & 1) * digitBits;
    starts.fill(0);
    for (let i = 0; i < length; i++) {
      const at = (((word[i] as number) >>> shift) & (digits - 1)) + 1;
      starts[at] = (starts[at] as number) + 1;
    }
    for (let at = 1; at <= digits; at++) starts[at] = (starts[at] as number) + (starts[at - 1] as number);
    for (let i = 0; i < length; i++) {
      const index = order[i] as number;
      const at = ((word[index] as number) >>> shift) & (digits - 1);
      other[starts[at] as number] = index;
      starts[at] = (starts[at] as number) + 1;
    }
    [order, other] = [other, order];
  }
  return order;
}

/** Numbers as pairs of words, low and high, that compare without signs as the numbers do. `[n] -> 2 x [n]` */
function sortableWords(values: Float64Array): readonly [low: Uint32Array, high: Uint32Array] {
  const low = new Uint32Array(values.length);
  const high = new Uint32Array(values.length);
  const one = new Float64Array(1);
  const parts = new Uint32Array(one.buffer);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) {
      low[i] = high[i] = 0xffffffff;
      continue;
    }
    // Zero has two signs, and is one number.
    one[0] = value === 0 ? 0 : value;
    // IEEE 754: a negative number's bits count backwards; the sign bit alone is turned in a positive one.
    const isNegative = (parts[1] as number) >>> 31 === 1;
    low[i] = isNegative ? ~(parts[0] as number) : (parts[0] as number);
    high[i] = isNegative ? ~(parts[1] as number) : (parts[1] as number) | 0x80000000;
  }
  return [low, high];
}
