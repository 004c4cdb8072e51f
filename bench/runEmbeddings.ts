import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { loadEncoder } from "../src/model/loadEncoder.ts";
import type { BenchContext } from "./benchContext.ts";
import { runClipbook } from "./runClipbook.ts";
import { writeVectors } from "./writeVectors.ts";

/** Embeddings from elsewhere, a number of them and ten times as many: importing and classifying, time and memory. */
export async function runEmbeddings(context: BenchContext): Promise<void> {
  const { options, codebook, work, isWanted, save, tell } = context;
  if (!isWanted("embeddings")) return;
  const { model } = options;
  const encoder = await loadEncoder(model);
  const { dim } = await encoder.embedTexts(["a picture"]);
  await encoder.close();
  for (const count of options.quick ? [200, 2000] : [100_000, 1_000_000]) {
    const vectors = join(work, `vectors-${count}`);
    const study = join(work, `imported-${count}`);
    await writeVectors(vectors, count, dim);
    tell(`${count} vectors of ${dim} numbers are written`);
    const of = `${count.toLocaleString("en-US")} vectors of ${dim} numbers, float16`;
    const row = (what: string, title: string, unit: "s" | "MB" | "vectors/s", value: number) =>
      save({ key: `embeddings-${what}-${count}`, title: `${title}, ${of}`, unit, values: [value] });
    const imported = await runClipbook([
      ...["import", "embeddings", vectors, "--encoder", model, "--study", study, "--name", "bench", "--json"],
    ]);
    row("import", "importing, whole command", "vectors/s", count / imported.seconds);
    row("import-peak", "importing, peak memory of the whole command", "MB", imported.residentSize.peakMb);
    row("study", "the study on the disk after importing", "MB", sizeMb(study));
    const classified = await runClipbook([
      ...[
        "classify",
        "--imported",
        "bench",
        "--study",
        study,
        "--codebook",
        codebook,
        "--no-overview",
        "--json",
      ],
    ]);
    row("classify", "classifying, table and whole command", "s", classified.seconds);
    row(
      "classify-peak",
      "classifying, peak memory of the whole command",
      "MB",
      classified.residentSize.peakMb,
    );
    for (const place of [vectors, study]) rmSync(place, { recursive: true });
  }
}

function sizeMb(study: string): number {
  return statSync(join(study, "clipbook.db")).size / 1e6;
}
