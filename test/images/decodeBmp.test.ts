import { describe, expect, it } from "vitest";
import { decodeBmp, readBmpHeader } from "../../src/images/decodeBmp.ts";
import { ImageFailure } from "../../src/images/imageFailure.ts";

interface BmpSpec {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bits: number;
  readonly compression?: number;
  readonly colours?: readonly (readonly [red: number, green: number, blue: number])[];
  readonly body: readonly number[];
  /** The header of OS/2 1.x, with 12 bytes and colours of three. */
  readonly isOld?: boolean;
}

function bmp({
  widthPx,
  heightPx,
  bits,
  compression = 0,
  colours = [],
  body,
  isOld = false,
}: BmpSpec): Buffer {
  const palette = colours.flatMap(([red, green, blue]) => [blue, green, red, ...(isOld ? [] : [0])]);
  const head = Buffer.alloc(isOld ? 26 : 54);
  head.write("BM", "latin1");
  head.writeUInt32LE(head.length + palette.length, 10);
  head.writeUInt32LE(head.length - 14, 14);
  if (isOld) {
    head.writeUInt16LE(widthPx, 18);
    head.writeUInt16LE(heightPx, 20);
    head.writeUInt16LE(1, 22);
    head.writeUInt16LE(bits, 24);
  } else {
    head.writeInt32LE(widthPx, 18);
    head.writeInt32LE(heightPx, 22);
    head.writeUInt16LE(1, 26);
    head.writeUInt16LE(bits, 28);
    head.writeUInt32LE(compression, 30);
  }
  return Buffer.concat([head, Buffer.from(palette), Buffer.from(body)]);
}

const colour = (index: number) => [(index * 37) % 256, (index * 91) % 256, (index * 151) % 256] as const;
const palette = (count: number) => Array.from({ length: count }, (_, i) => colour(i));
const decode = (spec: BmpSpec) => [...decodeBmp(bmp(spec), readBmpHeader(bmp(spec), 1e6)).data];
const coloursOf = (indices: readonly number[]) => indices.flatMap(colour);

function codeOf(spec: BmpSpec): string {
  try {
    decode(spec);
    return "no failure";
  } catch (error) {
    if (error instanceof ImageFailure) return error.code;
    throw error;
  }
}

