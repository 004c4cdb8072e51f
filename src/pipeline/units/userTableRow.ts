import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { UserError } from "../../errors.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run, UnitRecord } from "../../store/runStore.ts";
import { cellText } from "../../tables/cell.ts";
import type { InputTable } from "../../tables/inputTable.ts";
import { openTable } from "../../tables/openTable.ts";
import { openRecentlyUsed } from "./recentlyUsed.ts";

/** A cell of the user's table, as text, and its column's name. */
export interface UserCell {
  readonly name: string;
  readonly text: string;
}

/** A unit's row of the user's table, or why it cannot be had. */
export type UserTableRow = { readonly cells: readonly UserCell[] } | { readonly missing: string };

/** Reads rows of the tables that runs classified. */
export interface UserTables {
  /** The row of a unit; undefined where the input was no table. */
  maybeRowOf(run: Run, unit: UnitRecord): Promise<UserTableRow | undefined>;
}

/** Rows of a table stay in memory up to so many characters; those of a larger one are read again each time. */
const mostCharacters = 50_000_000;

/** A table as it was when it was read. */
interface ReadTable {
  readonly columns: readonly string[];
  readonly count: number;
  /** The cells' texts; undefined where they are too many to keep. */
  readonly rows: readonly (readonly string[])[] | undefined;
  readonly table: InputTable;
}

/** Nothing is read before it is asked for; of the table that was asked for last the rows are kept. */
export function openUserTables(study: Study): UserTables {
  const tables = openRecentlyUsed<ReadTable>(1);
  return {
    maybeRowOf: async (run, unit) => {
      if (unit.rowNumber === 0) return undefined;
      const [name] = Array.isArray(run.settings.inputs) ? (run.settings.inputs as string[]) : [];
      if (name === undefined) return { missing: "the run does not say which table it was" };
      const found = await maybeFile([resolve(name), resolve(study.directory, name)]);
      if (found === undefined) return { missing: `the table ${name} is not where it was` };
      try {
        const table = await tables.get(JSON.stringify(found), () => readTable(found.path));
        return await rowOf(table, name, unit, study.units.count(run.id));
      } catch (error) {
        if (error instanceof UserError) return { missing: error.message };
        throw error;
      }
    },
  };
}

/** The first of some paths at which there is a file, and what tells whether it has changed since. */
async function maybeFile(paths: readonly string[]) {
  for (const path of paths) {
    const found = await stat(path, { bigint: true }).catch(() => undefined);
    if (found?.isFile()) return { path, size: String(found.size), modified: String(found.mtimeNs) };
  }
  return undefined;
}

async function readTable(path: string): Promise<ReadTable> {
  const table = await openTable(path);
  const kept: string[][] = [];
  let characters = 0;
  let count = 0;
  for await (const { cells } of table.rows()) {
    count += 1;
    if (characters > mostCharacters) continue;
    const texts = cells.map(cellText);
    characters += texts.reduce((sum, text) => sum + text.length, 0);
    kept.push(texts);
  }
  return { columns: table.columns, count, rows: characters > mostCharacters ? undefined : kept, table };
}

/** Another table of the same name would give the unit somebody else's row: its length and the cell that names the image are compared. */
async function rowOf(
  { columns, count, rows, table }: ReadTable,
  name: string,
  unit: UnitRecord,
  units: number,
): Promise<UserTableRow> {
  if (count !== units)
    return { missing: `the table ${name} has changed: it has ${count} rows, and had ${units}` };
  const texts = rows === undefined ? await readRow(table, unit.rowNumber) : rows[unit.rowNumber - 1];
  if (texts === undefined || !texts.includes(unit.name))
    return { missing: `the table ${name} has changed: its row ${unit.rowNumber} names another image` };
  return { cells: columns.map((column, i) => ({ name: column, text: texts[i] ?? "" })) };
}

async function readRow(table: InputTable, number: number): Promise<readonly string[] | undefined> {
  for await (const row of table.rows()) if (row.number === number) return row.cells.map(cellText);
  return undefined;
}
