import { join } from "node:path";
import { UserError } from "../src/errors.ts";
import { locateModel } from "../src/model/locateModel.ts";
import type { BenchContext } from "./benchContext.ts";
import { type Contestant, contestants, turnCommand } from "./contestants.ts";
import { writePeerFolder } from "./peerFolder.ts";
import { writePictureSet } from "./pictureSet.ts";
import { runTurn, takeTurns } from "./takeTurns.ts";

/** Everyone who classifies pictures, or does a part of it, takes turns on the same files. */
export async function runContest(context: BenchContext): Promise<void> {
  const { options, work, pictures, isWanted, save, tell } = context;
  const wanted = contestants.filter(({ key }) => isWanted(key));
  const taking: Contestant[] = [];
  for (const contestant of wanted) {
    const reason = missing(contestant, context);
    if (reason === undefined) taking.push(contestant);
    else save({ ...rowOf(contestant), values: [], notRun: reason });
  }
  if (taking.length === 0) return;
  const size = options.quick ? "quick" : "full";
  const folder = join(work, "contest", "pictures");
  const most = Math.max(...taking.map(({ pictures: turn }) => turn[size]));
  tell(`writing ${most} pictures`);
  await writePictureSet(folder, pictures, most);
  const peerModel = join(work, "peer-model");
  for (const precision of ["float32", "int8"] as const) {
    if (
      taking.some(
        (contestant) => contestant.needs === "transformers.js" && contestant.precision === precision,
      )
    ) {
      await writePeerFolder(peerModel, options.model, precision);
    }
  }
  const modelFolder = taking.some(({ needs }) => needs === "python")
    ? (await locateModel(options.model)).directory
    : "";
  const folders = { model: options.model, modelFolder, peerModel, pictures: folder, python: options.python };
  const participants = taking.map((contestant) => ({
    key: contestant.key,
    turn: async () => {
      const { count, seconds } = await runTurn(
        ...turnCommand(contestant, contestant.pictures[size], folders),
      );
      return count / seconds;
    },
  }));
  await takeTurns(participants, options.repetitions, (key, values, failure) => {
    const contestant = taking.find((other) => other.key === key) as Contestant;
    if (failure === undefined) return save({ ...rowOf(contestant), values: [...values] });
    // A peer that fails is a row of the table; Clipbook itself has to work.
    if (contestant.needs === "clipbook" || !(failure instanceof UserError)) throw failure;
    save({ ...rowOf(contestant), values: [], notRun: failure.message });
  });
}

function rowOf({ key, title }: Contestant) {
  return { key, title, unit: "images/s" } as const;
}

function missing({ needs }: Contestant, context: BenchContext): string | undefined {
  if (needs === "python") return context.pythonMissing;
  return needs === "transformers.js" ? context.transformersJsMissing : undefined;
}
