import { Command, Option } from "commander";
import { scorings } from "../classify.ts";
import { version } from "../version.ts";
import {
  batchSizeOption,
  followOutsideOption,
  imageColumnOption,
  inputsArgument,
  jsonOption,
  maxMegapixelsOption,
  modelOption,
  precisionOption,
  runOption,
  showPathsOption,
  studyOption,
  threadsOption,
  viewOption,
} from "./commandOptions.ts";
import { addEvaluationCommands, addGoldExport, addPredictionExport } from "./evaluationCommands.ts";
import { addExchangeCommands } from "./exchangeCommands.ts";
import { finiteNumber, notEmpty, runOrAll, wholeNumber } from "./parseArgument.ts";
import { printable } from "./printable.ts";
import { addQueueOptions, addWorker } from "./queueCommands.ts";
import { addSampleCommands } from "./sampleCommands.ts";
import { addShardCommands } from "./shardCommands.ts";
import type { Terminal } from "./terminal.ts";

// Everything that a command runs is imported when it is used: `--help` loads neither ONNX Runtime nor sharp.

/**
 * The command line as commander sees it. Nothing here ends the process: commander's own errors are thrown.
 * @throws CommanderError for arguments that do not parse, and after --help and --version
 */
export function createProgram(terminal: Terminal): Command {
  const program = new Command("clipbook")
    .description("Sorts images into the categories of your codebook with CLIP, on your own machine.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .configureOutput({
      writeOut: terminal.stdout,
      writeErr: terminal.stderr,
      outputError: (text, write) => write(withHint(text)),
    })
    .exitOverride();
  addDemo(program, terminal);
  addInit(program, terminal);
  addCheck(program, terminal);
  addClassify(program, terminal);
  addShardCommands(program, terminal);
  addOverview(program, terminal);
  addServe(program, terminal);
  addSampleCommands(program, terminal);
  addEvaluationCommands(program, terminal);
  const exports = addExport(program, terminal);
  addGoldExport(exports, terminal);
  addPredictionExport(exports, terminal);
  addExchangeCommands(program, exports, terminal);
  addModels(program, terminal);
  addWorker(program, terminal);
  return program;
}

