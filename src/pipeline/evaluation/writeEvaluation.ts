import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { evaluationTableNames } from "../../figures/evaluation/evaluationTableNames.ts";
import { tableFormatOf } from "../../tables/tableFormat.ts";
import { writeTable } from "../../tables/writeTable.ts";
import type { Evaluation } from "../../validation/evaluation.ts";
import { requireReplaceable } from "../replaceable.ts";
import { unwritable } from "../unwritable.ts";
import { writeWhole } from "../writeWhole.ts";
import { evaluationTableColumns } from "./evaluationTableColumns.ts";
import { evaluationTables } from "./evaluationTables.ts";

function evaluationFiles(directory: string) {
  return {
    tableOf: (name: string) => join(directory, `${name}.csv`),
    json: join(directory, "evaluation.json"),
    methods: join(directory, "methods.txt"),
    references: join(directory, "references.bib"),
  };
}

/**
 * Makes the folder of a report's files, and looks whether all of them can be written there.
 * @throws UserError for files that are something else, and a folder that cannot be made
 */
export async function requireEvaluationFiles(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true }).catch((cause) => {
    throw unwritable(directory, cause);
  });
  const { tableOf, json, methods, references } = evaluationFiles(directory);
  for (const name of evaluationTableNames)
    await requireReplaceable(
      tableOf(name),
      evaluationTableColumns[name].map((column) => column.name),
    );
  await requireReplaceable(json, ['"clipbookVersion"']);
  await requireReplaceable(methods, ["Clipbook"]);
  await requireReplaceable(references, ["Clipbook"]);
}

/**
 * Writes a report's numbers into a folder: a CSV file for each table, the whole as JSON, the methods paragraph and what it cites. Files
 * of an earlier report are replaced, others never.
 * @returns the paths
 * @throws UserError for files that are something else, or cannot be written
 */
export async function writeEvaluation(evaluation: Evaluation, directory: string): Promise<readonly string[]> {
  // All are looked at before the first is written.
  await requireEvaluationFiles(directory);
  const { tableOf, json, methods, references } = evaluationFiles(directory);
  const tables = evaluationTables(evaluation).map((table) => ({ ...table, path: tableOf(table.name) }));
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
