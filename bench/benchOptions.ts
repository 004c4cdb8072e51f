import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "../src/errors.ts";

/** What a run of the benchmark was asked for; paths are absolute. */
export interface BenchOptions {
  readonly model: string;
  readonly images: string;
  /** Folder of the results and, during the run, of everything that is written on the way. */
  readonly out: string;
  readonly quick: boolean;
  /** Beginnings of the keys of what is measured; empty: everything. */
  readonly only: readonly string[];
  readonly repetitions: number;
  /** Also what takes a million pictures; `only` can name it, too. */
  readonly million: boolean;
  /** A Python with torch and transformers. */
  readonly python: string;
}

/** What `--help` prints. */
export const usage = `npm run bench -- --model DIR --images DIR [options]

  --model DIR        a model folder with float32 (and int8) towers, or a model's name
  --images DIR       JPEG or PNG photographs
  --out DIR          where results.json, table.md and plot.svg go (default bench/results)
  --quick            small sizes, to see that everything runs: no figures to quote
  --only A,B         only what begins so: tower, lanes, decode, pipeline, transformersjs, python, memory,
                     reclassify, load, edit, help, million, embeddings, workers; the rest is kept from the results in --out
  --million          also an edit on a study of 1,000,000 pictures, as many imported embeddings, and workers on a queue (where
                     redis-server is installed): 7 GB on the disk and many minutes more
  --repetitions N    turns of each contestant (default 5, with --quick 2)
  --python PATH      a Python with torch, transformers and Pillow (default python3)
`;

/**
 * Reads the command line. npm changes the folder before it starts a script and says in INIT_CWD where it was called.
 * @returns undefined when help was asked for
 * @throws UserError for options that make no sense
 */
export function parseBenchOptions(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  benchFolder: string,
): BenchOptions | undefined {
  const { values } = parse(args);
  if (values.help) return undefined;
  const base = environment.INIT_CWD ?? process.cwd();
  const { model, images, quick = false } = values;
  if (model === undefined || images === undefined) {
    throw new UserError("--model and --images are needed", { hint: usage });
  }
  const repetitions = Number(values.repetitions ?? (quick ? 2 : 5));
  if (!Number.isSafeInteger(repetitions) || repetitions < 1) {
    throw new UserError(`--repetitions ${values.repetitions}: not a whole number from 1`, { hint: "try 5" });
  }
  // A name without a slash is one of Clipbook's models, or a program that is found by PATH.
  const located = (name: string) => (/[/\\]|^\.{1,2}$/.test(name) ? resolve(base, name) : name);
  return {
    model: located(model),
    images: resolve(base, images),
    out: values.out === undefined ? resolve(benchFolder, "results") : resolve(base, values.out),
    quick,
    only: (values.only ?? "").split(",").filter((part) => part !== ""),
    repetitions,
    million: values.million ?? false,
    python: located(values.python ?? "python3"),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        model: { type: "string" },
        images: { type: "string" },
        out: { type: "string" },
        quick: { type: "boolean" },
        million: { type: "boolean" },
        only: { type: "string" },
        repetitions: { type: "string" },
        python: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (cause) {
    throw new UserError(`${(cause as Error).message}`, { hint: usage, cause });
  }
}
