import { mkdtemp, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UserError } from "../../src/errors.ts";
import { placeFile } from "../placeFile.ts";
import { runClipbook } from "../runClipbook.ts";
import { steadyRate } from "../steadyRate.ts";
import { takeTurn } from "./takeTurn.ts";

// `clipbook classify` as a user runs it, on a fresh study; timed while it indexes.
await takeTurn(async ({ model, precision, files, codebook }) => {
  const work = await mkdtemp(join(dirname(dirname(files[0] as string)), "pipeline-"));
  const folder = join(work, "pictures");
  try {
    for (const file of files) await placeFile(file, join(folder, basename(file)));
    const args = ["classify", folder, "--study", join(work, "study"), "--codebook", codebook];
    const settings = ["--model", model, "--precision", precision, "--no-overview", "--json"];
    const { answer, lines } = await runClipbook([...args, ...settings]);
    const { embedded } = answer as { embedded: number };
    if (embedded !== files.length) {
      throw new UserError(`clipbook embedded ${embedded} pictures, not ${files.length}`);
    }
    return steadyRate(lines);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
});
