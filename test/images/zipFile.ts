import { crc32, deflateRawSync } from "node:zlib";

/** A file or folder to be put into a ZIP archive. */
export interface ZipEntry {
  /** Bytes for a name that is no UTF-8. */
  readonly name: string | Uint8Array;
  readonly bytes: Uint8Array;
  /** 0 stored, 8 deflated; any other number is written as it is, with the bytes stored. */
  readonly method?: number;
  /** Marks it as encrypted; its bytes stay as they are, behind the 12 bytes that encryption puts in front. */
  readonly encrypted?: boolean;
  /** Written in place of the right one. */
  readonly crc?: number;
  /** Whether the name is marked as UTF-8; it is unless told otherwise. */
  readonly marked?: boolean;
  /** Unix' mode, with the kind of file. */
  readonly mode?: number;
  /** The sizes stand in a record behind the bytes, as writers to a pipe do it; `bare` leaves out its signature. */
  readonly sizesFollow?: boolean | "bare";
  /** Written in place of the right size. */
  readonly claimedBytes?: number;
  /** Written in place of where its header is. */
  readonly claimedOffset?: number;
  /** Sizes and place in ZIP64's extra field. */
  readonly wide?: boolean;
  /** A further extra field, whole. */
  readonly extra?: Uint8Array;
}

/** How the archive's end is written. */
export interface ZipEnd {
  /** With the records of ZIP64. */
  readonly wide?: boolean;
  /** Put in front of the archive, with no place in it corrected. */
  readonly front?: Uint8Array;
  readonly comment?: Uint8Array;
  /** Written in place of the right number of entries. */
  readonly claimedCount?: number;
  readonly disk?: number;
}

/** A whole field: id, length, content. */
export function extraField(id: number, content: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(content.length, 2);
  return Buffer.concat([head, content]);
}

function wideField(numbers: readonly number[]): Buffer {
  const content = Buffer.alloc(8 * numbers.length);
  for (const [i, number] of numbers.entries()) content.writeBigUInt64LE(BigInt(number), 8 * i);
  return extraField(1, content);
}

/** The bytes of a ZIP archive with these entries in this order (PKWARE APPNOTE 6.3.10, sections 4.3.7 to 4.3.16). */
export function zipFile(entries: readonly ZipEntry[], ending: ZipEnd = {}): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { local, central } = writtenEntry(entry, offset);
    locals.push(local);
    centrals.push(central);
    offset += local.length;
  }
  const central = Buffer.concat(centrals);
  const count = ending.claimedCount ?? entries.length;
  const comment = ending.comment ?? new Uint8Array();
  const end = Buffer.alloc(18);
  end.writeUInt16LE(ending.disk ?? 0, 0);
  end.writeUInt16LE(ending.wide ? 0xffff : count, 4);
  end.writeUInt16LE(ending.wide ? 0xffff : count, 6);
  end.writeUInt32LE(ending.wide ? 0xffffffff : central.length, 8);
  end.writeUInt32LE(ending.wide ? 0xffffffff : offset, 12);
  end.writeUInt16LE(comment.length, 16);
  const parts = [ending.front ?? Buffer.alloc(0), ...locals, central];
  if (ending.wide) parts.push(wideEnd(count, central.length, offset));
  return Buffer.concat([...parts, Buffer.from("PK\x05\x06"), end, comment]);
}

function wideEnd(count: number, bytes: number, offset: number): Buffer {
  const record = Buffer.alloc(56);
  record.write("PK\x06\x06", "latin1");
  record.writeBigUInt64LE(44n, 4);
  [count, count, bytes, offset].forEach((number, i) => {
    record.writeBigUInt64LE(BigInt(number), 24 + 8 * i);
  });
  const locator = Buffer.alloc(20);
  locator.write("PK\x06\x07", "latin1");
  locator.writeBigUInt64LE(BigInt(offset + bytes), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator]);
}

function writtenEntry(entry: ZipEntry, offset: number): { local: Buffer; central: Buffer } {
  const { name, bytes, method = 8, encrypted = false, crc = crc32(bytes), marked = true, mode = 0 } = entry;
  const packed = method === 8 ? deflateRawSync(bytes) : bytes;
  const stored = Buffer.concat([Buffer.alloc(encrypted ? 12 : 0), packed]);
  const nameBytes = typeof name === "string" ? Buffer.from(name) : Buffer.from(name);
  const size = entry.claimedBytes ?? bytes.length;
  const at = entry.claimedOffset ?? offset;
  const extra = entry.extra ?? new Uint8Array();
  const [localExtra, centralExtra] = entry.wide
    ? [wideField([size, stored.length]), wideField([size, stored.length, at])]
    : [Buffer.alloc(0), Buffer.alloc(0)];
  // Version needed, flags (bit 0 encrypted, 3 sizes follow, 11 UTF-8), method, time, date, CRC-32, sizes, lengths.
  const fields = (inDirectory: boolean) => {
    const isLater = entry.sizesFollow !== undefined && !inDirectory;
    const written = Buffer.alloc(26);
    written.writeUInt16LE(20, 0);
    written.writeUInt16LE(
      (encrypted ? 1 : 0) | (entry.sizesFollow === undefined ? 0 : 8) | (marked ? 0x800 : 0),
      2,
    );
    written.writeUInt16LE(method, 4);
    written.writeUInt16LE(0x21, 8);
    written.writeUInt32LE(isLater ? 0 : crc, 10);
    written.writeUInt32LE(isLater ? 0 : entry.wide ? 0xffffffff : stored.length, 14);
    written.writeUInt32LE(isLater ? 0 : entry.wide ? 0xffffffff : size, 18);
    written.writeUInt16LE(nameBytes.length, 22);
    written.writeUInt16LE((inDirectory ? centralExtra : localExtra).length + extra.length, 24);
    return written;
  };
  const descriptor = Buffer.alloc(12);
  descriptor.writeUInt32LE(crc, 0);
  descriptor.writeUInt32LE(stored.length, 4);
  descriptor.writeUInt32LE(Math.min(size, 0xffffffff), 8);
  const behind = [
    ...(entry.sizesFollow === true ? [Buffer.from("PK\x07\x08")] : []),
    ...(entry.sizesFollow === undefined ? [] : [descriptor]),
  ];
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE((mode << 16) >>> 0, 6);
  rest.writeUInt32LE(entry.wide ? 0xffffffff : at, 10);
  return {
    local: Buffer.concat([
      Buffer.from("PK\x03\x04"),
      fields(false),
      nameBytes,
      localExtra,
      extra,
      stored,
      ...behind,
    ]),
    central: Buffer.concat([
      Buffer.from("PK\x01\x02\x14\x03"),
      fields(true),
      rest,
      nameBytes,
      centralExtra,
      extra,
    ]),
  };
}
