import { UserError } from "../errors.ts";

/** What a file is that has a table's name and is none. */
interface Foreign {
  readonly what: string;
  readonly hint: string;
}

const asText = "save it as .csv or .tsv (UTF-8) in the program that wrote it";
const unpack = "unpack it, then give the table that is in it";
const picture = "give the folder with the pictures, or a table that names them";

/** Signatures at byte 0, as Latin-1, and what a file is that begins with one: so long that no column is called so, such as `PAR1`. */
const signatures: readonly (readonly [signature: string, foreign: Foreign])[] = [
  [
    "PK\x03\x04",
    {
      what: "an Excel workbook or a ZIP archive",
      hint: `for a workbook: ${asText}; for an archive: ${unpack}`,
    },
  ],
  ["\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", { what: "an old Excel workbook (.xls)", hint: asText }],
  ["PAR1\x15", { what: "a Parquet file", hint: "end its name in .parquet" }],
  ["\x1f\x8b", { what: "a gzip file", hint: unpack }],
  ...Array.from(
    "123456789",
    (level) => [`BZh${level}1AY&SY`, { what: "a bzip2 file", hint: unpack }] as const,
  ),
  ["\xfd7zXZ\0", { what: "an xz file", hint: unpack }],
  ["\x28\xb5\x2f\xfd", { what: "a Zstandard file", hint: unpack }],
  ["7z\xbc\xaf\x27\x1c", { what: "a 7-Zip archive", hint: unpack }],
  ["Rar!\x1a", { what: "a RAR archive", hint: unpack }],
  ["SQLite format 3\0", { what: "an SQLite database", hint: "export the table from it as .csv" }],
  ["%PDF-", { what: "a PDF", hint: asText }],
  ["{\\rtf", { what: "a text document (RTF)", hint: asText }],
  ["$FL2@(#)", { what: "an SPSS file", hint: asText }],
  ["<stata_dta>", { what: "a Stata file", hint: asText }],
  ["ARROW1\0\0", { what: "an Arrow (Feather) file", hint: "save it as .parquet or .csv" }],
  ["\xff\xd8\xff", { what: "a JPEG picture", hint: picture }],
  ["\x89PNG", { what: "a PNG picture", hint: picture }],
  ["GIF87a", { what: "a GIF picture", hint: picture }],
  ["GIF89a", { what: "a GIF picture", hint: picture }],
];

/** What a text is that begins so, after blanks. */
const textBeginnings: readonly (readonly [pattern: RegExp, foreign: Foreign])[] = [
  [
    /^<(?:!doctype html|html|head|body|table|script)\b/i,
    { what: "an HTML page", hint: "was it a failed download? download the table itself" },
  ],
  [/^<\?xml\b/i, { what: "an XML file", hint: asText }],
];

const json: Foreign = {
  what: "JSON",
  hint: 'write one object per line into a file whose name ends in .jsonl: {"image": "a.jpg"}',
};

/**
 * Looks whether a file with a table's name is something else, whose bytes would make no sense as cells.
 * @param start the file's first bytes, 512 or more if it has as many
 * @param kind what its name says that it is
 * @throws UserError that names what it is
 */
export function refuseForeignContent(
  start: Buffer,
  path: string,
  kind: "csv" | "tsv" | "jsonl" | "parquet",
): void {
  const head = start.toString("latin1", 0, 512);
  const text = head.replace(/^\xef\xbb\xbf/, "").trimStart();
  const found =
    signatures.find(([signature]) => head.startsWith(signature))?.[1] ??
    textBeginnings.find(([pattern]) => pattern.test(text))?.[1] ??
    (isDelimited(kind) && /^(?:\[\s*[[{]|\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\}))/.test(text) ? json : undefined);
  if (found === undefined || (kind === "parquet" && found.what === "a Parquet file")) return;
  throw new UserError(`${path}: this is ${found.what}, and no table of the kind that its name says`, {
    hint: found.hint,
  });
}

function isDelimited(kind: string): boolean {
  return kind === "csv" || kind === "tsv";
}
