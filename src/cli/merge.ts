import { join } from "node:path";
import { type Merged, mergeStudies } from "../pipeline/shards/mergeStudies.ts";
import { definedOptions } from "./definedOptions.ts";
import { printable } from "./printable.ts";
import { formatCount, type ProgressLine, startProgressLine } from "./progressLine.ts";
import { tellSharedDisk } from "./tellSharedDisk.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `clipbook merge`, as commander hands them over. */
export interface MergeOptions {
  readonly study: string;
  readonly allowMissing?: boolean;
  readonly json?: boolean;
}

/** `clipbook merge`: the studies of shards in one. @throws UserError for studies that do not make up a whole */
export async function runMerge(
  studies: readonly string[],
  options: MergeOptions,
  terminal: Terminal,
): Promise<void> {
  let line: ProgressLine | undefined;
  let before = 0;
  let latest = { source: 0, images: 0 };
  const merged = await mergeStudies({
    sources: studies,
    target: options.study,
    signal: terminal.signal,
    ...definedOptions({ allowMissing: options.allowMissing }),
    onPlan: ({ notes }, images) => {
      for (const note of notes) terminal.stderr(`note: ${printable(note)}\n`);
      line = startProgressLine("merging", images, terminal);
    },
    onTarget: (study) => tellSharedDisk(study, terminal),
    onProgress: (source, { images }) => {
      if (source !== latest.source) before += latest.images;
      latest = { source, images };
      line?.update(before + images);
    },
  }).finally(() => line?.clear());
  report(merged, options, terminal);
}

function report(merged: Merged, { study, json }: MergeOptions, terminal: Terminal): void {
  const { lists, counts, studies } = merged;
  if (json) {
    terminal.stdout(`${JSON.stringify({ study, ...merged }, undefined, 2)}\n`);
    return;
  }
  const lines = [
    `${amount(studies, "study", "studies")} merged: ${amount(counts.images, "image", "images")} (${formatCount(counts.newImages)} new), ` +
      `${formatCount(counts.newEmbeddings)} new embeddings, ${formatCount(counts.files)} new files`,
    ...lists.map(({ modelName, view, shards, missing, units, failures }) => {
      const what =
        shards === undefined
          ? `${formatCount(units)} units, indexed whole`
          : `${shards - missing.length} of ${shards} shards, a list of ${formatCount(units)} units`;
      const failed = Object.entries(failures).map(([code, count]) => `${formatCount(count)} ${code}`);
      return `  ${printable(modelName)}, ${view}: ${what}${failed.length === 0 ? "" : `; without embedding: ${failed.join(", ")}`}`;
    }),
    ...(counts.differing === 0
      ? []
      : [
          `  ${formatCount(counts.differing)} embeddings differ between two studies: of each pair one is kept`,
        ]),
    `study     ${printable(join(study, "clipbook.db"))}`,
  ];
  terminal.stdout(`${lines.join("\n")}\n`);
}

function amount(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
