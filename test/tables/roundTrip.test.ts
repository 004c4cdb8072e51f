import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parquetMetadata } from "hyparquet";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/seededRandom.ts";
import { type Cell, cellJson, cellText } from "../../src/tables/cell.ts";
import type { InputTable } from "../../src/tables/inputTable.ts";
import { openTable } from "../../src/tables/openTable.ts";
import type { OutputRow } from "../../src/tables/outputTable.ts";
import type { OwnColumn } from "../../src/tables/ownColumn.ts";
import { type DelimitedFormat, tableFormatOf } from "../../src/tables/tableFormat.ts";
import { writeTable } from "../../src/tables/writeTable.ts";
import { randomCells } from "./randomTable.ts";
import { readAll, readTexts } from "./readTexts.ts";
import { temporaryFile, temporaryFolder } from "./temporaryFolder.ts";

const fixtures = join(import.meta.dirname, "../fixtures/tables");
const own: readonly OwnColumn[] = [
  { name: "Image", kind: "text" },
  { name: "Classification Probability", kind: "probability" },
  { name: "Rank", kind: "integer" },
];

/** Every row of the table with Clipbook's cells; `source` says whether rows carry their own text. */
async function* rowsOf(table: InputTable, source: boolean): AsyncGenerator<OutputRow> {
  for await (const { number, cells, source: text } of table.rows()) {
    const input = source && text !== undefined ? { cells, source: text } : { cells };
    yield {
      input,
      own: number % 3 === 0 ? [undefined, undefined, undefined] : [`${number}.jpg`, 98.7, number],
    };
  }
}

/** Opens `path`, writes it with Clipbook's columns under another name and opens that. */
async function passThrough(
  path: string,
  name: string,
  source = true,
): Promise<readonly [InputTable, InputTable]> {
  const input = await openTable(path);
  const target = join(temporaryFolder(), name);
  await writeTable(
    target,
    { format: tableFormatOf(target, input.format), input, own },
    rowsOf(input, source),
  );
  return [input, await openTable(target)];
}

async function cellsOf(table: InputTable, columnCount: number): Promise<readonly (readonly Cell[])[]> {
  return (await readAll(table)).map((row) => row.cells.slice(0, columnCount));
}

function quoted(cells: readonly string[], { delimiter, newline }: DelimitedFormat): string {
  return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter) + newline;
}

