import { Option } from "commander";
import { wholeNumber } from "./parseArgument.ts";

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