/** commander's message in the form of all others, with where to look. */
function withHint(text: string): string {
  const lines = text.trimEnd().split(/\n(?=\(Did you mean )/);
  return `${lines.map(printable).join("\n")}\nhint: add --help to see what is understood\n`;
}

function sampleOptions(command: Command): Command {
  return command
    .option("-n, --images <count>", "images per category on the overview (default: 12)", wholeNumber(1))
    .option("--seed <number>", "seed of the overview's sample (default: 1)", wholeNumber(0))
    .addOption(
      new Option("--sort <order>", "order of the overview's images (default: probability)").choices([
        "probability",
        "margin",
        "name",
        "random",
      ]),
    )
    .addOption(showPathsOption());
}

function addDemo(program: Command, terminal: Terminal): void {
  program
    .command("demo")
    .description("draw sample pictures and classify them with the bundled model")
    .argument("[dir]", "where to put the pictures and the study", "clipbook-demo")
    .option(
      "--count <pictures>",
      "how many pictures to draw (default: 420; 1500 with --validate)",
      wholeNumber(7, 100_000),
    )
    .option(
      "--validate",
      "also make the worked example of a validation: samples, three simulated coders, evaluation",
    )
    .addOption(jsonOption())
    .action(async (directory: string, options) => {
      const { runDemo } = await import("./demo.ts");
      await runDemo(directory, options, terminal);
    });
}

function addInit(program: Command, terminal: Terminal): void {
  program
    .command("init")
    .description("write a commented codebook to start from; never overwrites")
    .argument("[file]", "the codebook to write", "codebook.yaml")
    .addOption(jsonOption())
    .action(async (file: string, options) => {
      const { runInit } = await import("./init.ts");
      await runInit(file, options, terminal);
    });
}

function addCheck(program: Command, terminal: Terminal): void {
  program
    .command("check")
    .description("look for mistakes and weak points in a codebook, or in how it works on a study's images")
    .argument("[file]", "the codebook", "codebook.yaml")
    .option(
      "--model <name|dir>",
      "also count each phrase's tokens for this model; with --study, the model of the run",
    )
    .addOption(scoringOption())
    .option("--study <dir>", "diagnose the codebook of a run of this study instead of a file")
    .addOption(runOption("with --study, the run"))
    .option(
      "--sample <name>",
      "with --study, the coded sample to judge by, never a sealed one (default: the newest coded pilot or reliability sample)",
    )
    .option("--no-templates", "with --study, do not measure how much the wording round the phrases decides")
    .addOption(jsonOption())
    .action(async (file: string, options, command: Command) => {
      const { checkStudy, requireOneForm } = await import("./checkStudy.ts");
      requireOneForm(options, {
        file: command.args.length > 0,
        scoring: command.getOptionValueSource("scoring") !== "default",
      });
      if (options.study !== undefined) return checkStudy(options, terminal);
      const { checkCodebook } = await import("./check.ts");
      await checkCodebook(file, options, terminal);
    });
}

const scoringOption = () =>
  new Option("--scoring <rule>", "how phrases decide a category").choices(scorings).default(scorings[0]);

function addClassify(program: Command, terminal: Terminal): void {
  const command = program
    .command("classify")
    .description(
      "classify images: a results table, an overview page, and a study that remembers the embeddings",
    )
    .addArgument(inputsArgument().argOptional())
    .option("--imported <name>", "instead of inputs, embeddings that clipbook import embeddings took in")
    .option("--codebook <file>", "the codebook (default: codebook.yaml in the study)")
    .addOption(studyOption())
    .addOption(modelOption())
    .addOption(precisionOption())
    .option(
      "--output <file>",
      "results table, by its ending .csv .tsv .jsonl .parquet, an earlier one is replaced; - for CSV on stdout (default: a new name in the study)",
    )
    .option("--top <count>", "the best answers instead of the best one", wholeNumber(1))
    .option("--all-scores", "a column more for every probability that was compared")
    .addOption(scoringOption())
    .addOption(viewOption())
    .option("--column-name <name>", "prefix of the columns that Clipbook writes", notEmpty, "Classification")
    .addOption(imageColumnOption())
    .addOption(followOutsideOption())
    .option("--truncate", "accept phrases longer than the model's context; their end is not read")
    .option(
      "--logit-scale <number>",
      "what cosines are multiplied by, for models that do not tell",
      finiteNumber(0),
    )
    .option(
      "--logit-bias <number>",
      "what is added to logits, for SigLIP models that do not tell",
      finiteNumber(),
    )
    .addOption(batchSizeOption())
    .addOption(threadsOption())
    .addOption(maxMegapixelsOption())
    .option("--no-overview", "write no overview page")
    .option("--strict", "exit with 1 if any image could not be classified")
    .addOption(jsonOption());
  addQueueOptions(command);
  sampleOptions(command).action(async (inputs: string[], options) => {
    if (options.imported !== undefined) {
      const { runClassifyImported } = await import("./classifyImported.ts");
      const model = command.getOptionValueSource("model") === "default" ? undefined : options.model;
      return runClassifyImported(inputs, { ...options, model }, terminal);
    }
    const { runClassify } = await import("./classify.ts");
    await runClassify(inputs, options, terminal);
  });
}

function addOverview(program: Command, terminal: Terminal): void {
  const command = program
    .command("overview")
    .description("write the overview page of a run again, with other images or another order")
    .addOption(studyOption())
    .option("--run <id>", "the run (default: the newest)", wholeNumber(1))
    .option(
      "--output <file>",
      "the page to write, .html; an earlier page is replaced (default: a new name in the study)",
    )
    .addOption(jsonOption());
  sampleOptions(command).action(async (options) => {
    const { runOverview } = await import("./overview.ts");
    await runOverview(options, terminal);
  });
}

function addServe(program: Command, terminal: Terminal): void {
  program
    .command("serve")
    .description("open the study as a web app on this machine: look, review, improve the codebook")
    .addOption(studyOption())
    .option("--codebook <file>", "the codebook to edit (default: codebook.yaml in the study)")
    .option("--model <name|dir>", "the model, a registered one or a folder (default: the newest run's)")
    .option(
      "--host <address>",
      "where to listen; beyond this machine, too, for those who have the whole address",
      notEmpty,
      "127.0.0.1",
    )
    .option("--port <number>", "the port (default: the next free one from 4700 on)", wholeNumber(1, 65_535))
    .addOption(threadsOption())
    .option("--no-open", "do not open the browser")
    .addOption(jsonOption())
    .action(async (options) => {
      const { runServe } = await import("./serve.ts");
      await runServe(options, terminal);
    });
}

function addExport(program: Command, terminal: Terminal): Command {
  const exports = program
    .command("export")
    .description("write what people judged in a study as tables for other programs");
  exports
    .command("reviews")
    .description("the verdicts of the review, one row for each reviewer and image")
    .addOption(studyOption())
    .option("--run <id|all>", "the run whose predictions were judged (default: the newest)", runOrAll)
    .option(
      "--output <file>",
      "the table, by its ending .csv .tsv .jsonl .parquet, an earlier one is replaced (default: CSV on stdout)",
    )
    .option("--history", "every verdict ever given, with those that were changed or taken back since")
    .addOption(jsonOption())
    .action(async (options) => {
      const { runExportReviews } = await import("./export.ts");
      await runExportReviews(options, terminal);
    });
  return exports;
}

function addModels(program: Command, terminal: Terminal): void {
  const models = program.command("models").description("the models that Clipbook knows by name");
  models
    .command("list", { isDefault: true })
    .description("list them: what each is good for, licence, size, whether it is on this machine")
    .addOption(jsonOption())
    .action(async (options) => {
      const { runModelsList } = await import("./models.ts");
      await runModelsList(options, terminal);
    });
  models
    .command("download")
    .description("fetch a model into the Hub cache and check its digests")
    .argument("<name>", "a registered model")
    .addOption(precisionOption())
    .addOption(jsonOption())
    .action(async (name: string, options) => {
      const { runModelsDownload } = await import("./models.ts");
      await runModelsDownload(name, options, terminal);
    });
  models
    .command("verify")
    .description("read every file of a model, compare its digest, and test what its towers compute")
    .argument(
      "[name|dir]",
      "a registered model or a model's folder (default: every registered one that is here)",
    )
    .addOption(precisionOption())
    .addOption(jsonOption())
    .action(async (name: string | undefined, options) => {
      const { runModelsVerify } = await import("./modelsVerify.ts");
      await runModelsVerify(name, options, terminal);
    });
  models
    .command("compare")
    .description(
      "compare a model's int8 variant with float32 on your own pictures: embeddings, categories, speed",
    )
    .argument("<name|dir>", "a registered model, or a folder in the Hub's ONNX layout")
    .requiredOption("--on <folder>", "the pictures: a folder, an archive or a table")
    .addOption(
      new Option("--precision <precision>", "what to compare with float32").choices(["int8"]).default("int8"),
    )
    .option("--codebook <file>", "the codebook", "codebook.yaml")
    .addOption(followOutsideOption())
    .option("--images <count>", "pictures to draw at random, 0 for all", wholeNumber(0), 200)
    .option("--seed <number>", "seed of the drawing", wholeNumber(0), 1)
    .addOption(threadsOption())
    .addOption(jsonOption())
    .action(async (name: string, options) => {
      const { runModelsCompare } = await import("./modelsCompare.ts");
      await runModelsCompare(name, options, terminal);
    });
}
