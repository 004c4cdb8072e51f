import { Argument, Option } from "commander";
import { views } from "../images/viewGeometry.ts";
import { precisions } from "../model/registeredModel.ts";
import { defaultModelId } from "../model/registry.ts";
import { finiteNumber, wholeNumber } from "./parseArgument.ts";

/** More threads than any machine has processors, and more pictures than help: what is beyond only takes memory. */
const mostThreads = 256;
const mostBatchSize = 1024;

/** `<inputs...>`: what is classified, or indexed. */
export const inputsArgument = () =>
  new Argument(
    "<inputs...>",
    "folders, image files, globs, .zip archives, or one table (.csv .tsv .jsonl .parquet)",
  );

/** `--model NAME|DIR` */
export const modelOption = () =>
  new Option("--model <name|dir>", "a registered model, or a folder in the Hub's ONNX layout").default(
    defaultModelId,
  );

/** `--precision PRECISION` */
export const precisionOption = () =>
  new Option("--precision <precision>", "numbers of the towers").choices(precisions).default(precisions[0]);

/** `--view VIEW` */
export const viewOption = () =>
  new Option("--view <view>", "how pictures become square (default: as the model was trained)").choices(
    views,
  );

/** `--image-column NAME` */
export const imageColumnOption = () =>
  new Option("--image-column <name>", "the table's column that holds the images");

/** `--batch-size COUNT` */
export const batchSizeOption = () =>
  new Option(
    "--batch-size <count>",
    "pictures that are in the model, or come from it and not stored yet, at most (default: 16)",
  ).argParser(wholeNumber(1, mostBatchSize));

/** `--threads COUNT` */
export const threadsOption = () =>
  new Option("--threads <count>", "threads of the model (default: one per processor)").argParser(
    wholeNumber(1, mostThreads),
  );

/** `--max-megapixels NUMBER` */
export const maxMegapixelsOption = () =>
  new Option("--max-megapixels <number>", "refuse larger pictures (default: 268)").argParser(finiteNumber(0));

/** `--json` */
export const jsonOption = () => new Option("--json", "print the answer as JSON on stdout");

/** `--study DIR` */
export const studyOption = () => new Option("--study <dir>", "the study's folder").default(".");

/** `--show-paths` */
export const showPathsOption = () =>
  new Option(
    "--show-paths",
    "pages show paths as they were given (default: from the input folder on, nothing of where it lies)",
  );

/** `--follow-outside` */
export const followOutsideOption = () =>
  new Option(
    "--follow-outside",
    "follow symbolic links that lead out of the folders named; without it they fail",
  );

/** `--run ID`, with what the run is for. */
export const runOption = (what: string) =>
  new Option("--run <id>", `${what} (default: the newest)`).argParser(wholeNumber(1));

/** `--run ID` beside a sample, with what the run is for: by default the one that the sample was drawn from. */
export const sampledRunOption = (what: string) =>
  new Option("--run <id>", `${what} (default: the one that the sample was drawn from)`).argParser(
    wholeNumber(1),
  );

/** `--sample NAME` */
export const sampleOption = () =>
  new Option("--sample <name>", "the sample (default: the only one, or the only one for a test)");
