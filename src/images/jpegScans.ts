/** The parts of a JPEG up to its first end-of-image marker (ITU T.81, Annex B). */
export interface JpegScans {
  /** Where the end-of-image marker is; undefined where there is none. */
  readonly endAt: number | undefined;
  /** Coded pixels between two markers: `[start, end)` each, in order. */
  readonly coded: readonly (readonly [start: number, end: number])[];
  /** How many scans there are. */
  readonly count: number;
  readonly frame: JpegFrame | undefined;
  /** `none`: every colour came with all of its details; `details`: some are missing; `colours`: a whole colour is. */
  readonly missing: "none" | "details" | "colours";
}

/** What a JPEG's frame header says (ITU T.81, B.2.2). */
export interface JpegFrame {
  /** 0xc0 to 0xcf: how it is coded. */
  readonly marker: number;
  /** Of each colour. */
  readonly bits: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

const startOfScan = 0xda;
const endOfImage = 0xd9;

/**
 * Walks a JPEG from segment to segment to its end-of-image marker. Not by looking for the marker's bytes: thumbnails have an end of
 * their own, and phones append whole films.
 */
export function jpegScans(bytes: Buffer): JpegScans {
  const coded: (readonly [number, number])[] = [];
  const components = new Map<number, Int8Array>();
  let isProgressive = false;
  let frame: JpegScans["frame"];
  let endAt: number | undefined;
  let count = 0;
  // Where the coded pixels that are being walked over began.
  let codedFrom = -1;
  for (let at = bytes.indexOf(0xff, 2); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at)) {
    const marker = bytes[at + 1] as number;
    const isFilling = marker === 0xff;
    if (isFilling || marker === 0) {
      // A stuffed byte within a scan.
      at += isFilling ? 1 : 2;
      continue;
    }
    if (codedFrom >= 0) coded.push([codedFrom, withoutFilling(bytes, codedFrom, at)]);
    const isRestart = marker >= 0xd0 && marker <= 0xd7;
    codedFrom = isRestart && codedFrom >= 0 ? at + 2 : -1;
    if (marker === endOfImage) {
      endAt = at;
      break;
    }
    // Restarts, a second beginning and TEM have no length.
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
      continue;
    }
    if (at + 4 > bytes.length) break;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    const segment = bytes.subarray(at + 4, end);
    if (isFrame(marker)) {
      isProgressive = (marker & 3) === 2;
      const [bits = 0, high = 0, low = 0, left = 0, right = 0] = segment;
      frame = { marker, bits, heightPx: high * 256 + low, widthPx: left * 256 + right };
      for (let i = 6; i < segment.length; i += 3)
        components.set(segment[i] as number, new Int8Array(64).fill(-1));
    }
    if (marker === startOfScan) {
      count += 1;
      noteScan(segment, components, isProgressive);
      codedFrom = end;
    }
    at = end;
  }
  if (codedFrom >= 0 && codedFrom < bytes.length && endAt === undefined)
    coded.push([codedFrom, bytes.length]);
  return { endAt, coded, count, frame, missing: missingOf(components) };
}

/** Any number of 0xff may stand before a marker (ITU T.81, B.1.1.2); a decoder stops at the first of them. */
function withoutFilling(bytes: Buffer, from: number, marker: number): number {
  let end = marker;
  while (end > from && bytes[end - 1] === 0xff) end -= 1;
  return end;
}

/** SOF0 to SOF15 without DHT, JPG and DAC, which lie among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Notes how many low bits of each coefficient are still to come after a scan (ITU T.81, B.2.3 and G.1.1.1.1). */
function noteScan(segment: Buffer, components: ReadonlyMap<number, Int8Array>, isProgressive: boolean): void {
  const count = segment[0] ?? 0;
  const [from = 0, to = 63, bits = 0] = isProgressive ? segment.subarray(1 + 2 * count) : [];
  for (let i = 0; i < count; i++) {
    components.get(segment[1 + 2 * i] ?? -1)?.fill(isProgressive ? bits & 15 : 0, from, Math.min(to, 63) + 1);
  }
}

function missingOf(components: ReadonlyMap<number, Int8Array>): JpegScans["missing"] {
  const all = [...components.values()];
  if (all.some((bits) => bits[0] === -1)) return "colours";
  return all.every((bits) => bits.every((left) => left === 0)) ? "none" : "details";
}
