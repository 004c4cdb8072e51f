import { mkdtemp, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UserError } from "../../src/errors.ts";
import { runClipbook } from "../runClipbook.ts";
import { takeTurn } from "./takeTurn.ts";

// `clipbook classify` as a user runs it, on a fresh study: once on few pictures and once on those and `count` more. The
// difference is the indexing alone: start-up, phrases, first and last batch are in both.
await takeTurn(async ({ model, precision, files, codebook }) => {
  const more = dirname(files[0] as string);
  const few = join(dirname(more), "few");
  const run = async (inputs: readonly string[]) => {
    const study = await mkdtemp(join(dirname(more), "study-"));
    try {
      const args = ["classify", ...inputs, "--study", study, "--codebook", codebook, "--model", model];
      const { seconds, answer } = await runClipbook([
        ...args,
        "--precision",
        precision,
        "--no-overview",
        "--json",
      ]);
      return { seconds, embedded: (answer as { embedded: number }).embedded };
    } finally {
      await rm(study, { recursive: true, force: true });
    }
  };
  const small = await run([few]);
  const large = await run([few, more]);
  const count = large.embedded - small.embedded;
  if (count !== files.length) {
    throw new UserError(`clipbook embedded ${count} pictures, not ${files.length}`, {
      hint: "look at --images",
    });
  }
  return { count, seconds: large.seconds - small.seconds };
});
