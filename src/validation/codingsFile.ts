import type { CodingAnswer } from "./coding.ts";
import { textDigest } from "./sha256.ts";

/** A coding as a page for coding without a server hands it back. */
export interface OfflineCoding {
  /** SHA-256 of the image, lower case hexadecimal. */
  readonly image: string;
  /** `withdrawn`: taken back after an earlier file had another answer. */
  readonly answer: CodingAnswer;
  /** The category's name; only with the answer `category`. */
  readonly value: string | null;
  readonly note: string;
  /** How long the image was on the screen until the answer, with all its visits, without the time in which the page was hidden. */
  readonly seconds: number | null;
  /** ISO 8601 */
  readonly codedAt: string;
}

/** What one coder hands back. */
export interface CodingsContent {
  readonly sample: string;
  /** `sampleDigest` of what was coded. */
  readonly sampleDigest: string;
  readonly coder: string;
  /** ISO 8601 */
  readonly exportedAt: string;
  readonly codings: readonly OfflineCoding[];
}

/** The word in every such file. */
export const codingsFileKind = "codings";

/** The form's version. */
export const codingsFileVersion = 1;

/**
 * A checksum of all that a file of codings says, SHA-256 in hexadecimal: it shows that a file was damaged or edited by hand. It is no
 * signature: whoever wants to forge a file can compute it anew.
 */
export function codingsChecksum(content: CodingsContent): string {
  const { sample, sampleDigest, coder, exportedAt, codings } = content;
  const rows = codings.map(({ image, answer, value, note, seconds, codedAt }) => [
    image,
    answer,
    value,
    note,
    seconds,
    codedAt,
  ]);
  return textDigest(
    JSON.stringify([codingsFileKind, codingsFileVersion, sample, sampleDigest, coder, exportedAt, rows]),
  );
}

/** The text of a file of codings: JSON. */
export function codingsFileText(content: CodingsContent): string {
  const { sample, sampleDigest, coder, exportedAt, codings } = content;
  const file = {
    clipbook: codingsFileKind,
    version: codingsFileVersion,
    sample,
    sampleDigest,
    coder,
    exportedAt,
    codings,
    checksum: codingsChecksum(content),
  };
  return `${JSON.stringify(file, undefined, 1)}\n`;
}
