import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../temporaryFolder.ts";
import { demoPictures } from "../demoPictures.ts";
import { startWorkers } from "../startWorkers.ts";
import { maybeRedis, type TestRedis } from "../testRedis.ts";
import { redisCommand } from "./redisCommand.ts";
import { type SlowLine, startSlowLine } from "./slowLine.ts";
import { requireSameTable, startCoordinator } from "./startCoordinator.ts";

const count = 90;

/** Two workers behind a line that gives 15 pictures per second, and a coordinator that leaves them all the work. */
async function begin(redis: TestRedis) {
  const pictures = await demoPictures(count);
  const line = await startSlowLine(pictures.images, { perSecond: 15 });
  const queue = `${redis.address}?lock=2`;
  const coordinator = startCoordinator(pictures, { queue, args: ["--no-work", "--job-size", "4"] });
  const workers = startWorkers(2, ["--queue", queue, "--root", `demo=${line.address}`]);
  return { pictures, line, coordinator, workers };
}

async function untilAsked(line: SlowLine, pictures: number): Promise<void> {
  await expect.poll(() => line.asked(), { interval: 20 }).toBeGreaterThanOrEqual(pictures);
}

it("Redis ended by kill -9 and empty afterwards, twice: the table of one machine, and workers end in order", async () => {
  const redis = await maybeRedis();
  if (redis === undefined) return;
  const { pictures, line, coordinator, workers } = await begin(redis);
  for (const asked of [15, 45]) {
    await untilAsked(line, asked);
    await redis.kill();
    await wait(1500);
    await redis.restart();
  }
  await requireSameTable(coordinator, pictures);
  expect(coordinator.said()).toMatch(/Redis cannot be reached .*: waiting for it/);
  expect(coordinator.said()).toMatch(/Redis is there again/);
  expect(coordinator.said()).not.toContain("decoder_crashed");
  for (const { code, stderr } of await workers.stop()) expect(code, stderr).toBe(0);
});

it("Redis back from an old snapshot, with jobs that were done since: the table of one machine", async () => {
  const redis = await maybeRedis(["--dir", temporaryFolder()]);
  if (redis === undefined) return;
  const { pictures, line, coordinator, workers } = await begin(redis);
  await untilAsked(line, 15);
  redisCommand(redis, "save");
  await untilAsked(line, 50);
  await redis.kill();
  await redis.restart();
  await requireSameTable(coordinator, pictures);
  expect(coordinator.said()).not.toContain("decoder_crashed");
  for (const { code, stderr } of await workers.stop()) expect(code, stderr).toBe(0);
});
