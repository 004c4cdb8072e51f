import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A file of test/fixtures/heic. */
export function readHeic(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, "../fixtures/heic", name));
}

/** An item to be put into a HEIF file; the first one is the primary image. */
export interface HeifItemSpec {
  readonly type: string;
  readonly data: Buffer;
  /** Boxes that describe it, in the order in which they apply. */
  readonly properties?: readonly Buffer[];
  /** Items that it refers to, counted from 1: `dimg` for a grid's tiles, `cdsc` for the picture that metadata describe. */
  readonly refersTo?: readonly [kind: string, ids: readonly number[]];
}

/** A box: its length, its type, its content (ISO/IEC 14496-12, 4.2). */
export function box(type: string, ...content: readonly (Buffer | readonly number[])[]): Buffer {
  const body = Buffer.concat(content.map((part) => Buffer.from(part as Uint8Array)));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
}

/** Big-endian numbers of 16 bits. */
export const u16 = (...values: number[]): number[] => values.flatMap((v) => [(v >> 8) & 255, v & 255]);
/** Big-endian numbers of 32 bits. */
export const u32 = (...values: number[]): number[] =>
  values.flatMap((v) => [...u16(Math.floor(v / 65536)), ...u16(v % 65536)]);

/** The size of a picture as its file gives it. */
export const ispe = (widthPx: number, heightPx: number): Buffer => box("ispe", u32(0, widthPx, heightPx));
/** A turn to the left by so many quarters. */
export const irot = (quarters: number): Buffer => box("irot", [quarters]);
/** Mirrored: 0 upside down, 1 left to right. */
export const imir = (axis: number): Buffer => box("imir", [axis]);

/** The configuration box and the coded picture of a file with one picture, by their places in it. */
export function plainPicture(name = "plain.heic"): { readonly hvcC: Buffer; readonly coded: Buffer } {
  const plain = readHeic(name);
  const at = plain.indexOf("hvcC") - 4;
  return {
    hvcC: plain.subarray(at, at + plain.readUInt32BE(at)),
    coded: plain.subarray(plain.indexOf("mdat") + 4),
  };
}

/** Puts items together to a HEIF file (ISO/IEC 23008-12); `openEnded` leaves out the length of its data, as some phones do. */
export function heifFile(items: readonly HeifItemSpec[], { openEnded = false, brand = "heic" } = {}): Buffer {
  const properties = [...new Set(items.flatMap((item) => item.properties ?? []))];
  const ftyp = box("ftyp", Buffer.from(`${brand}\0\0\0\0mif1${brand}`, "latin1"));
  const fourLetters = (type: string) => Buffer.from(type, "latin1");
  const metaFor = (dataAt: number) => {
    let at = dataAt;
    const places = items.map(({ data }, i) => {
      at += data.length;
      return u16(i + 1, 0, 1).concat(u32(at - data.length, data.length));
    });
    const infe = items.map(({ type }, i) =>
      // Only the primary image is shown by itself.
      box("infe", [2, 0, 0, i === 0 ? 0 : 1], u16(i + 1, 0), fourLetters(type), [0]),
    );
    const references = items.flatMap(({ refersTo }, i) =>
      refersTo === undefined ? [] : [box(refersTo[0], u16(i + 1, refersTo[1].length, ...refersTo[1]))],
    );
    const associations = items.map((item, i) => {
      const own = item.properties ?? [];
      return [...u16(i + 1), own.length, ...own.map((property) => 0x80 | (properties.indexOf(property) + 1))];
    });
    return box(
      "meta",
      u32(0),
      box("hdlr", u32(0, 0), fourLetters("pict"), u32(0, 0, 0), [0]),
      box("pitm", u32(0), u16(1)),
      box("iloc", u32(0), [0x44, 0], u16(items.length), ...places),
      box("iinf", u32(0), u16(items.length), ...infe),
      ...(references.length > 0 ? [box("iref", u32(0), ...references)] : []),
      box("iprp", box("ipco", ...properties), box("ipma", u32(0, items.length), ...associations)),
    );
  };
  const dataAt = ftyp.length + metaFor(0).length + 8;
  const mdat = box("mdat", ...items.map(({ data }) => data));
  if (openEnded) mdat.writeUInt32BE(0, 0);
  return Buffer.concat([ftyp, metaFor(dataAt), mdat]);
}

/** A picture of 96 x 64 pixels in HEVC with further properties. */
export function heicWith(...properties: readonly Buffer[]): Buffer {
  const { hvcC, coded } = plainPicture();
  return heifFile([{ type: "hvc1", data: coded, properties: [hvcC, ispe(96, 64), ...properties] }]);
}

/** Tiles of 96 x 64 pixels as phones write them: 2 x 2, of which the picture shows 180 x 120 (ISO/IEC 23008-12, 6.6.2.3). */
export function heicGrid(...properties: readonly Buffer[]): Buffer {
  const { hvcC, coded } = plainPicture();
  const size = ispe(96, 64);
  const tile = { type: "hvc1", data: coded, properties: [hvcC, size] };
  const grid = Buffer.from([0, 0, 1, 1, ...u16(180, 120)]);
  return heifFile([
    {
      type: "grid",
      data: grid,
      properties: [ispe(180, 120), ...properties],
      refersTo: ["dimg", [2, 3, 4, 5]],
    },
    tile,
    tile,
    tile,
    tile,
  ]);
}
