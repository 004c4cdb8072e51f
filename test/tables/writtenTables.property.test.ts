import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { openTable } from "../../src/tables/openTable.ts";
import type { OwnCell, OwnColumn } from "../../src/tables/ownColumn.ts";
import { type Delimiter, type TableFormat, tableFormatOf } from "../../src/tables/tableFormat.ts";
import { guardFormula, withoutGuard } from "../../src/tables/tableText.ts";
import { writeTable } from "../../src/tables/writeTable.ts";
import { readTexts } from "./readTexts.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const columns: readonly OwnColumn[] = [
  { name: 'a "name", with; all\tof\r\nit', kind: "text" },
  { name: "=second", kind: "text" },
  { name: "Rank", kind: "integer" },
  { name: "Share", kind: "number" },
];

/** Text of what readers of tables stumble over, halves of surrogate pairs included, sometimes very long. */
const text = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.string({
      maxLength: 6,
      unit: fc.constantFrom(
        ..."\"',;\t\n\r\0\\|=+-@ ax0",
        "\r\n",
        '""',
        "\ufeff",
        "\u2028",
        "\u0085",
        "\u001a",
        "\ud83d",
        "\ude00",
        "😀",
        "\uffff",
        "é",
        "e\u0301",
        "\uff1d",
      ),
    }),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...'"\n\r;=x', "\ufeff"), fc.integer({ min: 30_000, max: 300_000 }))
      .map(([unit, count]) => unit.repeat(count)),
  },
);
const row = fc.tuple(
  fc.option(text, { nil: undefined }),
  fc.option(text, { nil: undefined }),
  fc.option(fc.integer(), { nil: undefined }),
  fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined }),
);
const rows = fc.array(row, { minLength: 1, maxLength: 12 });

async function written(format: TableFormat, cells: readonly (readonly OwnCell[])[]): Promise<string> {
  const path = join(temporaryFolder(), `a.${format.kind}`);
  await writeTable(
    path,
    { format, own: columns },
    cells.map((own) => ({ input: undefined, own })),
  );
  return path;
}

/** What stands for a text that UTF-8 cannot hold: halves of surrogate pairs become their JSON escapes. */
function spelledOut(cell: OwnCell): string {
  return String(cell ?? "").replace(/\p{Surrogate}/gu, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
}

function asDelimited(cell: OwnCell): string {
  return typeof cell === "string" ? guardFormula(spelledOut(cell)) : String(cell ?? "");
}

const readCsv = `
import csv, json, sys
csv.field_size_limit(1 << 30)
out = []
for path, delimiter in zip(sys.argv[1::2], sys.argv[2::2]):
    with open(path, encoding="utf-8-sig", newline="") as file:
        out.append(list(csv.reader(file, delimiter=delimiter, strict=True)))
print(json.dumps(out))
`;

const delimitedFormat = fc.record({
  kind: fc.constant("csv" as const),
  delimiter: fc.constantFrom<Delimiter>(",", ";", "\t"),
  bom: fc.boolean(),
  newline: fc.constantFrom("\n" as const, "\r\n" as const),
});

// hyparquet's own takes a byte-order mark off every text.
const parsers = {
  stringFromBytes: (bytes: Uint8Array) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
};

describe("a written table, whatever its texts", () => {
  it("is read by csv-parse and by Clipbook as what was written, guarded where a spreadsheet would run it", async () => {
    const property = fc.asyncProperty(delimitedFormat, rows, async (format, cells) => {
      const path = await written(format, cells);
      const wanted = cells.map((own) => own.map(asDelimited));
      const options = { delimiter: format.delimiter, bom: true, record_delimiter: format.newline };
      const [header, ...read] = parse(readFileSync(path), options);
      expect(header).toEqual(columns.map(({ name }) => guardFormula(name)));
      expect(read).toEqual(wanted);
      expect(await readTexts(await openTable(path))).toEqual(wanted);
      for (const [index, own] of cells.entries()) {
        expect(read[index]?.slice(0, 2).map(withoutGuard)).toEqual(own.slice(0, 2).map(spelledOut));
        // Numbers stay numbers, negative ones too.
        expect(read[index]?.slice(2)).toEqual(own.slice(2).map((cell) => String(cell ?? "")));
      }
    });
    await fc.assert(property, { seed: 4, numRuns: 60 });
  });

  it("is read by Python's csv module as what was written", async ({ skip }) => {
    skip(
      spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]).status !== 0,
      "left out: needs python3 3.11",
    );
    const samples = fc.sample(fc.tuple(delimitedFormat, rows), { seed: 5, numRuns: 30 });
    const args: string[] = [];
    for (const [format, cells] of samples) args.push(await written(format, cells), format.delimiter);
    const { stdout, stderr } = spawnSync("python3", ["-c", readCsv, ...args], {
      encoding: "utf8",
      maxBuffer: 1 << 30,
    });
    expect(stderr).toBe("");
    const wanted = samples.map(([, cells]) => [
      columns.map(({ name }) => guardFormula(name)),
      ...cells.map((own) => own.map(asDelimited)),
    ]);
    expect(JSON.parse(stdout)).toEqual(wanted);
  });

  it("is read by JSON.parse line by line as what was written, halves of surrogate pairs included", async () => {
    const property = fc.asyncProperty(rows, async (cells) => {
      const path = await written(tableFormatOf("a.jsonl"), cells);
      const lines = readFileSync(path, "utf8").split("\n");
      expect(lines.pop()).toBe("");
      expect(lines.map((line) => Object.entries(JSON.parse(line)))).toEqual(
        // JSON has no -0 of JavaScript's.
        cells.map((own) =>
          columns.map(({ name }, index) => [
            name,
            own[index] === undefined ? null : typeof own[index] === "number" ? own[index] + 0 : own[index],
          ]),
        ),
      );
    });
    await fc.assert(property, { seed: 6, numRuns: 60 });
  });

  it("is read by hyparquet as what was written", async () => {
    const property = fc.asyncProperty(rows, async (cells) => {
      const path = await written(tableFormatOf("a.parquet"), cells);
      const bytes = readFileSync(path);
      const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
      const read = await parquetReadObjects({ file, parsers });
      const wanted = cells.map((own) =>
        Object.fromEntries(
          columns.map(({ name, kind }, index) => {
            const cell = own[index];
            if (cell === undefined) return [name, null];
            if (typeof cell === "string") return [name, spelledOut(cell)];
            return [name, kind === "integer" ? BigInt(cell) : cell];
          }),
        ),
      );
      expect(
        read.map((object) =>
          Object.fromEntries(Object.entries(object).map(([key, value]) => [key, value ?? null])),
        ),
      ).toEqual(wanted);
    });
    await fc.assert(property, { seed: 7, numRuns: 60 });
  });
});
