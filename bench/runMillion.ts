import { rmSync } from "node:fs";
import { UserError } from "../src/errors.ts";
import type { BenchContext } from "./benchContext.ts";
import { makeKnownStudy } from "./knownStudy.ts";
import { prepareEdits } from "./measureEdit.ts";

/** A changed phrase on a study of a million pictures, once: how long, how much memory, and how soon all files are known. */
export async function runMillion(context: BenchContext): Promise<void> {
  const { options, codebook, isWanted, save } = context;
  if (!isWanted("million")) return;
  const count = options.quick ? 5000 : 1_000_000;
  const { folder, study } = await makeKnownStudy(context, count);
  const edit = await prepareEdits(folder, study, options.model, codebook);
  const { seconds, residentSize, lines } = await edit();
  const allKnown = lines.find(({ text }) => text.startsWith("classifying 100%"));
  if (allKnown === undefined) throw new UserError("clipbook did not say when it knew all files");
  const of = `${count.toLocaleString("en-US")} small pictures`;
  const row = (what: string, title: string, unit: "s" | "MB", value: number) =>
    save({ key: `million-${what}`, title: `${title}, ${of}`, unit, values: [value] });
  row("known", "from the start until all files are known", "s", allKnown.seconds);
  row("edit", "a changed phrase, whole command", "s", seconds);
  row("peak", "a changed phrase, peak memory of the whole command", "MB", residentSize.peakMb);
  for (const place of [folder, study]) rmSync(place, { recursive: true });
}
