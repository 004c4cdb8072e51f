import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { tableFormatOf } from "../../tables/tableFormat.ts";
import { writeTable } from "../../tables/writeTable.ts";
import type { Evaluation } from "../../validation/evaluation.ts";
import { requireReplaceable } from "../replaceable.ts";
import { unwritable } from "../unwritable.ts";
import { writeWhole } from "../writeWhole.ts";
import { evaluationTables } from "./evaluationTables.ts";

/**
 * Writes a report's numbers into a folder: a CSV file for each table, the whole as JSON, the methods paragraph and what it cites. Files
 * of an earlier report are replaced, others never.
 * @returns the paths
 * @throws UserError for files that are something else, or cannot be written
 */
export async function writeEvaluation(evaluation: Evaluation, directory: string): Promise<readonly string[]> {
  await mkdir(directory, { recursive: true }).catch((cause) => {
    throw unwritable(directory, cause);
  });
  const tables = evaluationTables(evaluation).map((table) => ({
    ...table,
    path: join(directory, `${table.name}.csv`),
  }));
  const json = join(directory, "evaluation.json");
  const methods = join(directory, "methods.txt");
  const references = join(directory, "references.bib");
  // All are looked at before the first is written.
  for (const { path, columns } of tables)
    await requireReplaceable(
      path,
      columns.map(({ name }) => name),
    );
  await requireReplaceable(json, ['"clipbookVersion"']);
  await requireReplaceable(methods, ["Clipbook"]);
  await requireReplaceable(references, ["Clipbook"]);
  for (const { path, columns, rows } of tables) {
    const own = rows.map((row) => ({ input: undefined, own: row }));
    await writeTable(path, { format: tableFormatOf(path), own: columns }, own);
  }
  await writeWhole(json, `${JSON.stringify(evaluation, undefined, 2)}\n`);
  await writeWhole(
    methods,
    `${evaluation.methods.paragraph}\n\nWritten by Clipbook ${evaluation.clipbookVersion}, ${evaluation.madeAt}.\n`,
  );
  const entries = evaluation.methods.references.map(({ bibtex }) => bibtex).join("\n\n");
  await writeWhole(references, `% Cited by the methods paragraph that Clipbook wrote\n\n${entries}\n`);
  return [...tables.map(({ path }) => path), json, methods, references];
}
