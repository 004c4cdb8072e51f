// `npm run test:slurm`: runs docs/batch/slurm-array.sh and slurm-merge.sh for real, on a Slurm of its own on this machine.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { missingSlurmPrograms, startSlurm } from "./testSlurm/startSlurm.ts";
import { studyProgress } from "./testSlurm/studyProgress.ts";

const root = join(import.meta.dirname, "..");
const shards = 4;
const pictures = 1600;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

const missing = missingSlurmPrograms();
if (missing.length > 0) {
  say(`Slurm is not installed (no ${missing.join(", ")}): apt-get install slurm-wlm munge`);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), "clipbook-slurm-"));
chmodSync(folder, 0o755);
const bin = join(folder, "bin");
mkdirSync(bin);
writeFileSync(
  join(bin, "clipbook"),
  `#!/bin/sh\nexec '${process.execPath}' '${join(root, "bin/clipbook.js")}' "$@"\n`,
  { mode: 0o755 },
);
const studies = join(folder, "studies");
const pictureFolder = join(folder, "pictures");
const environment = {
  ...process.env,
  PATH: `${bin}:${process.env.PATH}`,
  SHARDS: String(shards),
  PICTURES: pictureFolder,
  STUDIES: studies,
  MODEL: "demo",
};
const run = (program: string, args: readonly string[], extra: NodeJS.ProcessEnv = {}) =>
  execFileSync(program, args, {
    cwd: folder,
    env: { ...environment, ...extra },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });

execFileSync(process.execPath, [join(root, "tools/build.ts")], { cwd: root, stdio: "ignore" });
say(`drawing ${pictures} pictures`);
run("clipbook", ["demo", join(folder, "demo"), "--count", String(pictures)]);
cpSync(join(folder, "demo/images"), pictureFolder, { recursive: true });
rmSync(join(pictureFolder, ".made-by-clipbook"), { force: true });
const slurm = await startSlurm(folder).catch((error) => {
  rmSync(folder, { recursive: true, force: true });
  throw error;
});
try {
  const client = { SLURM_CONF: slurm.configuration };
  say(
    `Slurm ${run("sinfo", ["--version"], client).trim().split(" ").at(-1)}: ${run("sinfo", ["--noheader"], client).trim()}`,
  );
  const submit = (args: readonly string[]) => {
    const id = run("sbatch", ["--parsable", ...args], client).trim();
    say(`sbatch ${args.map((arg) => arg.replace(root, ".")).join(" ")}: job ${id}`);
    return id;
  };
  const array = join(root, "docs/batch/slurm-array.sh");
  const merge = join(root, "docs/batch/slurm-merge.sh");
  const small = ["--cpus-per-task=1", "--mem=0"];
  const stateOf = (job: string) =>
    /JobState=(\w+)/.exec(run("scontrol", ["show", "job", job, "--oneliner"], client))?.[1] ?? "UNKNOWN";
  const until = async (what: string, isTrue: () => boolean) => {
    for (let i = 0; i < 3000; i++) {
      if (isTrue()) return;
      await wait(100);
    }
    throw new Error(`waited five minutes in vain: ${what}`);
  };
  const isOver = (job: string) =>
    !["PENDING", "RUNNING", "COMPLETING", "CONFIGURING", "REQUEUED", "SUSPENDED"].includes(stateOf(job));
  const outcome = async (job: string, numbers: readonly number[]) => {
    for (const number of numbers) await until(`task ${number}`, () => isOver(`${job}_${number}`));
    return numbers.map((number) => `${number} ${stateOf(`${job}_${number}`)}`).join(", ");
  };
  const progressOf = (number: number) => studyProgress(join(studies, `shard-${number}`));

  const first = submit([`--array=1-${shards}`, ...small, array]);
  await until("shard 1 is under way", () => progressOf(1).embedded > 20);
  run("scancel", ["--signal=KILL", "--full", `${first}_1`], client);
  await until("task 1 is dead", () => isOver(`${first}_1`));
  const killed = progressOf(1);
  say(
    `task 1 killed (SIGKILL) in the middle: ${killed.embedded} pictures stored, complete: ${killed.isComplete}`,
  );
  await until("shard 2 is under way", () => progressOf(2).embedded > 20);
  run("scontrol", ["requeue", `${first}_2`], client);
  say(`task 2 requeued by Slurm in the middle, ${progressOf(2).embedded} pictures stored`);
  await until("task 2 waits again", () => ["PENDING", "REQUEUED"].includes(stateOf(`${first}_2`)));
  run("scontrol", ["update", `JobId=${first}_2`, "StartTime=now"], client);
  say(`first array: ${await outcome(first, [1, 2, 3, 4])}`);

  const early = submit([...small, merge]);
  await until("the early merge is over", () => isOver(early));
  const refusal = readFileSync(join(folder, `clipbook-merge-${early}.log`), "utf8");
  say(`merge before all are there: ${stateOf(early)}\n  ${refusal.trim().split("\n").join("\n  ")}`);
  if (!/shard 1 of 4/.test(refusal)) throw new Error("the merge did not tell that shard 1 is not complete");

  const again = submit(["--array=1", ...small, array]);
  const last = submit([`--dependency=afterok:${again}`, ...small, merge]);
  say(`shard 1 again: ${await outcome(again, [1])}`);
  const log = readFileSync(join(folder, `clipbook-index-${again}_1.log`), "utf8");
  const fresh = Number(/\(([\d,]+) new\)/.exec(log)?.[1]?.replaceAll(",", ""));
  const whole = progressOf(1).embedded;
  say(`  went on: ${fresh} of ${whole} pictures were new`);
  if (fresh !== whole - killed.embedded)
    throw new Error("what was stored before the kill was embedded again, or lost");
  await until("the merge is over", () => isOver(last));
  say(`merge: ${stateOf(last)}`);
  const told = readFileSync(join(folder, `clipbook-merge-${last}.log`), "utf8")
    .trim()
    .split("\n");
  say(
    told
      .filter((line) => !line.startsWith("merging"))
      .map((line) => `  ${line}`)
      .join("\n"),
  );

  const classify = (study: string) => {
    const table = join(folder, `${study}.csv`);
    const place = study === "all" ? join(studies, "all") : join(folder, study);
    const codebook = join(root, "demo/codebook.yaml");
    const answer = run("clipbook", [
      "classify",
      pictureFolder,
      "--study",
      place,
      "--codebook",
      codebook,
      "--model",
      "demo",
      "--output",
      table,
      "--no-overview",
      "--json",
    ]);
    const { embedded, openedTowers } = JSON.parse(answer) as { embedded: number; openedTowers: string[] };
    say(`classify in ${study}: ${embedded} pictures embedded, towers opened: ${openedTowers.join(", ")}`);
    return { table: readFileSync(table), embedded, openedTowers };
  };
  const merged = classify("all");
  const single = classify("single");
  if (merged.embedded !== 0 || merged.openedTowers.includes("image"))
    throw new Error("the merged study was embedded again");
  if (!merged.table.equals(single.table)) throw new Error("the tables differ");
  say(`the results tables are the same, byte for byte (${merged.table.length} bytes)`);
} finally {
  await slurm.stop();
  rmSync(folder, { recursive: true, force: true });
}
say("passed");
