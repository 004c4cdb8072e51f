import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { mergeStudies } from "../../src/pipeline/shards/mergeStudies.ts";
import { seededRandom } from "../../src/seededRandom.ts";
import { contentOfStudy, writeShards } from "../pipeline/shards/shardStudies.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

const script = join(import.meta.dirname, "mergeUntilKilled.ts");

/** Merges in a process of its own, and kills that so long after its `steps`th transaction; whether it was killed. */
async function mergeAndKill(target: string, sources: readonly string[], steps: number, afterMs: number) {
  const child = spawn(process.execPath, [script, target, ...sources], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<boolean>((resolve) => {
    child.once("exit", (_, signal) => resolve(signal === "SIGKILL"));
  });
  let stored = 0;
  child.stdout.setEncoding("utf8").on("data", async (text: string) => {
    const before = stored;
    stored += text.split("\n").length - 1;
    if (before >= steps || stored < steps) return;
    await wait(afterMs);
    child.kill("SIGKILL");
  });
  return ended;
}

it("a merge that is killed again and again is completed by the same call, as if nobody had disturbed it", async () => {
  const folder = temporaryFolder();
  const keys = Array.from({ length: 9_000 }, (_, i) => `${i}.jpg`);
  const sources = writeShards(folder, keys, 3);
  const target = join(folder, "all");
  const random = seededRandom(3);
  // Each shard is three transactions of images, one of texts and one of files.
  let killed = 0;
  for (const steps of [1, 2, 4, 6, 8, 11, 13]) {
    if (await mergeAndKill(target, sources, steps, Math.floor(random() * 12))) killed += 1;
    expect(existsSync(join(target, "clipbook.db"))).toBe(true);
  }
  expect(killed).toBeGreaterThanOrEqual(4);
  const cut = contentOfStudy(target);
  expect(cut.indexings.length).toBeLessThanOrEqual(3);
  await mergeStudies({ sources, target });
  const undisturbed = join(folder, "undisturbed");
  await mergeStudies({ sources, target: undisturbed });
  const whole = contentOfStudy(undisturbed);
  expect(contentOfStudy(target)).toEqual(whole);
  expect(whole.images).toHaveLength(9_000);
}, 60_000);
