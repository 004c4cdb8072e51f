import type { Command } from "commander";
import { jsonOption, sampleOption, studyOption } from "./commandOptions.ts";
import type { Terminal } from "./terminal.ts";

/** `clipbook import`, and the tables of codings below `clipbook export`. */
export function addExchangeCommands(program: Command, exports: Command, terminal: Terminal): void {
  addImport(program, terminal);
  exports
    .command("codings")
    .description("a sample's codings in long format, one row for each coder and image")
    .addOption(studyOption())
    .addOption(sampleOption())
    .option(
      "--output <file>",
      "the table, by its ending .csv .tsv .jsonl .parquet, an earlier one is replaced (default: CSV on stdout)",
    )
    .option("--history", "every coding ever given, with those that were changed or taken back since")
    .addOption(jsonOption())
    .action(async (options) => {
      const { runExportCodings } = await import("./exportCodings.ts");
      await runExportCodings(options, terminal);
    });
  exports
    .command("label-studio")
    .description("a sample as tasks for Label Studio, with the label configuration of its codebook")
    .addOption(studyOption())
    .addOption(sampleOption())
    .requiredOption("--output <dir>", "the folder for tasks.json and label-config.xml")
    .addOption(jsonOption())
    .action(async (options) => {
      const { runExportLabelStudio } = await import("./exportLabelStudio.ts");
      await runExportLabelStudio(options, terminal);
    });
}

function addImport(program: Command, terminal: Terminal): void {
  const imports = program.command("import").description("take in what people judged elsewhere");
  imports
    .command("codings")
    .description(
      "codings of a sample: files of coding pages, Label Studio's JSON, or tables with unit, coder, category, note, seconds",
    )
    .argument("<files...>", "all of them are taken in, or, when anything is wrong, none")
    .addOption(studyOption())
    .addOption(sampleOption())
    .option(
      "--coder <name>",
      "who coded, where a file does not tell; FROM=NAME for a name in the files, also several times",
      (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
    )
    .option("--replace", "where a coder has answered otherwise before, the files count")
    .addOption(jsonOption())
    .action(async (files: string[], options) => {
      const { runImportCodings } = await import("./importCodings.ts");
      await runImportCodings(files, options, terminal);
    });
}
