import { crc32, deflateRawSync } from "node:zlib";

/** A file or folder to be put into a ZIP archive. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** 0 stored, 8 deflated; any other number is written as it is, with the bytes stored. */
  readonly method?: number;
  /** Marks it as encrypted; its bytes stay as they are, behind the 12 bytes that encryption puts in front. */
  readonly encrypted?: boolean;
  /** Written in place of the right one. */
  readonly crc?: number;
}

/** The bytes of a ZIP archive with these entries in this order (PKWARE APPNOTE 6.3.10, sections 4.3.7 to 4.3.16). */
export function zipFile(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, method = 8, encrypted = false, crc = crc32(bytes) } of entries) {
    const packed = method === 8 ? deflateRawSync(bytes) : bytes;
    const stored = Buffer.concat([Buffer.alloc(encrypted ? 12 : 0), packed]);
    const nameBytes = Buffer.from(name);
    // Version needed, flags (bit 0 encrypted, bit 11 UTF-8), method, time, date, CRC-32, sizes, name and extra lengths.
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE((encrypted ? 1 : 0) | 0x800, 2);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt16LE(0x21, 8);
    fields.writeUInt32LE(crc, 10);
    fields.writeUInt32LE(stored.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), fields, nameBytes, stored]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), fields, rest, nameBytes]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, central, Buffer.from("PK\x05\x06"), end]);
}
