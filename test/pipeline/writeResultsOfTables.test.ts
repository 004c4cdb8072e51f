import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import type { Encoder } from "../../src/model/openEncoder.ts";
import { checkResults } from "../../src/pipeline/writeResults.ts";
import { openTable } from "../../src/tables/openTable.ts";
import { writeTable } from "../../src/tables/writeTable.ts";
import { loadTinyModel } from "../tinyModels.ts";
import { type CsvRow, classifyNames, pictures, readCsv, writeFiles } from "./classifyInTest.ts";

let encoder: Encoder;
beforeAll(async () => {
  encoder = await loadTinyModel("clip");
});
afterAll(() => encoder.close());

/** A CSV table with awkward cells, whose rows name pictures of `pictures()`. */
const awkward = {
  header: "id;image;text;empty",
  rows: [
    '1234567890123456789;gray.jpg;"with ; and ""quotes""";',
    "0001; photo.webp ;=SUM(A1);",
    '-5;bad.jpg;"two\r\nlines";',
    "1e5;;no image;",
    "6;https://example.org/a.jpg;ä 😀;",
    "7;gray.jpg;again;",
    "8;none.png;gone;  ",
  ],
};

describe("a table given as input", () => {
  it("comes back untouched: delimiter, byte-order mark, line ends, quotes and every byte of its rows", async () => {
    const folder = pictures();
    const lines = [awkward.header, ...awkward.rows];
    writeFiles(folder, { "t.csv": `\ufeff${lines.map((line) => `${line}\r\n`).join("")}` });
    const { writeText } = await classifyNames([join(folder, "t.csv")], encoder);
    const text = await writeText("out.csv");
    let rest = text;
    lines.forEach((line, i) => {
      const start = `${i === 0 ? "\ufeff" : ""}${line};`;
      expect(rest.slice(0, start.length)).toBe(start);
      rest = rest.slice(rest.indexOf("\r\n", start.length) + 2);
    });
    expect(rest).toBe("");
    const rows = readCsv(text, ";");
    expect(Object.keys(rows[0] as CsvRow)).toEqual([
      ...awkward.header.split(";"),
      "Image",
      "Classification",
      "Classification Label",
      "Classification Probability",
      "Classification Error",
    ]);
    expect(rows.map((row) => row["Classification Error"]?.split(":")[0])).toEqual([
      "",
      "",
      "not_an_image",
      "missing_file",
      "missing_file",
      "",
      "missing_file",
    ]);
    expect(rows.map((row) => row.Image)).toEqual(rows.map((row) => row.image));
    for (const row of rows) expect(row.Classification === "").toBe(row["Classification Error"] !== "");
    const { id: _, text: __, ...first } = rows[0] as CsvRow;
    const { id: ___, text: ____, ...again } = rows[5] as CsvRow;
    expect(again).toEqual(first);
  });

  it("comes back as a table with tabs", async () => {
    const folder = pictures();
    writeFiles(folder, { "t.tsv": 'id\timage\n9007199254740993\tgray.jpg\n"a\tb"\tbad.jpg' });
    const { writeText } = await classifyNames([join(folder, "t.tsv")], encoder);
    const lines = (await writeText("out.tsv")).split("\n");
    expect(lines[1]).toMatch(/^9007199254740993\tgray\.jpg\tgray\.jpg\t/);
    expect(lines[2]).toMatch(/^"a\tb"\tbad\.jpg\tbad\.jpg\t\t\t\tnot_an_image/);
    expect(lines.slice(3)).toEqual([""]);
  });

  it("comes back as JSON Lines, every byte of its objects kept", async () => {
    const folder = pictures();
    const lines = [
      '{"id": 1234567890123456789, "image": "gray.jpg", "n": 1.0, "deep": {"a": [1, null]}}',
      '{"image": null, "id":"2"}',
      '{ "other": true, "image": "bad.jpg" }',
    ];
    writeFiles(folder, { "t.jsonl": `${lines.join("\n")}\n` });
    const { writeText } = await classifyNames([join(folder, "t.jsonl")], encoder);
    const written = (await writeText("out.jsonl")).trimEnd().split("\n");
    expect(written.map((line, i) => line.startsWith((lines[i] as string).slice(0, -1)))).toEqual([
      true,
      true,
      true,
    ]);
    const [first, second, third] = written.map((line) => JSON.parse(line));
    expect(first.Image).toBe("gray.jpg");
    expect(first["Classification Probability"]).toBeTypeOf("number");
    expect(first["Classification Error"]).toBeNull();
    expect(second).toMatchObject({ Image: "", Classification: null });
    expect(second["Classification Error"]).toBe("missing_file: the row names no image");
    expect(third["Classification Error"]).toMatch(/^not_an_image/);
  });

  it("comes back as Parquet with its types, and goes into the other formats with its digits", async () => {
    const folder = pictures();
    writeFiles(folder, {
      "t.jsonl": '{"id": 1234567890123456789, "image": "gray.jpg"}\n{"image": "none.jpg"}\n',
    });
    const source = await openTable(join(folder, "t.jsonl"));
    const parquet = join(folder, "t.parquet");
    await writeTable(
      parquet,
      { format: { kind: "parquet" }, input: source, own: [] },
      (async function* () {
        for await (const input of source.rows()) yield { input, own: [] };
      })(),
    );
    const { write, writeText } = await classifyNames([parquet], encoder);
    const bytes = readFileSync(await write("out.parquet"));
    const rows = await parquetReadObjects({
      file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    });
    expect(Object.keys(rows[0] ?? {})).toEqual([
      "id",
      "image",
      "Image",
      "Classification",
      "Classification Label",
      "Classification Probability",
      "Classification Error",
    ]);
    expect(rows[0]).toMatchObject({ id: 1234567890123456789n, image: "gray.jpg", Image: "gray.jpg" });
    expect(rows[0]?.["Classification Probability"]).toBeTypeOf("number");
    expect(rows[1]?.["Classification Error"]).toBe("missing_file: there is no such file");
    expect((await writeText("out.csv")).split("\n")[1]).toMatch(/^1234567890123456789,gray\.jpg,/);
    expect(await writeText("out.jsonl")).toMatch(/^\{"id":1234567890123456789,/);
  });

  it("may have its images in a column called Image, which is not written twice", async () => {
    const folder = pictures();
    writeFiles(folder, { "t.csv": "id,Image\n1,gray.jpg\n" });
    const { writeText } = await classifyNames([join(folder, "t.csv")], encoder);
    expect((await writeText("out.csv")).split("\n")[0]).toBe(
      "id,Image,Classification,Classification Label,Classification Probability",
    );
  });

  it("may be a results table, given another column name", async () => {
    const folder = pictures();
    writeFiles(folder, { "t.csv": "Image,Classification\ngray.jpg,old\n" });
    const { writeText, folder: out } = await classifyNames([join(folder, "t.csv")], encoder);
    await expect(writeText("out.csv")).rejects.toThrow(
      'Clipbook would write "Classification", but the table has such a column already',
    );
    expect(readdirSync(out)).not.toContain("out.csv");
    const text = await writeText("out.csv", { columnName: "New" });
    expect(text).toMatch(/^Image,Classification,New,New Label,New Probability\ngray\.jpg,old,/);
  });

  it("with another column called Image is the user's to mend, before the work begins", async () => {
    const folder = pictures();
    writeFiles(folder, { "t.csv": "Image,file\nportrait,gray.jpg\n" });
    const { run, inputs, write } = await classifyNames([join(folder, "t.csv")], encoder, {
      imageColumn: "file",
    });
    const spec = { format: { kind: "jsonl", bom: false, newline: "\n" } as const, ...inputs };
    for (const attempt of [async () => await checkResults(run, undefined, spec), () => write("out.csv")]) {
      const failure = await attempt().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(UserError);
      expect((failure as UserError).message).toContain('Clipbook would write "Image"');
      expect((failure as UserError).hint).toContain("--image-column Image");
    }
  });

  it("is checked for taken names, that of the Error column too, before anything has failed", async () => {
    const folder = pictures();
    writeFiles(folder, { "t.csv": "image,Classification Error\ngray.jpg,x\n" });
    const { run, inputs } = await classifyNames([join(folder, "t.csv")], encoder);
    const spec = { format: { kind: "jsonl", bom: false, newline: "\n" } as const, ...inputs };
    await expect(checkResults(run, undefined, spec)).rejects.toThrow('"Classification Error"');
    await checkResults(run, undefined, { ...spec, columnName: "New" });
  });
});
