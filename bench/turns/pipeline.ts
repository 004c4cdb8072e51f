import { mkdtemp, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UserError } from "../../src/errors.ts";
import { placeFile } from "../placeFile.ts";
import { runClipbook } from "../runClipbook.ts";
import { takeTurn } from "./takeTurn.ts";

// `clipbook classify` as a user runs it, on a fresh study: once on the few pictures of the folder beside, and once on those
// and all of ours. The difference is the indexing alone: start-up, phrases, first and last batch are in both.
await takeTurn(async ({ model, precision, files, codebook }) => {
  const contest = dirname(dirname(files[0] as string));
  const work = await mkdtemp(join(contest, "pipeline-"));
  const few = join(contest, "few");
  const more = join(work, "more");
  const run = async (name: string, inputs: readonly string[]) => {
    const args = ["classify", ...inputs, "--study", join(work, name), "--codebook", codebook];
    const settings = ["--model", model, "--precision", precision, "--no-overview", "--json"];
    const { seconds, answer } = await runClipbook([...args, ...settings]);
    return { seconds, embedded: (answer as { embedded: number }).embedded };
  };
  try {
    for (const file of files) await placeFile(file, join(more, basename(file)));
    const short = await run("short", [few]);
    const long = await run("long", [few, more]);
    const count = long.embedded - short.embedded;
    if (count !== files.length) {
      throw new UserError(`clipbook embedded ${count} pictures, not ${files.length}`);
    }
    return { count, seconds: long.seconds - short.seconds };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
});
