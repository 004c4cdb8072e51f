import { type Command, Option } from "commander";
import { samplePurposes } from "../validation/sampleSpec.ts";
import { jsonOption, runOption, studyOption } from "./commandOptions.ts";
import { notEmpty, shareAboveZero, wholeNumber } from "./parseArgument.ts";
import type { Terminal } from "./terminal.ts";

/** `clipbook sample` and `clipbook freeze`. */
export function addSampleCommands(program: Command, terminal: Terminal): void {
  program
    .command("sample")
    .description("draw images for people to code without seeing any prediction, and give each coder a link")
    .addOption(studyOption())
    .option("--name <name>", "the sample's name (default: its purpose)", notEmpty)
    .addOption(
      new Option("--purpose <purpose>", "what it is for (default: test)").choices([...samplePurposes]),
    )
    .addOption(
      new Option(
        "--design <design>",
        "how images are drawn (default: stratified by predicted category; simple for reliability)",
      ).choices(["stratified", "simple", "split", "uncertainty"]),
    )
    .option(
      "--size <count>",
      "different images to draw; expected number with uncertainty (default: what suits the purpose)",
      wholeNumber(1),
    )
    .option("--floor <count>", "images of each category at least (default: 50, or what fits)", wholeNumber(0))
    .option(
      "--least <share>",
      "with uncertainty: the smallest probability, as a share of the mean (default: 0.25)",
      shareAboveZero,
    )
    .option("--seed <number>", "the same seed draws the same images (default: 1)", wholeNumber(0))
    .addOption(runOption("the run whose images are drawn"))
    .option("--exclude <names...>", "leave out the images of these samples")
    .option("--exclude-reviewed", "leave out what was judged in a review")
    .option("--exclude-examples", "leave out the codebook's examples")
    .option("--sealed", "show no result of it before the codebook is frozen; only a test sample")
    .option("--coders <names>", "who codes it, separated by commas; each gets a link")
    .option("--adjudicator <name>", "who decides where the coders disagree")
    .option(
      "--offline <dir>",
      "write a page for each coder that works without a server, also of a sample that is there",
    )
    .option("--plan", "show what would be drawn and how wide the intervals would be; draw nothing")
    .option("--list", "show the study's samples, their coders and how far they are; draw nothing")
    .option(
      "--from <sample>",
      "a training round with the known codes of this sample, or with the codebook's examples: examples",
    )
    .option(
      "--pass-mark <share>",
      "of a training round: the share of right answers that passes (default: 0.8)",
      shareAboveZero,
    )
    .addOption(jsonOption())
    .action(async (options) => {
      const { runSample } = await import("./sample.ts");
      await runSample(options, terminal);
    });
  program
    .command("freeze")
    .description(
      "record that the codebook, model and settings of a run are final, so that sealed samples open",
    )
    .addOption(studyOption())
    .addOption(runOption("the run that is final"))
    .addOption(jsonOption())
    .action(async (options) => {
      const { runFreeze } = await import("./freeze.ts");
      await runFreeze(options, terminal);
    });
}
