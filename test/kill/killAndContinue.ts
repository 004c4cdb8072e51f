import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { seededRandom } from "../../src/seededRandom.ts";
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

/** Where a run is to be killed: a share of the time between two of its steps, or of one batch. */
interface Moment {
  readonly during: "start" | "indexing" | "end";
  /** While indexing: the batch of this run at which it happens, from 1. */
  readonly batch: number;
  /** 0..1 */
  readonly share: number;
}

/** One run and how it ended. */
export interface RunRecord {
  readonly during: Moment["during"] | "not killed";
  /** What the run had told last when it ended. */
  readonly lastStep: string;
  readonly isKilled: boolean;
  /** Pictures that went through the tower. */
  readonly embedded: number;
  /** Those of them that had been through it in an earlier run. */
  readonly repeated: number;
  /** SQLite's `PRAGMA integrity_check` of the database that the run left. */
  readonly integrity: string;
  /** Runs in the database that are not complete. */
  readonly unfinishedRuns: number;
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
  batchMs: number;
  endMs: number;
}

/** Kills runs over the same pictures and study at seeded random moments, each followed by a new run, until one is let be. */
export async function killAndContinue(spec: KillSpec): Promise<KillReport> {
  const pictures = join(spec.folder, "pictures");
  await makePictures(pictures, spec.pictures);
  const pace: Pace = { startMs: 0, batchMs: 0, endMs: 0 };
  const undisturbed = await runOnce(spec, join(spec.folder, "undisturbed"), undefined, pace, new Set());
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

/** Seven in ten moments lie anywhere in the indexing, one in ten in the start, the last two in scoring and writing. */
function drawMoments({ kills, pictures, batchSize, seed }: KillSpec): readonly Moment[] {
  const random = seededRandom(seed);
  const atEnd = Math.max(1, Math.round(kills / 5));
  const atStart = Math.max(1, Math.round(kills / 10));
  const batches = Math.ceil(pictures / batchSize);
  const points = Array.from({ length: kills - atEnd - atStart }, () => random() * batches).sort(
    (a, b) => a - b,
  );
  const moments: Moment[] = points.map((point, i) => ({
    during: "indexing",
    batch: Math.max(1, Math.ceil(point - (points[i - 1] ?? 0))),
    share: random(),
  }));
  for (let i = 0; i < atStart; i++) {
    const place = Math.floor(random() * (moments.length + 1));
    moments.splice(place, 0, { during: "start", batch: 0, share: random() });
  }
  const ends = Array.from({ length: atEnd }, (): Moment => ({ during: "end", batch: 0, share: random() }));
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
  const args = [script, study, join(spec.folder, "pictures"), output, towerLog, String(spec.batchSize)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const startedMs = performance.now();
  const stepsMs: { readonly step: string; readonly ms: number }[] = [];
  const killAfter = (ms: number) => void setTimeout(() => child.kill("SIGKILL"), ms);
  if (moment?.during === "start") killAfter(moment.share * pace.startMs);
  let batches = 0;
  const lines = createInterface({ input: child.stdout }).on("line", (step) => {
    stepsMs.push({ step, ms: performance.now() - startedMs });
    if (step === "embedding") batches += 1;
    if (moment?.during === "indexing" && step === "embedding" && batches === moment.batch)
      killAfter(moment.share * pace.batchMs);
    if (moment?.during === "end" && step === `stored ${spec.pictures}`) killAfter(moment.share * pace.endMs);
  });
  const toldAll = new Promise((resolve) => lines.once("close", resolve));
  const { code, signal } = await new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once("exit", (exitCode, exitSignal) => resolve({ code: exitCode, signal: exitSignal })),
  );
  await toldAll;
  if (signal !== "SIGKILL" && code !== 0) throw new Error(`a run ended with ${code ?? signal}`);
  if (moment === undefined && pace.startMs === 0) measurePace(pace, stepsMs);
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
  const stored = steps.findLast(({ step }) => step.startsWith("stored"));
  pace.startMs = embedding[0] ?? 0;
  pace.batchMs = ((embedding.at(-1) ?? 0) - pace.startMs) / Math.max(1, embedding.length - 1);
  pace.endMs = (steps.at(-1)?.ms ?? 0) - (stored?.ms ?? 0);
}

/** Looks at a copy: opening the study itself would already mend what the next run has to mend. */
function lookInto(study: string, copy: string): Pick<RunRecord, "integrity" | "unfinishedRuns"> {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy);
  for (const name of ["clipbook.db", "clipbook.db-wal"]) {
    if (existsSync(join(study, name))) copyFileSync(join(study, name), join(copy, name));
  }
  const database = new DatabaseSync(join(copy, "clipbook.db"));
  const firstValue = (sql: string) => Object.values(database.prepare(sql).get() ?? {})[0];
  const integrity = String(firstValue("PRAGMA integrity_check"));
  const hasRuns = firstValue("SELECT count(*) FROM sqlite_schema WHERE name = 'run'") === 1;
  const unfinishedRuns = hasRuns ? firstValue("SELECT count(*) FROM run WHERE completed_at IS NULL") : 0;
  database.close();
  return { integrity, unfinishedRuns: Number(unfinishedRuns) };
}
