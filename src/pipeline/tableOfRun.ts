import { resolve } from "node:path";
import { UserError } from "../errors.ts";
import type { Study } from "../store/openStudy.ts";
import type { Run } from "../store/runStore.ts";
import { cellText } from "../tables/cell.ts";
import type { InputTable } from "../tables/inputTable.ts";
import { openTable } from "../tables/openTable.ts";
import { maybeTableFormat } from "../tables/tableFormat.ts";

/** The table that a run classified: as it was, or why it cannot be used any more. */
export type TableOfRun =
  | { readonly name: string; readonly table: InputTable; readonly imageColumn: string }
  | { readonly name: string; readonly problem: string };

/** The name of the table that a run classified, as it was given; undefined for a run of folders and files. */
export function maybeTableName(study: Study, run: Run): string | undefined {
  const { inputs } = run.settings;
  const name = Array.isArray(inputs) && inputs.length === 1 ? String(inputs[0]) : undefined;
  if (name === undefined || maybeTableFormat(name) === undefined) return undefined;
  const first = study.runs.rows(run.id).next();
  return !first.done && first.value.unit.rowNumber > 0 ? name : undefined;
}

/**
 * Opens the table that a run classified and compares it row by row: its rows must name the run's units. A relative name is
 * looked for in the current folder, then in the study. undefined for a run of folders and files.
 */
export async function maybeTableOfRun(study: Study, run: Run): Promise<TableOfRun | undefined> {
  const name = maybeTableName(study, run);
  if (name === undefined) return undefined;
  let problem = "";
  for (const path of new Set([resolve(name), resolve(study.directory, name)])) {
    try {
      const table = await openTable(path);
      const imageColumn = await maybeImageColumn(study, run, table);
      if (imageColumn !== undefined) return { name, table, imageColumn };
      problem = `${path} is another table by now: its rows are not the run's`;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problem ||= error.message;
    }
  }
  return { name, problem };
}

/** The column whose cells are the names of the run's units, in all rows; undefined where none is. */
async function maybeImageColumn(study: Study, run: Run, table: InputTable): Promise<string | undefined> {
  const units = study.runs.rows(run.id);
  let candidates = table.columns.map((_, index) => index);
  for await (const { cells, number } of table.rows()) {
    const next = units.next();
    if (next.done || next.value.unit.rowNumber !== number) return undefined;
    const { name } = next.value.unit;
    candidates = candidates.filter((index) => cellText(cells[index]).toWellFormed() === name);
    if (candidates.length === 0) return undefined;
  }
  if (!units.next().done) return undefined;
  // Where several columns have the same cells, one called Image saves a second column of that name.
  const chosen = candidates.find((index) => table.columns[index] === "Image") ?? candidates[0];
  return chosen === undefined ? undefined : table.columns[chosen];
}