describe("a table that passes through", () => {
  it("keeps every cell of CSV and TSV, whatever is in it and however it is written", async () => {
    const random = seededRandom(611);
    for (let round = 0; round < 120; round++) {
      const format: DelimitedFormat = {
        kind: "csv",
        delimiter: ([",", ";", "\t"] as const)[round % 3] ?? ",",
        bom: random() < 0.5,
        newline: random() < 0.5 ? "\n" : "\r\n",
      };
      const columnCount = 2 + Math.floor(random() * 4);
      const header = Array.from({ length: columnCount }, (_, index) => `column ${index}`);
      const cells = randomCells(random, 20, columnCount);
      const text = [header, ...cells].map((row) => quoted(row, format)).join("");
      const path = temporaryFile("a.csv", (format.bom ? "\ufeff" : "") + text);
      const [input, output] = await passThrough(path, "b.csv", random() < 0.5);
      expect(input.format).toEqual(format);
      expect(output.format).toEqual(format);
      expect(await cellsOf(input, columnCount)).toEqual(cells);
      expect(await cellsOf(output, columnCount)).toEqual(cells);
    }
  });

  it("keeps the text of CSV rows byte for byte, odd quoting and mixed line ends in cells included", async () => {
    const rows = ['"id",image', '"007",a.jpg', '008,"b, c.jpg"', '"x\ny\r\nz",5" screen', "'=1,   ", '"",'];
    const path = temporaryFile("a.csv", `\ufeff${rows.join("\r\n")}`);
    const [, output] = await passThrough(path, "b.csv");
    expect(readFileSync(output.path, "utf8")).toBe(
      [
        '\ufeff"id",image,Image,Classification Probability,Rank',
        '"007",a.jpg,1.jpg,98.70,1',
        '008,"b, c.jpg",2.jpg,98.70,2',
        '"x\ny\r\nz",5" screen,,,',
        "'=1,   ,4.jpg,98.70,4",
        '"",,5.jpg,98.70,5',
        "",
      ].join("\r\n"),
    );
  });

  it("writes the rows anew for another delimiter", async () => {
    const [, output] = await passThrough(temporaryFile("a.csv", 'id;text\n"1";a\tb\n2;"c;d"\n'), "b.tsv");
    expect(readFileSync(output.path, "utf8").split("\n").slice(0, 3)).toEqual([
      "id\ttext\tImage\tClassification Probability\tRank",
      '1\t"a\tb"\t1.jpg\t98.70\t1',
      "2\tc;d\t2.jpg\t98.70\t2",
    ]);
  });

  it("gives back the same bytes where Clipbook has nothing to add", async () => {
    for (const [name, text] of [
      ["a.csv", '\ufeffid;"t"\r\n"1";x\r\n'],
      ["a.jsonl", '{ "a" : 1.0 }\n{}\n'],
    ] as const) {
      const input = await openTable(temporaryFile(name, text));
      const target = join(temporaryFolder(), name);
      const rows = (await readAll(input)).map((row) => ({ input: row, own: [] }));
      await writeTable(target, { format: input.format, input, own: [] }, rows);
      expect(readFileSync(target, "utf8")).toBe(text);
    }
  });

  it("keeps the text of JSON lines byte for byte and adds its keys at the end", async () => {
    const lines = ['{ "id" : 1234567890123456789, "x":1.0 }', "{}", '{"s":"\\ud83d","x":[1 ,2]}', "{ }"];
    const [, output] = await passThrough(temporaryFile("a.jsonl", lines.join("\n")), "b.jsonl");
    const added = (row: number) => `"Image":"${row}.jpg","Classification Probability":98.7,"Rank":${row}}`;
    const empty = '"Image":null,"Classification Probability":null,"Rank":null}';
    expect(readFileSync(output.path, "utf8").split("\n")).toEqual([
      `{ "id" : 1234567890123456789, "x":1.0 ,${added(1)}`,
      `{${added(2)}`,
      `{"s":"\\ud83d","x":[1 ,2],${empty}`,
      `{ ${added(4)}`,
      "",
    ]);
  });

  it("keeps the values of JSON lines when only the cells are given", async () => {
    const lines = ['{ "id" : 1234567890123456789, "x":1.0 }', '{"x":null}', '{"id":"\\ud83d"}'];
    const [, output] = await passThrough(temporaryFile("a.jsonl", lines.join("\n")), "b.jsonl", false);
    const texts = readFileSync(output.path, "utf8").split("\n");
    expect(texts[0]?.startsWith('{"id":1234567890123456789,"x":1.0,"Image":')).toBe(true);
    expect(texts[1]?.startsWith('{"x":null,"Image":')).toBe(true);
    expect(texts[2]?.startsWith('{"id":"\\ud83d","Image":')).toBe(true);
  });

  it.each(["scalars", "nested"])("keeps PyArrow's %s in Parquet, values and types", async (name) => {
    const path = join(fixtures, `${name}.parquet`);
    const [input, output] = await passThrough(path, "b.parquet");
    const texts = async (table: InputTable) =>
      (await cellsOf(table, input.columns.length)).map((row) => row.map((cell) => cellJson(cell)));
    expect(await texts(output)).toEqual(await texts(input));
    const footer = (file: string) => parquetMetadata(readFileSync(file), { geoparquet: false });
    const meaning = (file: string) =>
      footer(file)
        .schema.slice(1)
        .map(({ name, type, type_length, repetition_type, num_children, converted_type }) => ({
          ...{ name, type, type_length, repetition_type, num_children, converted_type },
        }));
    expect(meaning(output.path).slice(0, -own.length)).toEqual(meaning(path));
    // Arrow refuses to open files with this annotation as hyparquet-writer 0.17 writes it.
    expect(footer(output.path).schema.some((element) => element.logical_type?.type === "INTEGER")).toBe(
      false,
    );
  });

  it("turns the outdated INT96 into a timestamp of the same instant", async () => {
    const [input, output] = await passThrough(join(fixtures, "int96.parquet"), "b.parquet");
    expect(output.parquetColumns[1]?.type.element).toMatchObject({
      type: "INT64",
      logical_type: { unit: "NANOS" },
    });
    expect((await readTexts(output)).map((row) => row[1])).toEqual(
      (await readTexts(input)).map((row) => row[1]),
    );
  });

  it("keeps every text in every other format", async () => {
    const random = seededRandom(612);
    const cells = randomCells(random, 300, 3);
    const format: DelimitedFormat = { kind: "csv", delimiter: ",", bom: false, newline: "\n" };
    const first = temporaryFile(
      "a.csv",
      [["a", "b", "c"], ...cells].map((row) => quoted(row, format)).join(""),
    );
    const table = await openTable(first);
    for (const names of [
      ["b.jsonl", "c.parquet", "d.tsv"],
      ["b.parquet", "c.jsonl", "d.csv"],
    ]) {
      let from: InputTable = table;
      for (const name of names) {
        const target = join(temporaryFolder(), name);
        const written = { format: tableFormatOf(target), input: from, own: [] };
        const rows = (await readAll(from)).map((row) => ({ input: row, own: [] }));
        await writeTable(target, written, rows);
        from = await openTable(target);
        expect((await readTexts(from)).map((row) => [...row])).toEqual(cells);
      }
    }
  });

  it("gives JSON columns the Parquet type that holds all their values", async () => {
    const lines = [
      '{"t":"a","b":true,"i":1,"l":1234567890123456789,"f":1,"m":1,"n":null,"h":1,"big":1,"o":{"a":[1.0]}}',
      '{"t":"\\ud83d","b":null,"i":-5,"l":2,"f":0.25,"m":"x","n":null,"h":18446744073709551616,"big":9007199254740993}',
      '{"t":null,"b":false,"f":1e3,"big":0.5}',
    ];
    const [, output] = await passThrough(temporaryFile("a.jsonl", lines.join("\n")), "b.parquet");
    expect(
      Object.fromEntries(output.parquetColumns.map(({ name, type }) => [name, type.kind])),
    ).toMatchObject({
      ...{
        t: "text",
        b: "boolean",
        i: "integer",
        l: "integer",
        f: "float64",
        m: "json",
        n: "text",
        h: "json",
      },
      ...{ big: "json", o: "json", Image: "text", "Classification Probability": "float64", Rank: "integer" },
    });
    const texts = await readTexts(output);
    expect(texts.map((row) => row.slice(0, 10))).toEqual([
      ["a", "true", "1", "1234567890123456789", "1", "1", "", "1", "1", '{"a":[1.0]}'],
      ["\\ud83d", "", "-5", "2", "0.25", '"x"', "", "18446744073709551616", "9007199254740993", ""],
      ["", "false", "", "", "1000", "", "", "", "0.5", ""],
    ]);
  });

  it("writes many row groups without losing or moving a row", async () => {
    const target = join(temporaryFolder(), "a.parquet");
    const rowCount = 120_001;
    function* rows(): Generator<OutputRow> {
      for (let row = 0; row < rowCount; row++) {
        yield { input: undefined, own: [row % 7 === 0 ? undefined : `${row}.jpg`, (row % 10001) / 100, row] };
      }
    }
    await writeTable(target, { format: { kind: "parquet" }, own }, rows());
    expect(parquetMetadata(readFileSync(target)).row_groups.length).toBe(3);
    let row = 0;
    for await (const { number, cells } of (await openTable(target)).rows()) {
      const texts = cells.map(cellText);
      const wanted = [row % 7 === 0 ? "" : `${row}.jpg`, String((row % 10001) / 100), String(row)];
      if (number !== row + 1 || texts.join() !== wanted.join())
        expect([number, texts]).toEqual([row + 1, wanted]);
      row++;
    }
    expect(row).toBe(rowCount);
  });
});
