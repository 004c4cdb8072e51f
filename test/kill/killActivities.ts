import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { seededRandom } from "../../src/seededRandom.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { type Judging, openJudging } from "./judging.ts";
import { type LeftStudy, lookInto } from "./lookInto.ts";
import { makePictures } from "./makePictures.ts";
import { postUntilKilled } from "./postUntilKilled.ts";

/** What is killed: all but indexing, which `killAndContinue` has. */
export const activities = ["classifying", "writing", "reviewing", "coding"] as const;
/** One of them. */
export type Activity = (typeof activities)[number];

/** What to kill, and how often. */
export interface ActivitiesSpec {
  /** An empty folder. */
  readonly folder: string;
  readonly pictures: number;
  /** Rows of the table that names the pictures, each several times. */
  readonly rows: number;
  readonly kills: Readonly<Record<Activity, number>>;
  readonly seed: number;
  readonly onKill?: (kill: KillRecord) => void;
}

/** One kill and what it left. */
export interface KillRecord extends LeftStudy {
  readonly activity: Activity;
  /** It fell between the beginning and the end of the activity; of judgements: while one was sent and not answered. */
  readonly isWithin: boolean;
  /** Judgements acknowledged to this process, and those of them that are not stored, or otherwise. */
  readonly acknowledged: number;
  readonly lost: number;
  /** The table that is written, as it was found: it has to be whole. */
  readonly table: string | undefined;
}

/** What came of it. */
export interface ActivitiesReport {
  readonly kills: readonly KillRecord[];
  /** Judgements that are stored more than once. */
  readonly doubled: number;
  /** Tables of the two codebooks at the end, and of a study that nobody disturbed. */
  readonly tables: readonly string[];
  readonly undisturbed: readonly string[];
}

const demo = join(import.meta.dirname, "../../demo");
const codebooks = [join(demo, "codebook.yaml"), join(demo, "misplaced-phrases.yaml")];

/** Longer than one classification and one table take, so that the moments lie anywhere in them. */
const spanMs = { classifying: 700, writing: 250 } as const;

/** Kills what goes on in one study at seeded random moments, again and again, and compares it with one that nobody disturbed. */
export async function killActivities(spec: ActivitiesSpec): Promise<ActivitiesReport> {
  const { folder } = spec;
  await makePictures(join(folder, "pictures"), spec.pictures);
  const input = join(folder, "rows.csv");
  writeFileSync(input, rowsOf(spec));
  const [quiet, killed] = [join(folder, "quiet"), join(folder, "killed")];
  for (const study of [quiet, killed]) mkdirSync(study);
  const args = (study: string) => ["classify", study, input, ...codebooks];
  finish([...args(quiet), "--times", "2"]);
  const undisturbed = [1, 2].map((run) => tableOf(quiet, run, join(folder, `quiet-${run}.csv`)));
  finish([...args(killed), "--times", "1"]);
  const random = seededRandom(spec.seed);
  const judging = openJudging(killed, spec.kills);
  const table = join(folder, "killed.csv");
  const kills: KillRecord[] = [];
  for (const activity of drawOrder(spec, random)) {
    const { isWithin, acknowledged } =
      activity === "classifying" || activity === "writing"
        ? await killLoop(
            activity === "classifying" ? args(killed) : ["write", killed, "1", table],
            random() * spanMs[activity],
          )
        : await killServer(killed, judging, activity, random);
    let lost = 0;
    const left = lookInto(killed, join(folder, "checked"), (database) => {
      lost = judging.countLost(database);
    });
    const written = readdirSync(folder).includes("killed.csv") ? readFileSync(table, "utf8") : undefined;
    const record = { activity, isWithin, acknowledged, lost, ...left, table: written };
    kills.push(record);
    spec.onKill?.(record);
  }
  finish([...args(killed), "--times", "2"]);
  const study = openStudy(killed);
  const newest = study.runs.maybeNewest()?.id ?? 0;
  study.close();
  const tables = [1, newest].map((run) => tableOf(killed, run, join(folder, `killed-${run}.csv`)));
  let doubled = 0;
  lookInto(killed, join(folder, "checked"), (database) => {
    doubled = judging.countDoubled(database);
  });
  return { kills, doubled, tables, undisturbed };
}

function rowsOf({ pictures, rows }: ActivitiesSpec): string {
  const names = readNames(pictures, rows);
  return `image,row\n${names.map((name, i) => `pictures/${name},${i}\n`).join("")}`;
}

function readNames(pictures: number, rows: number): readonly string[] {
  return Array.from({ length: rows }, (_, i) => `${String(i % pictures).padStart(5, "0")}.jpg`);
}

/** All kills in a random order: what one activity leaves, another one meets. */
function drawOrder({ kills }: ActivitiesSpec, random: () => number): readonly Activity[] {
  const all = activities.flatMap((activity) =>
    Array.from({ length: kills[activity] }, () => ({ activity, order: random() })),
  );
  return all.sort((a, b) => a.order - b.order).map(({ activity }) => activity);
}

const script = join(import.meta.dirname, "endlessActivity.ts");

/** @throws Error when it does not end well */
function finish(args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

function tableOf(study: string, run: number, file: string): string {
  finish(["write", study, String(run), file, "--times", "1"]);
  return readFileSync(file, "utf8");
}

/** Starts what goes on for ever, and kills it so long after its first time has begun. */
async function killLoop(args: readonly string[], afterMs: number) {
  const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const exit = once(child, "exit");
  let last = "";
  const lines = createInterface({ input: child.stdout }).on("line", (line) => {
    if (line === "begun" && last === "ready") void wait(afterMs).then(() => child.kill("SIGKILL"));
    last = line;
  });
  await Promise.all([exit, once(lines, "close")]);
  if (child.signalCode !== "SIGKILL") throw new Error(`${args[0]} ended with ${child.exitCode}`);
  return { isWithin: last === "begun", acknowledged: 0 };
}

/** Has judgements posted to a server that is killed after a random number of answers and a random time. */
async function killServer(
  study: string,
  judging: Judging,
  activity: "reviewing" | "coding",
  random: () => number,
) {
  const moment = { afterAnswers: 1 + Math.floor(random() * 12), afterMs: random() * 6 };
  const posted = await postUntilKilled(study, judging.posts(activity), moment);
  judging.keep(posted.acknowledged);
  return { isWithin: posted.underWay > 0, acknowledged: posted.acknowledged.length };
}
