// Started by a test as a process of its own: makes every judgement in the folder's study, and prints a line of JSON for each: its name,
// how often this process waited for the disk meanwhile (lines of the log in argv[3]), and the error if there was one.
import { existsSync, readFileSync } from "node:fs";
import { openStudy } from "../../src/store/openStudy.ts";
import { judgements } from "./judgements.ts";

const [folder = "", log = ""] = process.argv.slice(2);
const study = openStudy(folder);
const waits = () => (existsSync(log) ? readFileSync(log, "utf8").match(/^s .*-wal$/gm)?.length : 0) ?? 0;
for (const [name, judge] of judgements) {
  const before = waits();
  let error: string | undefined;
  try {
    judge(study);
  } catch (failure) {
    error = failure instanceof Error ? failure.message : String(failure);
  }
  process.stdout.write(`${JSON.stringify({ name, waits: waits() - before, error })}\n`);
}
study.close();
