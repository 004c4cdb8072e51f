import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openTable } from "../../src/tables/openTable.ts";
import { failureOf } from "./failureOf.ts";
import { temporaryFile } from "./temporaryFolder.ts";

const contents: readonly (readonly [what: string, bytes: Buffer, hint: string])[] = [
  ["an Excel workbook or a ZIP archive", Buffer.from("PK\x03\x04\x14\0\x06\0[Content_Types].xml"), ".csv"],
  ["an old Excel workbook (.xls)", Buffer.from("d0cf11e0a1b11ae10000", "hex"), ".csv"],
  ["a gzip file", gzipSync("image,id\na.jpg,1\n"), "unpack"],
  ["a Zstandard file", zstdCompressSync("image,id\na.jpg,1\n"), "unpack"],
  ["a bzip2 file", Buffer.from("425a683931415926535990", "hex"), "unpack"],
  ["an Arrow (Feather) file", Buffer.from("ARROW1\0\0\xff\xff"), ".parquet"],
  ["an SPSS file", Buffer.from("$FL2@(#) SPSS DATA FILE"), ".csv"],
  ["a GIF picture", Buffer.from("GIF89a\x01\0"), "folder"],
  ["an SQLite database", Buffer.from("SQLite format 3\0\x10\0"), "export"],
  ["a PDF", Buffer.from("%PDF-1.7\n"), ".csv"],
  ["an HTML page", Buffer.from("\ufeff\n <!DOCTYPE html>\n<html><body>404</body></html>"), "download"],
  ["an HTML page", Buffer.from("<html lang=de><table><tr><td>1</td></tr></table>"), "download"],
  ["an XML file", Buffer.from('<?xml version="1.0"?><rows/>'), ".csv"],
  ["a JPEG picture", Buffer.from("ffd8ffe000104a464946", "hex"), "folder"],
];

describe("a file that is something else than its name says", () => {
  for (const name of ["a.csv", "a.tsv", "a.jsonl", "a.parquet"]) {
    it.each(contents)(`is called what it is: ${name} is %s`, async (what, bytes, hint) => {
      const path = temporaryFile(name, bytes);
      const failure = await failureOf(() => openTable(path));
      expect(failure.message).toBe(`${path}: this is ${what}, and no table of the kind that its name says`);
      expect(failure.hint).toContain(hint);
    });
  }

  it.each([
    '[{"image": "a.jpg"}]',
    '{"image": "a.jpg"}\n{"image": "b.jpg"}\n',
    '\ufeff{\n  "rows": []\n}',
    "[[1,2]]",
  ])("is called what it is: a.csv is JSON, %j", async (text) => {
    const failure = await failureOf(() => openTable(temporaryFile("a.csv", text)));
    expect(failure.message).toContain("this is JSON,");
    expect(failure.hint).toContain(".jsonl");
  });

  it("is called what it is: a.csv is a Parquet file", async () => {
    const failure = await failureOf(() => openTable(temporaryFile("a.csv", "PAR1\x15\0PAR1")));
    expect(failure.message).toContain("this is a Parquet file,");
  });

  it("leaves tables alone whose first column has an odd name", async () => {
    const headers = ["<b>image</b>", "{image}", "[image]", "PKimage", "GIF,image", '"{""a"": 1}"'];
    for (const header of [...headers, "PAR1,PAR2", "BZhang", "ARROW1", "GIF8", "$FL2"]) {
      const table = await openTable(temporaryFile("a.csv", `${header},id\na.jpg,1\n`));
      expect(table.columns.at(-1)).toBe("id");
    }
  });
});
