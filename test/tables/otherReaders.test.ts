import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/seededRandom.ts";
import { openTable } from "../../src/tables/openTable.ts";
import type { DelimitedFormat } from "../../src/tables/tableFormat.ts";
import { writeTable } from "../../src/tables/writeTable.ts";
import { randomCells } from "./randomTable.ts";
import { readTexts } from "./readTexts.ts";
import { temporaryFile, temporaryFolder } from "./temporaryFolder.ts";

const fixtures = join(import.meta.dirname, "../fixtures/tables");

function python(script: string, ...paths: string[]) {
  return spawnSync("python3", ["-c", script, ...paths], { encoding: "utf8", maxBuffer: 1 << 28 });
}

const readCsv = `
import csv, json, sys
with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    print(json.dumps(list(csv.reader(file, delimiter=sys.argv[2], strict=True))))
`;
const writeCsv = `
import csv, json, sys
rows = json.load(open(sys.argv[1], encoding="utf-8"))
with open(sys.argv[2], "w", encoding="utf-8", newline="") as file:
    csv.writer(file, quoting=int(sys.argv[3]), lineterminator=sys.argv[4].encode().decode("unicode_escape")).writerows(rows)
`;
const compareParquet = `
import sys, pyarrow.parquet as parquet
before, after = map(parquet.read_table, sys.argv[1:])
for name in before.column_names:
    assert before[name].to_pylist() == after[name].to_pylist(), name
    kind = before.schema.field(name).type
    kind = getattr(kind, "value_type", kind) if str(kind).startswith("dictionary") else kind
    assert kind == after.schema.field(name).type, (name, kind, after.schema.field(name).type)
assert after["Image"].to_pylist()[:2] == ["a.jpg", None]
print("same")
`;

/** Clipbook's own columns holding these texts, which begin with a letter so that none is guarded. */
async function writeTexts(cells: readonly (readonly string[])[], format: DelimitedFormat): Promise<string> {
  const path = join(temporaryFolder(), "a.csv");
  const own = cells[0]?.map((_, index) => ({ name: `column ${index}`, kind: "text" as const })) ?? [];
  await writeTable(
    path,
    { format, own },
    cells.map((row) => ({ input: undefined, own: row })),
  );
  return path;
}

const random = seededRandom(613);
const cells = randomCells(random, 500, 4).map((row) => row.map((text) => `t${text}`));
const header = ["column 0", "column 1", "column 2", "column 3"];

describe("tables and other programs", () => {
  for (const delimiter of [",", ";", "\t"] as const) {
    for (const bom of [false, true]) {
      const format: DelimitedFormat = { kind: "csv", delimiter, bom, newline: bom ? "\r\n" : "\n" };

      it(`Python's csv module reads what Clipbook writes: ${JSON.stringify(format)}`, async ({ skip }) => {
        skip(python("").status !== 0, "needs python3");
        const { stdout, stderr } = python(readCsv, await writeTexts(cells, format), delimiter);
        expect(stderr).toBe("");
        expect(JSON.parse(stdout)).toEqual([header, ...cells]);
      });

      it(`csv-parse reads what Clipbook writes: ${JSON.stringify(format)}`, async () => {
        const text = readFileSync(await writeTexts(cells, format));
        expect(parse(text, { delimiter, bom: true, record_delimiter: format.newline })).toEqual([
          header,
          ...cells,
        ]);
      });
    }
  }

  // 0 quotes where necessary, 1 quotes everything.
  for (const quoting of ["0", "1"]) {
    for (const newline of ["\\n", "\\r\\n"]) {
      it(`Clipbook reads what Python's csv module writes: quoting ${quoting}, line ends ${newline}`, async ({
        skip,
      }) => {
        skip(python("").status !== 0, "needs python3");
        const wanted = randomCells(random, 500, 3);
        const source = temporaryFile("rows.json", JSON.stringify([["a", "b", "c"], ...wanted]));
        const path = join(temporaryFolder(), "a.csv");
        expect(python(writeCsv, source, path, quoting, newline).stderr).toBe("");
        const table = await openTable(path);
        expect(table.columns).toEqual(["a", "b", "c"]);
        expect(await readTexts(table)).toEqual(wanted);
      });
    }
  }

  it.for(["scalars", "nested"])(
    "PyArrow reads its own %s, values and types, after Clipbook",
    async (name, { skip }) => {
      skip(python("import pyarrow").status !== 0, "needs python3 with pyarrow");
      const path = join(fixtures, `${name}.parquet`);
      const input = await openTable(path);
      const target = join(temporaryFolder(), "b.parquet");
      async function* rows() {
        for await (const row of input.rows())
          yield { input: row, own: [row.number === 1 ? "a.jpg" : undefined] };
      }
      await writeTable(
        target,
        { format: input.format, input, own: [{ name: "Image", kind: "text" }] },
        rows(),
      );
      const { stdout, stderr } = python(compareParquet, path, target);
      expect(stderr).toBe("");
      expect(stdout).toBe("same\n");
    },
  );
});
