import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { seededRandom } from "../../src/seededRandom.ts";
import { type LeftStudy, lookInto } from "./lookInto.ts";
import { makePictures } from "./makePictures.ts";

/** What to kill, and how often. */
export interface KillSpec {
  /** An empty folder. */
  readonly folder: string;
  readonly pictures: number;
  readonly kills: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly onRun?: (run: RunRecord) => void;
}

/** Where a run is to be killed: a share of the time that follows one of its steps. */
interface Moment {
  readonly during: "start" | "indexing" | "scoring" | "writing";
  /** While indexing: the part of a batch at which it happens, from 1 in each run. */
  readonly part: number;
  /** 0..1 */
  readonly share: number;
}

/** One run and how it ended. */
export interface RunRecord extends LeftStudy {
  readonly during: Moment["during"] | "not killed";
  /** What the run had told last when it ended. */
  readonly lastStep: string;
  readonly isKilled: boolean;
  /** Pictures that went through the tower. */
  readonly embedded: number;
  /** Those of them that had been through it in an earlier run. */
  readonly repeated: number;
  /** The bytes of the table, when there is one. */
  readonly table: string | undefined;
  /** Names in the study's folder that a user would see. */
  readonly visibleNames: readonly string[];
}

/** What came of it. */
export interface KillReport {
  /** All runs in one study, the last one not killed. */
  readonly runs: readonly RunRecord[];
  /** One run that nobody disturbed, in a study of its own. */
  readonly undisturbed: RunRecord;
}

/** Times of an undisturbed run, to which the random moments are fitted. */
interface Pace {
  startMs: number;
  partMs: number;
  scoringMs: number;
  writingMs: number;
}

/** Kills runs over the same pictures and study at seeded random moments, each followed by a new run, until one is let be. */
export async function killAndContinue(spec: KillSpec): Promise<KillReport> {
  const pictures = join(spec.folder, "pictures");
  await makePictures(pictures, spec.pictures);
  const pace: Pace = { startMs: 0, partMs: 0, scoringMs: 0, writingMs: 0 };
  const undisturbed = await runOnce(spec, join(spec.folder, "undisturbed"), undefined, pace, new Set());
  // Again, with everything in the system's memory, as the runs that are killed will find it.
  await runOnce(spec, join(spec.folder, "warm"), undefined, pace, new Set());
  const seen = new Set<string>();
  const runs: RunRecord[] = [];
  const study = join(spec.folder, "killed");
  for (const moment of [...drawMoments(spec), undefined]) {
    const run = await runOnce(spec, study, moment, pace, seen);
    runs.push(run);
    spec.onRun?.(run);
  }
  return { runs, undisturbed };
}

/** Seven in ten moments lie anywhere in the indexing, one in ten in the start, the last in scoring and in writing. */
function drawMoments({ kills, pictures, batchSize, seed }: KillSpec): readonly Moment[] {
  const random = seededRandom(seed);
  const atEnd = Math.max(2, Math.round(kills / 5));
  const atStart = Math.max(1, Math.round(kills / 10));
  // As indexImages has it: a batch goes through the tower in two parts.
  const parts = Math.ceil(pictures / Math.max(1, Math.floor(batchSize / 2)));
  const points = Array.from({ length: kills - atEnd - atStart }, () => random() * parts).sort(
    (a, b) => a - b,
  );
  const moments: Moment[] = points.map((point, i) => ({
    during: "indexing",
    part: Math.max(1, Math.ceil(point - (points[i - 1] ?? 0))),
    share: random(),
  }));
  for (let i = 0; i < atStart; i++) {
    const place = Math.floor(random() * (moments.length + 1));
    // Not the last of it: a faster start would be over.
    moments.splice(place, 0, { during: "start", part: 0, share: random() * 0.7 });
  }
  // The first of each kind at once: this surely meets it, for the run waits there.
  const ends = Array.from(
    { length: atEnd },
    (_, i): Moment => ({
      during: i % 2 === 0 ? "scoring" : "writing",
      part: 0,
      share: i < 2 ? 0 : random(),
    }),
  );
  return [...moments, ...ends];
}

/** Starts a run, kills it at its moment if it has one, and looks at what it left. */
async function runOnce(
  spec: KillSpec,
  study: string,
  moment: Moment | undefined,
  pace: Pace,
  seen: Set<string>,
): Promise<RunRecord> {
  mkdirSync(study, { recursive: true });
  const towerLog = join(spec.folder, "tower.log");
  rmSync(towerLog, { force: true });
  const output = join(study, "results.csv");
  const script = join(import.meta.dirname, "indexingRun.ts");
  const stepBefore: Partial<Record<Moment["during"], string>> = {
    scoring: `stored ${spec.pictures}`,
    writing: "classified",
  };
  const holdAt = moment?.share === 0 ? [stepBefore[moment.during] ?? ""] : [];
  const batchSize = String(spec.batchSize);
  const args = [script, study, join(spec.folder, "pictures"), output, towerLog, batchSize, ...holdAt];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const startedMs = performance.now();
  const stepsMs: { readonly step: string; readonly ms: number }[] = [];
  const killAfter = (ms: number) => void setTimeout(() => child.kill("SIGKILL"), ms);
  if (moment?.during === "start") killAfter(moment.share * pace.startMs);
  let parts = 0;
  const lines = createInterface({ input: child.stdout }).on("line", (step) => {
    stepsMs.push({ step, ms: performance.now() - startedMs });
    if (step === "embedding") parts += 1;
    if (moment?.during === "indexing" && step === "embedding" && parts === moment.part)
      killAfter(moment.share * pace.partMs);
    if (moment !== undefined && step === stepBefore[moment.during])
      killAfter(moment.share * (moment.during === "scoring" ? pace.scoringMs : pace.writingMs));
  });
  const toldAll = new Promise((resolve) => lines.once("close", resolve));
  const { code, signal } = await new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once("exit", (exitCode, exitSignal) => resolve({ code: exitCode, signal: exitSignal })),
  );
  await toldAll;
  if (signal !== "SIGKILL" && code !== 0) throw new Error(`a run ended with ${code ?? signal}`);
  if (seen.size === 0 && moment === undefined) measurePace(pace, stepsMs);
  const digests = existsSync(towerLog) ? readFileSync(towerLog, "utf8").trimEnd().split("\n") : [];
  const repeated = digests.filter((digest) => seen.has(digest)).length;
  for (const digest of digests) seen.add(digest);
  return {
    during: moment?.during ?? "not killed",
    lastStep: stepsMs.at(-1)?.step ?? "nothing",
    isKilled: signal === "SIGKILL",
    embedded: digests.length,
    repeated,
    ...lookInto(study, join(spec.folder, "checked")),
    table: existsSync(output) ? readFileSync(output, "utf8") : undefined,
    visibleNames: readdirSync(study).filter((name) => !name.startsWith(".")),
  };
}

function measurePace(pace: Pace, steps: readonly { step: string; ms: number }[]): void {
  const embedding = steps.filter(({ step }) => step === "embedding").map(({ ms }) => ms);
  const timeOf = (name: string) => steps.findLast(({ step }) => step.startsWith(name))?.ms ?? 0;
  pace.startMs = embedding[0] ?? 0;
  pace.partMs = ((embedding.at(-1) ?? 0) - pace.startMs) / Math.max(1, embedding.length - 1);
  pace.scoringMs = timeOf("classified") - timeOf("stored");
  pace.writingMs = timeOf("written") - timeOf("classified");
}
