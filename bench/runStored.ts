import { join } from "node:path";
import type { BenchContext } from "./benchContext.ts";
import { makeKnownStudy } from "./knownStudy.ts";
import { prepareEdits } from "./measureEdit.ts";
import type { Measurement } from "./results.ts";
import { runClipbook } from "./runClipbook.ts";
import { type Participant, runTurn, takeTurns } from "./takeTurns.ts";

type Row = Pick<Measurement, "key" | "title" | "unit">;

/** What works from stored embeddings alone: classifying, loading, and a codebook edit; and how soon the program answers. */
export async function runStored(context: BenchContext): Promise<void> {
  const { options, isWanted, save } = context;
  const known = options.quick ? 1000 : 100_000;
  const many = options.quick ? 10_000 : 1_000_000;
  const shown = (count: number) => count.toLocaleString("en-US");
  const rows: readonly Row[] = [
    { key: "reclassify-few", title: `classifying ${shown(known)} loaded embeddings, 26 phrases`, unit: "ms" },
    { key: "reclassify-many", title: `classifying ${shown(many)} loaded embeddings, 26 phrases`, unit: "ms" },
    {
      key: "load",
      title: `loading ${shown(known)} embeddings from a study, in its order`,
      unit: "vectors/s",
    },
    { key: "edit", title: `a changed phrase, ${shown(known)} small pictures, whole command`, unit: "s" },
    { key: "help", title: "clipbook --help", unit: "ms" },
  ];
  const wanted = rows.filter(({ key }) => isWanted(key));
  const isKeyWanted = (key: string) => wanted.some((row) => row.key === key);
  const participants: Participant[] = [];
  const reclassify = (key: string, count: number) => ({
    key,
    turn: async () => (await turnOf("reclassify", ["--count", String(count)])).seconds * 1000,
  });
  if (isKeyWanted("reclassify-few")) participants.push(reclassify("reclassify-few", known));
  if (isKeyWanted("reclassify-many")) participants.push(reclassify("reclassify-many", many));
  if (isKeyWanted("load") || isKeyWanted("edit")) {
    participants.push(...(await prepareStudy(context, known, isKeyWanted)));
  }
  if (isKeyWanted("help")) {
    participants.push({ key: "help", turn: async () => (await runClipbook(["--help"])).seconds * 1000 });
  }
  await takeTurns(participants, options.repetitions, (key, values, failure) => {
    if (failure !== undefined) throw failure;
    save({ ...(rows.find((row) => row.key === key) as Row), values: [...values] });
  });
}

async function prepareStudy(
  context: BenchContext,
  count: number,
  isKeyWanted: (key: string) => boolean,
): Promise<readonly Participant[]> {
  const { model } = context.options;
  const { folder, study } = await makeKnownStudy(context, count);
  const participants: Participant[] = [];
  if (isKeyWanted("load")) {
    const args = ["--study", study, "--model", model, "--count", String(count)];
    const turn = async () => {
      const answer = await turnOf("load", args);
      return answer.count / answer.seconds;
    };
    participants.push({ key: "load", turn });
  }
  if (isKeyWanted("edit")) {
    const edit = await prepareEdits(folder, study, model, context.codebook);
    participants.push({ key: "edit", turn: async () => (await edit()).seconds });
  }
  return participants;
}

function turnOf(script: string, args: readonly string[]) {
  return runTurn(process.execPath, [join(import.meta.dirname, "turns", `${script}.ts`), ...args]);
}
