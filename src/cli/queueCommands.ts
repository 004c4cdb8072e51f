import { type Command, Option } from "commander";
import { jsonOption } from "./commandOptions.ts";
import { finiteNumber, wholeNumber } from "./parseArgument.ts";
import type { Terminal } from "./terminal.ts";

const queueOption = (what: string) =>
  new Option(
    "--queue <address>",
    `${what}: redis://host:6379/0, rediss:// for an encrypted one; env for the address in CLIPBOOK_QUEUE`,
  );

const rootOption = (what: string) =>
  new Option("--root <name=place>", what).argParser(
    (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
  );

/** Images in a job at most: more would only be lost together. */
const mostJobSize = 1024;

/** The options by which a command gives its pictures to workers. */
export function addQueueOptions(command: Command): Command {
  return command
    .addOption(queueOption("let workers on other machines embed the pictures, through this Redis"))
    .addOption(
      rootOption(
        "with --queue, a folder under which pictures lie, by the name that workers have for it, too; also several times",
      ),
    )
    .option("--no-work", "with --queue, leave all pictures to other workers")
    .option(
      "--job-size <count>",
      "with --queue, pictures in a job (default: 64)",
      wholeNumber(1, mostJobSize),
    )
    .option("--strict-numerics", "with --queue, warn when workers' processors give embeddings that differ");
}

/** `clipbook worker` */
export function addWorker(program: Command, terminal: Terminal): void {
  program
    .command("worker")
    .description(
      "embed pictures for clipbook classify --queue, or index --queue, on any number of machines, until it is stopped",
    )
    .addOption(queueOption("where the work comes from").makeOptionMandatory())
    .addOption(
      rootOption(
        "where this machine has the pictures of a root: a folder, or https://host/folder/; also several times",
      ),
    )
    .addOption(
      new Option(
        "--model <dir>",
        "a model's folder, for models that are not registered; also several times",
      ).argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value]),
    )
    .option("--threads <count>", "threads of the model (default: one per processor)", wholeNumber(1, 256))
    .option("--exit-when-idle <seconds>", "end after so long without work", finiteNumber(0))
    .addOption(jsonOption())
    .action(async (options) => {
      const { runWorker } = await import("./worker.ts");
      await runWorker(options, terminal);
    });
}
