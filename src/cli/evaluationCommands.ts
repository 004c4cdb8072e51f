import { type Command, Option } from "commander";
import { jsonOption, sampleOption, studyOption } from "./commandOptions.ts";
import { wholeNumber } from "./parseArgument.ts";
import { parseGoldRule } from "./parseGoldRule.ts";
import type { Terminal } from "./terminal.ts";

/** `--gold RULE` */
export const goldOption = () =>
  new Option(
    "--gold <rule>",
    "what is true: majority, adjudicated, or coder:NAME (default: adjudicated where somebody did, else the majority)",
  ).argParser(parseGoldRule);

/** `clipbook evaluate`. */
export function addEvaluationCommands(program: Command, terminal: Terminal): void {
  program
    .command("evaluate")
    .description(
      "compare a run with a coded sample: agreement, accuracy, corrected shares, methods paragraph",
    )
    .addOption(studyOption())
    .addOption(sampleOption())
    .addOption(
      new Option(
        "--run <id>",
        "the run whose predictions are evaluated (default: the one drawn from)",
      ).argParser(wholeNumber(1)),
    )
    .addOption(goldOption())
    .addOption(
      new Option("--target <target>", "what the figures are about: this collection, or the process behind it")
        .choices(["collection", "process"])
        .default("collection"),
    )
    .option(
      "--by <columns...>",
      "also give shares and errors by these columns of the table that was classified",
    )
    .option(
      "--output <file>",
      "the page, .html; an earlier one is replaced (default: a new name in the study)",
    )
    .option(
      "--files <dir>",
      "also write every number as CSV, the whole as JSON, the methods paragraph, BibTeX",
    )
    .option("--no-page", "write no page")
    .addOption(jsonOption())
    .action(async (options) => {
      const { runEvaluate } = await import("./evaluate.ts");
      await runEvaluate(options, terminal);
    });
}

/** `clipbook export gold`. */
export function addGoldExport(exports: Command, terminal: Terminal): void {
  exports
    .command("gold")
    .description(
      "a sample's images with truth, prediction, inclusion probability and weight, for R or Python",
    )
    .addOption(studyOption())
    .addOption(sampleOption())
    .addOption(
      new Option(
        "--run <id>",
        "the run whose predictions stand beside (default: the one drawn from)",
      ).argParser(wholeNumber(1)),
    )
    .addOption(goldOption())
    .option(
      "--output <file>",
      "the table, by its ending .csv .tsv .jsonl .parquet, an earlier one is replaced (default: CSV on stdout)",
    )
    .addOption(jsonOption())
    .action(async (options) => {
      const { runExportGold } = await import("./exportGold.ts");
      await runExportGold(options, terminal);
    });
}
