import { type Command, Option } from "commander";
import {
  jsonOption,
  runOption,
  sampledRunOption,
  sampleOption,
  showPathsOption,
  studyOption,
} from "./commandOptions.ts";
import { goldOption } from "./goldOption.ts";
import { notEmpty, percentage, wholeNumber } from "./parseArgument.ts";
import type { Terminal } from "./terminal.ts";

/** `clipbook evaluate`, `clipbook shares` and `clipbook regress`. */
export function addEvaluationCommands(program: Command, terminal: Terminal): void {
  addEvaluate(program, terminal);
  addShares(program, terminal);
  addRegress(program, terminal);
}

function addEvaluate(program: Command, terminal: Terminal): void {
  program
    .command("evaluate")
    .description(
      "compare a run with a coded sample: agreement, accuracy, corrected shares, methods paragraph",
    )
    .addOption(studyOption())
    .addOption(sampleOption())
    .addOption(sampledRunOption("the run whose predictions are evaluated"))
    .addOption(goldOption())
    .addOption(
      new Option("--target <target>", "what the figures are about: this collection, or the process behind it")
        .choices(["collection", "process"])
        .default("collection"),
    )
    .addOption(
      new Option(
        "--shares <method>",
        "how category shares are corrected; ppi (PPI++) is for simple random samples only",
      )
        .choices(["post-stratified", "ppi"])
        .default("post-stratified"),
    )
    .option(
      "--ordinal",
      "the categories are grades in the codebook's order: also ordinal alpha, weighted kappas",
    )
    .addOption(
      new Option(
        "--compare <id>",
        "another run, such as of another codebook, to compare with on the same images",
      ).argParser(wholeNumber(1)),
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
    .addOption(showPathsOption())
    .addOption(jsonOption())
    .action(async (options) => {
      const { runEvaluate } = await import("./evaluate.ts");
      await runEvaluate(options, terminal);
    });
}

function addShares(program: Command, terminal: Terminal): void {
  program
    .command("shares")
    .description("a run's category shares, corrected by error rates that another study found")
    .addOption(studyOption())
    .addOption(runOption("the run whose shares are corrected"))
    .requiredOption(
      "--error-rates <file>",
      "confusion.csv as clipbook evaluate --files writes it: columns true, predicted, images, and weighted_share where there is one",
      notEmpty,
    )
    .addOption(jsonOption())
    .action(async (options) => {
      const { runShares } = await import("./shares.ts");
      await runShares(options, terminal);
    });
}

const several = (text: string, earlier: readonly string[] = []) => [...earlier, notEmpty(text)];

function addRegress(program: Command, terminal: Terminal): void {
  program
    .command("regress")
    .description("a regression on your table's columns, corrected for classification error by a coded sample")
    .addOption(studyOption())
    .addOption(sampleOption())
    .addOption(sampledRunOption("the run whose predictions are corrected"))
    .addOption(goldOption())
    .requiredOption("--outcome <variable>", 'a column of numbers, or a category: "category:NAME"', notEmpty)
    .addOption(
      new Option(
        "--on <variable>",
        'a covariate, as often as there are: a column (numbers as they are, texts as groups), "text:COLUMN" for numbers that are names, or "category:NAME"',
      )
        .argParser(several)
        .default([], "none, for a mean"),
    )
    .addOption(
      new Option("--family <family>", "the model of the outcome")
        .choices(["linear", "logistic"])
        .default("linear"),
    )
    .option(
      "--cluster <column>",
      "the column that says which units vary together, such as an account (default: units that show the same image)",
      notEmpty,
    )
    .addOption(
      new Option("--missing <text>", "a cell that stands for no value, beside the empty one").argParser(
        several,
      ),
    )
    .option(
      "--output <file>",
      "also a table of the coefficients, by its ending .csv .tsv .jsonl .parquet, an earlier one is replaced",
    )
    .addOption(jsonOption())
    .action(async (options) => {
      const { runRegress } = await import("./regress.ts");
      await runRegress(options, terminal);
    });
}

/** `clipbook export predictions`. */
export function addPredictionExport(exports: Command, terminal: Terminal): void {
  exports
    .command("predictions")
    .description("a run's results table in which only predictions stand that reach a precision")
    .addOption(studyOption())
    .addOption(sampleOption())
    .addOption(sampledRunOption("the run"))
    .addOption(goldOption())
    .requiredOption("--at-precision <percent>", "the precision that is to be reached, as 90", percentage)
    .addOption(
      new Option(
        "--score <score>",
        "by what predictions are left out: the margin is how far the next category is behind",
      )
        .choices(["probability", "margin"])
        .default("probability"),
    )
    .option("--per-category", "a threshold for every predicted category")
    .option("--lower-bound", "the lower end of the precision's 95% interval is to reach it")
    .option(
      "--residual <name>",
      "the category of what is left out (default: the codebook's residual one)",
      notEmpty,
    )
    .option("--no-columns", "leave out the columns of the table that was classified")
    .option("--column-name <name>", "prefix of the columns that Clipbook writes", notEmpty, "Classification")
    .requiredOption(
      "--output <file>",
      "the table, by its ending .csv .tsv .jsonl .parquet, an earlier one is replaced",
    )
    .addOption(jsonOption())
    .action(async (options) => {
      const { runExportPredictions } = await import("./exportPredictions.ts");
      await runExportPredictions(options, terminal);
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
    .addOption(sampledRunOption("the run whose predictions stand beside"))
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
