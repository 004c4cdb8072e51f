import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "csv-parse/sync";
import { onTestFinished } from "vitest";
import type { Encoder } from "../../src/model/openEncoder.ts";
import { type ClassifySpec, classifyUnits } from "../../src/pipeline/classifyUnits.ts";
import { loadCodebook } from "../../src/pipeline/loadCodebook.ts";
import { openInputs } from "../../src/pipeline/openInputs.ts";
import { type ResultsSpec, writeResults } from "../../src/pipeline/writeResults.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { tableFormatOf } from "../../src/tables/tableFormat.ts";
import { golden, referenceFolder } from "../images/reference.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

/** A new study in a temporary folder. */
export function newStudy() {
  const folder = temporaryFolder();
  const study = openStudy(join(folder, "study"));
  onTestFinished(() => study.close());
  return { folder, study };
}

/** Writes files into a folder, and the folders on the way. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** A folder with three pictures and one file that is none, which comes first. */
export function pictures(): string {
  const folder = temporaryFolder();
  for (const name of ["gray.jpg", "photo.webp", "palette.png"]) {
    copyFileSync(join(referenceFolder, "images", name), join(folder, name));
  }
  writeFileSync(join(folder, "bad.jpg"), "<html>");
  return folder;
}

/** A row of a CSV file by its columns. */
export type CsvRow = Readonly<Record<string, string>>;

/** The rows of a CSV file's text. */
export function readCsv(text: string, delimiter = ","): CsvRow[] {
  return parse(text, { columns: true, bom: true, delimiter }) as CsvRow[];
}

/** Classifies with the notebook's codebook, unless another one is given, in a new study. */
export async function classifyNames(
  names: readonly string[],
  encoder: Encoder,
  options: Partial<ClassifySpec> & { codebookText?: Record<string, string[]>; imageColumn?: string } = {},
) {
  const { folder, study } = newStudy();
  const codebookPath = join(folder, "codebook.json");
  writeFileSync(codebookPath, JSON.stringify(options.codebookText ?? golden.codebook));
  const codebook = await loadCodebook(codebookPath);
  const inputs = await openInputs(names, options.imageColumn);
  onTestFinished(() => inputs.close());
  const { run } = await classifyUnits({ study, encoder, codebook, inputs, ...options });
  const write = async (name: string, spec: Partial<ResultsSpec> = {}): Promise<string> => {
    const path = join(folder, name);
    const { table, imageColumn } = inputs;
    const format = tableFormatOf(path, table?.format);
    await writeResults(study, run, path, { format, table, imageColumn, ...spec });
    return path;
  };
  return {
    folder,
    study,
    run,
    inputs,
    /** Writes the results table; its path. */
    write,
    /** Writes the results table; its text. */
    writeText: async (name: string, spec: Partial<ResultsSpec> = {}) =>
      readFileSync(await write(name, spec), "utf8"),
  };
}
