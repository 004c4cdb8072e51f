import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { BenchContext } from "./benchContext.ts";
import { makeKnownStudy } from "./knownStudy.ts";
import { runClipbook } from "./runClipbook.ts";

/** Two shards merged into a new study: each lists its half of small pictures that a study knows, with nothing to embed. */
export async function measureMerge(context: BenchContext): Promise<void> {
  const { options, work, save, isWanted } = context;
  if (!isWanted("workers-merge")) return;
  const count = options.quick ? 1000 : 100_000;
  const shards: string[] = [];
  let pictures = "";
  for (const shard of [1, 2]) {
    const part = join(work, `merge-${shard}`);
    // Of the same seed: both have the same pictures.
    const { folder, study } = await makeKnownStudy({ ...context, work: part }, count);
    pictures ||= folder;
    const { model } = options;
    await runClipbook(["index", pictures, "--shard", `${shard}/2`, "--study", study, "--model", model]);
    shards.push(study);
  }
  const values: number[] = [];
  for (let turn = 0; turn < options.repetitions; turn++) {
    const merged = join(work, "merged");
    const { seconds } = await runClipbook(["merge", ...shards, "--study", merged]);
    values.push(seconds);
    await rm(merged, { recursive: true });
  }
  const of = `${count.toLocaleString("en-US")} small pictures`;
  save({ key: "workers-merge", title: `two shards merged into a new study, ${of}`, unit: "s", values });
  for (const shard of [1, 2]) await rm(join(work, `merge-${shard}`), { recursive: true });
}
