import { join } from "node:path";
import { UserError } from "../errors.ts";
import type { View } from "../images/viewGeometry.ts";
import type { Encoder } from "../model/openEncoder.ts";
import type { Precision } from "../model/registeredModel.ts";
import { type Inputs, openInputs } from "../pipeline/openInputs.ts";
import type { QueueSettings } from "../pipeline/queue/queueSpec.ts";
import { chooseUnits } from "../pipeline/shards/chooseUnits.ts";
import { type Indexed, indexInputs } from "../pipeline/shards/indexInputs.ts";
import type { Shard } from "../store/indexingStore.ts";
import { openStudy, type Study } from "../store/openStudy.ts";
import { definedOptions } from "./definedOptions.ts";
import { indexingEvents } from "./indexingEvents.ts";
import { type LeftFiles, startLeftFiles } from "./leftFiles.ts";
import { openModel } from "./openModel.ts";
import { printable } from "./printable.ts";
import { formatCount, startProgressLine } from "./progressLine.ts";
import { openQueue } from "./queueOptions.ts";
import { startQueueProgress } from "./queueProgress.ts";
import { maybeUnusedTaskNote, readShard } from "./readShard.ts";
import { type FailuresTable, startFailuresTable } from "./startFailuresTable.ts";
import { tellSharedDisk } from "./tellSharedDisk.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook index`, as commander hands them over. */
export interface IndexCommandOptions {
  readonly study: string;
  readonly shard?: string;
  readonly model: string;
  readonly precision: Precision;
  readonly view?: View;
  readonly imageColumn?: string;
  readonly followOutside?: boolean;
  readonly batchSize?: number;
  readonly threads?: number;
  readonly maxMegapixels?: number;
  readonly failures?: string;
  readonly strict?: boolean;
  readonly json?: boolean;
  readonly queue?: string;
  readonly root?: readonly string[];
  readonly work?: boolean;
  readonly jobSize?: number;
  readonly strictNumerics?: boolean;
}

/**
 * `clipbook index`: embeddings of a list, or of one shard of it, in a study.
 * @throws UserError for whatever the user can mend, and with `--strict` when an image could not be embedded
 */
export async function runIndex(
  inputNames: readonly string[],
  options: IndexCommandOptions,
  terminal: Terminal,
): Promise<void> {
  const { environment } = terminal;
  const shard = options.shard === undefined ? undefined : readShard(options.shard, environment);
  const note = shard === undefined ? maybeUnusedTaskNote(environment) : undefined;
  if (note !== undefined) terminal.stderr(`note: ${note}\n`);
  const { imageColumn, followOutside } = options;
  const queue = await openQueue(options, terminal);
  const inputs = await openInputs(inputNames, imageColumn, { followOutside });
  const left = startLeftFiles();
  let encoder: Encoder | undefined;
  let study: Study | undefined;
  let failures: FailuresTable | undefined;
  try {
    failures =
      options.failures === undefined
        ? undefined
        : await startFailuresTable(options.failures, terminal.signal);
    encoder = await openModel(options, terminal);
    study = openStudy(options.study);
    tellSharedDisk(study, terminal);
    const parts = { study, encoder, inputs, shard, queue, left, failures };
    const indexed = await indexWithProgress(parts, options, terminal);
    await failures?.commit();
    report(indexed, { encoder, shard }, options, terminal);
    for (const line of left.notes()) terminal.stderr(`note: ${line}\n`);
    requireNoFailure(indexed, options);
  } finally {
    await failures?.discard();
    study?.close();
    await encoder?.close();
    await inputs.close();
  }
}

interface IndexParts {
  readonly study: Study;
  readonly encoder: Encoder;
  readonly inputs: Inputs;
  readonly shard: Shard | undefined;
  readonly queue: QueueSettings | undefined;
  readonly left: LeftFiles;
  readonly failures: FailuresTable | undefined;
}

async function indexWithProgress(
  { study, encoder, inputs, shard, queue, left, failures }: IndexParts,
  { view, batchSize, maxMegapixels }: IndexCommandOptions,
  terminal: Terminal,
): Promise<Indexed> {
  const { signal } = terminal;
  const total = await inputs.count(signal, chooseUnits(shard).wants);
  const line = startProgressLine("indexing", total, terminal);
  const live = queue && startQueueProgress(line, terminal);
  const events = indexingEvents("index", line, live, left, terminal);
  try {
    return await indexInputs({
      study,
      encoder,
      inputs,
      shard,
      queue: queue && { ...queue, ...live?.events },
      signal,
      ...definedOptions({
        view,
        batchSize,
        maxPixels: maxMegapixels && Math.max(1, Math.floor(maxMegapixels * 1e6)),
      }),
      ...events,
      onFailure: (unit, failure) => {
        failures?.add(unit, failure);
        events.onFailure(unit, failure);
      },
    });
  } finally {
    live?.end();
    line.clear();
  }
}

function report(
  { found, progress }: Indexed,
  { encoder, shard }: Pick<IndexParts, "encoder" | "shard">,
  options: IndexCommandOptions,
  terminal: Terminal,
): void {
  const { embedded } = progress;
  if (options.json) {
    const answer = { study: options.study, shard, model: encoder.name, ...found, embedded };
    terminal.stdout(`${JSON.stringify({ ...answer, failuresTable: options.failures }, undefined, 2)}\n`);
    return;
  }
  const failed = Object.values(found.failures).reduce((sum, count) => sum + count, 0);
  const what =
    shard === undefined
      ? `${images(found.part.units)}`
      : `shard ${shard.number} of ${shard.of}: ${images(found.part.units)} of ${formatCount(found.list.units)}`;
  const reasons = Object.entries(found.failures).map(([code, count]) => `${formatCount(count)} ${code}`);
  const lines = [
    `${what}, ${formatCount(found.part.units - failed)} with an embedding (${formatCount(embedded)} new)`,
    ...(failed > 0 ? [`${formatCount(failed)} without: ${reasons.join(", ")}`] : []),
    ...(found.ignored > 0
      ? [`${formatCount(found.ignored)} other files left alone: no pictures by their names`]
      : []),
    `list      ${formatCount(found.list.units)} units, digest ${found.list.digest.slice(0, 12)}`,
    ...(options.failures === undefined ? [] : [`failures  ${printable(options.failures)}`]),
    `study     ${printable(join(options.study, "clipbook.db"))}`,
  ];
  terminal.stdout(`${lines.join("\n")}\n`);
}

function images(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "image" : "images"}`;
}

function requireNoFailure({ found }: Indexed, options: IndexCommandOptions): void {
  const failed = Object.values(found.failures).reduce((sum, count) => sum + count, 0);
  if (!options.strict || failed === 0) return;
  throw new UserError(`${formatCount(failed)} of the images could not be embedded`, {
    hint: "the lines above say why, --failures FILE writes them down; leave out --strict to accept it",
  });
}
