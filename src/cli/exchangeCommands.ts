import { type Command, Option } from "commander";
import { views } from "../images/viewGeometry.ts";
import { precisions } from "../model/registeredModel.ts";
import { vectorLayouts } from "../pipeline/embeddings/vectorSource.ts";
import { jsonOption, runOption, sampleOption, studyOption } from "./commandOptions.ts";
import type { Terminal } from "./terminal.ts";

/** `clipbook import`, and the tables of codings below `clipbook export`. */
export function addExchangeCommands(program: Command, exports: Command, terminal: Terminal): void {
  addImport(program, terminal);
  addExportEmbeddings(exports, terminal);
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
  const imports = program.command("import").description("take in what was judged or computed elsewhere");
  addEmbeddings(imports, terminal);
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

function addEmbeddings(imports: Command, terminal: Terminal): void {
  imports
    .command("embeddings")
    .description(
      "vectors of images that another program made: clip-retrieval's folders, .npy with a table, or Parquet with a column of lists",
    )
    .argument(
      "<dir>",
      "the folder with the files; all of them are taken in, or, when anything is wrong, none",
    )
    .requiredOption(
      "--encoder <name|dir>",
      "the model that they are said to be of, a registered one or a folder: Clipbook has to believe it",
    )
    .addOption(
      new Option("--precision <precision>", "numbers of that model's towers")
        .choices(precisions)
        .default(precisions[0]),
    )
    .addOption(
      new Option("--view <view>", "how pictures became square (default: as the model was trained)").choices(
        views,
      ),
    )
    .option("--name <name>", "what they are called in the study (default: the folder's name)")
    .option(
      "--image-column <name>",
      "the column that names the images (default: image_path, url, or what looks like it)",
    )
    .option("--vector-column <name>", "in Parquet, the column of vectors (default: the only list of floats)")
    .option(
      "--images <dir>",
      "where the pictures of relative names are, to be shown; nothing is ever fetched",
    )
    .addOption(studyOption())
    .addOption(jsonOption())
    .action(async (folder: string, options) => {
      const { runImportEmbeddings } = await import("./importEmbeddings.ts");
      await runImportEmbeddings(folder, options, terminal);
    });
}

function addExportEmbeddings(exports: Command, terminal: Terminal): void {
  exports
    .command("embeddings")
    .description(
      "the vectors of a run's images for Python, in the layouts that clipbook import embeddings reads",
    )
    .addOption(studyOption())
    .addOption(runOption("the run whose units are written, in their order"))
    .requiredOption("--output <dir>", "the folder to write, not there yet or empty")
    .addOption(
      new Option("--layout <layout>", "clip-retrieval's folders, .npy files with .csv, or .parquet files")
        .choices(vectorLayouts)
        .default(vectorLayouts[0]),
    )
    .option("--float16", "numbers of half the size, rounded (default: the very bits of the study, float32)")
    .addOption(jsonOption())
    .action(async (options) => {
      const { runExportEmbeddings } = await import("./exportEmbeddings.ts");
      await runExportEmbeddings(options, terminal);
    });
}
