import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../src/errors.ts";
import { cellJson, cellText } from "../../src/tables/cell.ts";
import type { InputRow, InputTable } from "../../src/tables/inputTable.ts";

/** More rows than this are not kept: what is looked for is how they are read. */
const mostRows = 20_000;

/** Runs `check` on a file with these bytes, in a folder that is removed afterwards. */
export async function withFile(
  name: string,
  bytes: Uint8Array,
  check: (path: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "clipbook-fuzz-"));
  try {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    await check(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All rows of a table, each as long as the header and numbered; undefined where it is refused in the user's words. */
export async function checkedRows(
  open: () => Promise<InputTable>,
): Promise<{ readonly table: InputTable; readonly rows: readonly InputRow[] } | undefined> {
  try {
    const table = await open();
    assert.equal(new Set(table.columns).size, table.columns.length, "two columns have one name");
    const rows: InputRow[] = [];
    for await (const row of table.rows()) {
      assert.equal(row.cells.length, table.columns.length, `row ${row.number} is not as long as the header`);
      assert.equal(row.number, rows.length + 1);
      for (const cell of row.cells) {
        const json = cellJson(cell);
        if (json !== undefined) JSON.parse(json);
        assert.equal(typeof cellText(cell), "string");
      }
      rows.push(row);
      if (rows.length === mostRows) break;
    }
    return { table, rows };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    assert.ok((error.hint ?? "") !== "", `no hint: ${error.message}`);
    return undefined;
  }
}
