import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { cellJson } from "../../src/tables/cell.ts";
import { openParquet } from "../../src/tables/openParquet.ts";
import { openTable } from "../../src/tables/openTable.ts";
import { findTableFile } from "../../src/tables/tableFile.ts";
import { writeTable } from "../../src/tables/writeTable.ts";
import { forgeParquet, honestPage } from "../tables/forgeParquet.ts";
import type { FuzzTarget } from "./fuzzTarget.ts";
import { checkedRows, withFile } from "./tableChecks.ts";

const fixtures = join(import.meta.dirname, "../fixtures/tables");

const delimitedRows = fc.array(
  fc.array(fc.string({ maxLength: 5, unit: fc.constantFrom(...'",;\t\n\r ax0', '""', "é") }), {
    minLength: 2,
    maxLength: 3,
  }),
  { minLength: 1, maxLength: 5 },
);
const jsonRows = fc.array(fc.dictionary(fc.string({ maxLength: 3 }), fc.jsonValue({ maxDepth: 3 })), {
  minLength: 1,
  maxLength: 4,
});

/** Reads a table, writes it again in its own format and reads that: the same cells. */
async function checkRoundTrip(name: string, bytes: Uint8Array): Promise<void> {
  await withFile(name, bytes, async (path) => {
    const read = await checkedRows(() => openTable(path));
    if (read === undefined) return;
    const { table, rows } = read;
    const target = join(dirname(path), `again-${name}`);
    const own = [{ name: "Clipbook's own column", kind: "integer" }] as const;
    await writeTable(
      target,
      { format: table.format, input: table, own },
      rows.map((input) => ({ input, own: [input.number] })),
    );
    const again = await checkedRows(() => openTable(target));
    assert.ok(again !== undefined, "what was read and written cannot be read");
    const valuesOf = (column: string, from: typeof read) => {
      const at = from.table.columns.indexOf(column);
      return from.rows.map(({ cells }) => cellJson(cells[at]));
    };
    for (const column of table.columns) assert.deepEqual(valuesOf(column, again), valuesOf(column, read));
    assert.deepEqual(
      valuesOf(own[0].name, again).map((json) => Number(JSON.parse(json ?? ""))),
      rows.map(({ number }) => number),
    );
  });
}

/** CSV and TSV. */
export const delimitedTarget: FuzzTarget = {
  name: "delimited",
  seeds: [
    "image,id\na.jpg,1\nb.jpg,2\n",
    '\ufeffpath;"note ""x"""\r\na.jpg;"two\r\nlines"\r\n;\r\n',
    "a\tb\tc\n1\t2\t3",
    'image\na.jpg\n\n"b, c.jpg"\n',
    "image,n\nM\u00fcller.jpg,1\n",
  ].flatMap((text) => [Buffer.from(text), Buffer.from(text, "latin1"), Buffer.from(text, "utf16le")]),
  tokens: [
    ",",
    ";",
    "\t",
    '"',
    '""',
    "\n",
    "\r",
    "\r\n",
    '",',
    ',"',
    '"\n"',
    "sep=;",
    "=1+1",
    "|",
    "\0",
    "<html>",
    "PK\x03\x04",
  ],
  generate: (seed) => {
    const [rows = []] = fc.sample(delimitedRows, { seed, numRuns: 1 });
    return Buffer.from(
      rows
        .map((cells) =>
          cells
            .map((cell) =>
              /[",;\t\r\n]/.test(cell) && seed % 5 > 0 ? `"${cell.replaceAll('"', '""')}"` : cell,
            )
            .join(seed % 3 ? "," : ";"),
        )
        .join("\n"),
    );
  },
  check: (bytes) => checkRoundTrip(bytes.length % 4 === 0 ? "a.tsv" : "a.csv", bytes),
};

/** JSON Lines. */
export const jsonLinesTarget: FuzzTarget = {
  name: "jsonl",
  seeds: [
    '{"image":"a.jpg","n":1.0}\n{"image":"b.jpg"}\n',
    '\ufeff{ "a" : [1, {"b\\"}": "]"}], "__proto__":2}\r\n\r\n{}\r\n',
    '{"a":"\\ud83d","b":1234567890123456789,"c":null,"d":true}',
  ].map((text) => Buffer.from(text)),
  tokens: [
    '"',
    "\\",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\n",
    '{"a":1}',
    '"a":',
    "\\u0000",
    "\\ud800",
    '\\"',
    "null",
    "1e5",
    "-",
    "\u2028",
    "[[[[",
  ],
  generate: (seed) =>
    Buffer.from(
      (fc.sample(jsonRows, { seed, numRuns: 1 })[0] ?? []).map((row) => JSON.stringify(row)).join("\n"),
    ),
  check: (bytes) => checkRoundTrip("a.jsonl", bytes),
};

const limits = { milliseconds: 3000, bytes: 700 * 1024 ** 2 };

/** Parquet. */
export const parquetTarget: FuzzTarget = {
  name: "parquet",
  seeds: [
    ...readdirSync(fixtures)
      .filter((name) => name.endsWith(".parquet"))
      .map((name) => readFileSync(join(fixtures, name))),
    forgeParquet({ page: honestPage }),
  ],
  tokens: ["PAR1", "\0\0\0\0", "\x15\x02", "\x19\xfc", "\x18", "\x7f", "\xff\xff\xff\xff"].map((token) =>
    Buffer.from(token, "latin1"),
  ),
  check: (bytes) =>
    withFile("a.parquet", bytes, async (path) => {
      await checkedRows(async () => openParquet(await findTableFile(path), limits));
    }),
};