describe("decodeBmp with a palette", () => {
  it("gives the palette's colours for 1, 4 and 8 bits, the last row first", () => {
    const oneBit = { widthPx: 5, heightPx: 2, bits: 1, colours: palette(2) };
    const rows = [0b10110000, 0, 0, 0, 0b01001000, 0, 0, 0];
    expect(decode({ ...oneBit, body: rows })).toEqual(coloursOf([0, 1, 0, 0, 1, 1, 0, 1, 1, 0]));
    const fourBits = { widthPx: 3, heightPx: 1, bits: 4, colours: palette(16) };
    expect(decode({ ...fourBits, body: [0x1f, 0xa0, 0, 0] })).toEqual(coloursOf([1, 15, 10]));
    const eightBits = { widthPx: 2, heightPx: 2, bits: 8, colours: palette(256) };
    expect(decode({ ...eightBits, body: [7, 200, 0, 0, 255, 1, 0, 0] })).toEqual(coloursOf([255, 1, 7, 200]));
  });

  it("reads rows from the top, old headers, and indices that the palette does not have", () => {
    const topDown = { widthPx: 2, heightPx: -2, bits: 8, colours: palette(256) };
    expect(decode({ ...topDown, body: [7, 200, 0, 0, 255, 1, 0, 0] })).toEqual(coloursOf([7, 200, 255, 1]));
    const old = { widthPx: 3, heightPx: 1, bits: 4, colours: palette(16), isOld: true };
    expect(decode({ ...old, body: [0x1f, 0xa0, 0, 0] })).toEqual(coloursOf([1, 15, 10]));
    const few = { widthPx: 2, heightPx: 1, bits: 8, colours: palette(2) };
    expect(decode({ ...few, body: [1, 9, 0, 0] })).toEqual([...colour(1), 0, 0, 0]);
  });

  // The examples of Microsoft's documentation of bitmap compression, with the pixels that it says they stand for; the picture of the first is
  // 19 x 3, that of the second 23 x 3, and what no run reaches has the first colour.
  it("expands Microsoft's example of RLE8", () => {
    const body = [
      0x03, 0x04, 0x05, 0x06, 0x00, 0x03, 0x45, 0x56, 0x67, 0x00, 0x02, 0x78, 0x00, 0x02, 0x05, 0x01, 0x02,
      0x78, 0x00, 0x00, 0x09, 0x1e, 0x00, 0x01,
    ];
    const row = (indices: number[]) => [...indices, ...Array(20 - indices.length).fill(0)];
    const first = row([4, 4, 4, 6, 6, 6, 6, 6, 0x45, 0x56, 0x67, 0x78, 0x78]);
    const second = row([...Array(18).fill(0), 0x78, 0x78]);
    const third = row(Array(9).fill(0x1e));
    const spec = { widthPx: 20, heightPx: 3, bits: 8, compression: 1, colours: palette(256), body };
    expect(decode(spec)).toEqual(coloursOf([...third, ...second, ...first]));
  });

  it("expands Microsoft's example of RLE4", () => {
    const body = [
      0x03, 0x04, 0x05, 0x06, 0x00, 0x06, 0x45, 0x56, 0x67, 0x00, 0x04, 0x78, 0x00, 0x02, 0x05, 0x01, 0x04,
      0x78, 0x00, 0x00, 0x09, 0x1e, 0x00, 0x01,
    ];
    const row = (indices: number[]) => [...indices, ...Array(27 - indices.length).fill(0)];
    const first = row([0, 4, 0, 0, 6, 0, 6, 0, 4, 5, 5, 6, 6, 7, 7, 8, 7, 8]);
    const second = row([...Array(23).fill(0), 7, 8, 7, 8]);
    const third = row([1, 14, 1, 14, 1, 14, 1, 14, 1]);
    const spec = { widthPx: 27, heightPx: 3, bits: 4, compression: 2, colours: palette(16), body };
    expect(decode(spec)).toEqual(coloursOf([...third, ...second, ...first]));
  });

  it("refuses runs without an end, with too few rows and with too many", () => {
    const runs = { widthPx: 2, heightPx: 2, bits: 8, compression: 1, colours: palette(256) };
    expect(codeOf({ ...runs, body: [2, 1, 0, 0, 2, 2, 0, 1] })).toBe("no failure");
    // Some programs leave out the end behind the last row.
    expect(codeOf({ ...runs, body: [2, 1, 0, 0, 2, 2, 0, 0] })).toBe("no failure");
    expect(codeOf({ ...runs, body: [2, 1, 0, 0, 2, 2] })).toBe("truncated");
    expect(codeOf({ ...runs, body: [2, 1, 0, 1] })).toBe("corrupt");
    expect(codeOf({ ...runs, body: [0, 2, 0, 200, 0, 1] })).toBe("corrupt");
    expect(codeOf({ ...runs, compression: 2, body: [2, 1, 0, 1] })).toBe("corrupt");
    expect(codeOf({ ...runs, bits: 24, compression: 4, body: Array(12).fill(0) })).toBe("unsupported_format");
  });
});

describe("decodeBmp without a palette", () => {
  it("gives the colours of 16, 24 and 32 bits", () => {
    const red555 = { widthPx: 2, heightPx: 1, bits: 16, body: [0x00, 0x7c, 0xff, 0x7f] };
    const [red = 0, ...rest] = decode(red555);
    expect(red).toBeGreaterThanOrEqual(248);
    expect(rest.slice(0, 2)).toEqual([0, 0]);
    expect(decode({ widthPx: 1, heightPx: 1, bits: 24, body: [3, 2, 1, 0] })).toEqual([1, 2, 3]);
    expect(decode({ widthPx: 1, heightPx: 1, bits: 32, body: [3, 2, 1, 0] })).toEqual([1, 2, 3]);
  });
});
