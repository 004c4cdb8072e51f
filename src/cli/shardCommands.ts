import { type Command, Option } from "commander";
import {
  batchSizeOption,
  followOutsideOption,
  imageColumnOption,
  inputsArgument,
  jsonOption,
  maxMegapixelsOption,
  modelOption,
  precisionOption,
  threadsOption,
  viewOption,
} from "./commandOptions.ts";
import type { Terminal } from "./terminal.ts";

/** `clipbook index` and `clipbook merge`: a list embedded in shards on many machines, and put together again. */
export function addShardCommands(program: Command, terminal: Terminal): void {
  program
    .command("index")
    .description(
      "embed images without classifying them: all of them, or one shard of many for a batch system",
    )
    .addArgument(inputsArgument())
    .addOption(new Option("--study <dir>", "the folder for this shard's study").makeOptionMandatory())
    .option(
      "--shard <i/n>",
      "embed shard I of N alone, counted from 1: 7/100; auto takes both from a Slurm array, auto/N the number from a Slurm array or an Indexed Job of Kubernetes",
    )
    .addOption(modelOption())
    .addOption(precisionOption())
    .addOption(viewOption())
    .addOption(imageColumnOption())
    .addOption(followOutsideOption())
    .addOption(batchSizeOption())
    .addOption(threadsOption())
    .addOption(maxMegapixelsOption())
    .option(
      "--failures <file>",
      "a table of the images that could not be embedded, by its ending .csv .tsv .jsonl .parquet",
    )
    .option("--strict", "exit with 1 if any image could not be embedded")
    .addOption(jsonOption())
    .action(async (inputs: string[], options) => {
      const { runIndex } = await import("./indexInputs.ts");
      await runIndex(inputs, options, terminal);
    });
  program
    .command("merge")
    .description("put the studies of shards together into one; they stay as they are")
    .argument("<studies...>", "the folders that clipbook index wrote to")
    .addOption(
      new Option("--study <dir>", "the folder of the study that they are put into").makeOptionMandatory(),
    )
    .option("--allow-missing", "merge what is there although shards are missing or were cut off")
    .addOption(jsonOption())
    .action(async (studies: string[], options) => {
      const { runMerge } = await import("./merge.ts");
      await runMerge(studies, options, terminal);
    });
}
