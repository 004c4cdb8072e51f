import { developFirst } from "./fileSignatures.ts";
import type { SniffedFormat } from "./sniffFormat.ts";

// Tags of TIFF 6.0, TIFF/EP (ISO 12234-2) and DNG 1.7.
const newSubfileType = 254;
const compression = 259;
const photometricInterpretation = 262;
const make = 271;
const subIfds = 330;
const dngVersion = 50706;
/** A colour for each pixel through a filter, or linear light of a sensor: TIFF/EP and DNG. */
const sensorPhotometrics = new Set([32803, 34892]);
/** Sony's, Nikon's and Pentax's own ways of packing a sensor's values. */
const sensorCompressions = new Set([32767, 34713, 65535]);

const makers: Readonly<Record<string, string>> = {
  NIKON: "Nikon NEF",
  SONY: "Sony ARW",
  PENTAX: "Pentax PEF",
  SAMSUNG: "Samsung SRW",
  EPSON: "Epson ERF",
  CANON: "Canon",
};

/**
 * Tells a camera's raw file among those that begin as TIFF, from its first directory: what a TIFF reader finds there is
 * a small preview, or a sensor's values. Undefined for a picture, and where the bytes given do not reach the directory.
 */
export function maybeTiffRawFormat(head: Buffer): SniffedFormat | undefined {
  if (head.length < 8) return undefined;
  const little = head[0] === 0x49;
  const u16 = (at: number) => (little ? head.readUInt16LE(at) : head.readUInt16BE(at));
  const u32 = (at: number) => (little ? head.readUInt32LE(at) : head.readUInt32BE(at));
  // BigTIFF (43) is no camera's format.
  if (u16(2) !== 42) return undefined;
  const directory = u32(4);
  if (directory + 2 > head.length) return undefined;
  const entries = new Map<number, number>();
  let maker = "";
  for (let i = 0, at = directory + 2; i < u16(directory) && at + 12 <= head.length; i++, at += 12) {
    const tag = u16(at);
    const isShort = u16(at + 2) === 3;
    entries.set(tag, isShort ? u16(at + 8) : u32(at + 8));
    if (tag === make) maker = textAt(head, u32(at + 8), u32(at + 4));
  }
  const isPreview = ((entries.get(newSubfileType) ?? 0) & 1) === 1 && entries.has(subIfds);
  const isSensor =
    sensorPhotometrics.has(entries.get(photometricInterpretation) ?? 0) ||
    sensorCompressions.has(entries.get(compression) ?? 0);
  if (entries.has(dngVersion)) return raw("Adobe DNG");
  if (!isPreview && !isSensor) return undefined;
  const known = Object.keys(makers).find((name) => maker.toUpperCase().startsWith(name));
  return raw(known === undefined ? "TIFF/EP" : (makers[known] as string));
}

function textAt(head: Buffer, at: number, length: number): string {
  return head.toString("latin1", Math.min(at, head.length), Math.min(at + Math.min(length, 32), head.length));
}

function raw(name: string): SniffedFormat {
  return {
    name: `camera RAW (${name})`,
    kind: "unsupported",
    advice: developFirst,
  };
}
