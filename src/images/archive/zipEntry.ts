import { UserError } from "../../errors.ts";
import type { ImageFailure } from "../imageFailure.ts";

/** A file in a ZIP archive, as the archive describes it (PKWARE APPNOTE 6.3.10, section 4.4). */
export interface ZipEntry {
  readonly name: string;
  /** Why it cannot be read, where that is known without reading it. */
  readonly failure: ImageFailure | undefined;
  readonly flags: number;
  /** 0 stored, 8 deflated; others exist. */
  readonly method: number;
  readonly crc32: number;
  readonly packedBytes: number;
  /** As the archive claims. */
  readonly sizeBytes: number;
  /** Where its local header begins in the file. */
  readonly headerAt: number;
}

/** An archive with more files is refused, also one that was cut off. */
export const mostEntries = 1_000_000;

/** The refusal of an archive with more files than that; its path comes in front where it is opened. */
export function tooManyEntries(): UserError {
  return new UserError("it has more than a million files: unpack it");
}

/** The first four bytes of an archive's records, little endian (APPNOTE sections 4.3.7 to 4.3.16). */
export const signatures = {
  localHeader: 0x04034b50,
  descriptor: 0x08074b50,
  directoryHeader: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  end64Locator: 0x07064b50,
} as const;

/** Bits of an entry's flags (APPNOTE section 4.4.4). */
export const entryFlags = { encrypted: 0x1, sizesFollow: 0x8, utf8: 0x800 } as const;
