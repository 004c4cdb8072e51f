/** The extra field with sizes beyond 32 bits (APPNOTE section 4.5.3). */
const zip64Field = 0x0001;

/** 32 bits full: the number is in the ZIP64 field. */
const elsewhere = 0xffffffff;

/** The extra fields of a header (APPNOTE section 4.5.1); what is left over after the last whole one is no field. */
export function* extraFields(bytes: Buffer): Generator<readonly [id: number, content: Buffer]> {
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + bytes.readUInt16LE(at + 2);
    if (end > bytes.length) return;
    yield [bytes.readUInt16LE(at), bytes.subarray(at + 4, end)];
    at = end;
  }
}

/**
 * Numbers of a header, each of which stands in the ZIP64 field where it does not fit into 32 bits; in this order.
 * Undefined where the field lacks one.
 */
export function wideNumbers(numbers: readonly number[], extra: Buffer): readonly number[] | undefined {
  if (!numbers.includes(elsewhere)) return numbers;
  for (const [id, content] of extraFields(extra)) {
    if (id !== zip64Field) continue;
    let at = 0;
    const wide: number[] = [];
    for (const number of numbers) {
      if (number !== elsewhere) wide.push(number);
      else if (at + 8 > content.length) return undefined;
      else {
        wide.push(Number(content.readBigUInt64LE(at)));
        at += 8;
      }
    }
    return wide;
  }
  return undefined;
}
