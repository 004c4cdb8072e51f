// `npm run test:kill`: the kill tests with one line for each kill and an account by activity at the end: 200 kills, those while
// indexing over 2,000 pictures. `--seed N` for other moments, `--times N` for so many times as many kills.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { activities, type KillRecord, killActivities } from "./killActivities.ts";
import { killAndContinue, type RunRecord } from "./killAndContinue.ts";
import { kills } from "./kills.ts";
import { requireActivitiesWhole } from "./requireActivitiesWhole.ts";
import { requireNothingLost } from "./requireNothingLost.ts";

const { values } = parseArgs({
  options: { seed: { type: "string", default: "1" }, times: { type: "string", default: "1" } },
});
const [seed, times] = [Number(values.seed), Number(values.times)];
const folder = mkdtempSync(join(tmpdir(), "clipbook-kill-"));

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

function tellRun({ during, isKilled, lastStep, embedded, repeated, integrity }: RunRecord): void {
  const end = isKilled ? `killed after "${lastStep}"` : `ended by itself after "${lastStep}"`;
  tell(
    `${during.padEnd(11)} ${end.padEnd(36)} embedded ${String(embedded).padStart(4)}, of these again ${String(repeated).padStart(2)}, integrity ${integrity}`,
  );
}

function tellKill({ activity, isWithin, acknowledged, lost, integrity }: KillRecord): void {
  tell(
    `${activity.padEnd(11)} killed ${isWithin ? "within" : "beside"} it, ${acknowledged} judgements acknowledged, lost ${lost}, integrity ${integrity}`,
  );
}

try {
  for (const name of ["indexing", "others"]) mkdirSync(join(folder, name));
  const indexing = {
    folder: join(folder, "indexing"),
    pictures: 2_000 * times,
    kills: kills.indexing * times,
    batchSize: 16,
    seed,
  };
  const runs = await killAndContinue({ ...indexing, onRun: tellRun });
  const many = Object.fromEntries(activities.map((activity) => [activity, kills[activity] * times]));
  const others = {
    folder: join(folder, "others"),
    pictures: 120,
    rows: 6_000,
    kills: many as Record<(typeof activities)[number], number>,
    seed,
  };
  const report = await killActivities({ ...others, onKill: tellKill });
  tell("");
  for (const during of ["start", "indexing", "scoring", "writing"] as const) {
    const all = runs.runs.filter((run) => run.during === during);
    const hit = all.filter(({ isKilled }) => isKilled);
    tell(`a new run, ${during}: ${all.length} kills, ${hit.length} of them before it was over`);
  }
  for (const activity of activities) {
    const all = report.kills.filter((kill) => kill.activity === activity);
    const judged = all.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
    const within = all.filter(({ isWithin }) => isWithin).length;
    tell(
      `${activity}: ${all.length} kills, ${within} of them within it${judged > 0 ? `, ${judged} judgements acknowledged` : ""}`,
    );
  }
  requireNothingLost(runs, indexing);
  requireActivitiesWhole(report, others);
  const again = runs.runs.map(({ repeated }) => repeated);
  tell(
    `nothing lost in ${indexing.kills + report.kills.length} kills: every database whole, every acknowledged judgement stored once, at ` +
      `most ${Math.max(...again)} pictures embedded again by one run (batch ${indexing.batchSize}), the tables byte-identical`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
