import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { codebookPhrases } from "../../src/codebook/codebook.ts";
import { parseCodebook } from "../../src/codebook/parseCodebook.ts";
import { UserError } from "../../src/errors.ts";
import type { Precision } from "../../src/model/registeredModel.ts";

/** What every contestant is told on its command line. */
export interface TurnSpec {
  /** Model folder, or a model's registered name. */
  readonly model: string;
  readonly precision: Precision;
  /** The first `count` files of the folder, in the order of their names. */
  readonly files: readonly string[];
  readonly codebook: string;
  readonly phrases: readonly string[];
  /** Folder of a study, for those that read one. */
  readonly study: string;
  /** How many of whatever the contestant counts. */
  readonly count: number;
}

/** What a contestant answers: how many it did in how long, its start not included. */
export interface TurnAnswer {
  readonly count: number;
  readonly seconds: number;
}

/** Runs one contestant in this process: the command line in, one line of JSON out; a failure as one line on stderr. */
export async function takeTurn(measure: (spec: TurnSpec) => Promise<TurnAnswer>): Promise<void> {
  try {
    process.stdout.write(`${JSON.stringify(await measure(readSpec()))}\n`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`${error.message.replace(/\s+/g, " ")}\n`);
    process.exitCode = 1;
  }
}

function readSpec(): TurnSpec {
  const { values } = parseArgs({
    options: {
      model: { type: "string", default: "" },
      precision: { type: "string", default: "float32" },
      images: { type: "string" },
      study: { type: "string", default: "" },
      codebook: { type: "string", default: join(import.meta.dirname, "../codebook.json") },
      count: { type: "string", default: "16" },
    },
  });
  const { model, precision, images, codebook, study } = values;
  const count = Number(values.count);
  const folder = images ?? "";
  const names = images === undefined ? [] : readdirSync(folder).sort().slice(0, count);
  const text = readFileSync(codebook);
  return {
    model,
    precision: precision as Precision,
    files: names.map((name) => join(folder, name)),
    codebook,
    study,
    phrases: codebookPhrases(parseCodebook(text, codebook).codebook).map((phrase) => phrase.text),
    count,
  };
}

/** Seconds that a piece of work takes. */
export async function secondsOf(work: () => Promise<void> | void): Promise<number> {
  const startedMs = performance.now();
  await work();
  return (performance.now() - startedMs) / 1000;
}
