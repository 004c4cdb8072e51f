import { once } from "node:events";
import { expect, it } from "vitest";
import { demoPictures } from "../demoPictures.ts";
import { startWorkers } from "../startWorkers.ts";
import { maybeRedis } from "../testRedis.ts";
import { startSlowLine } from "./slowLine.ts";
import { requireSameTable, startCoordinator } from "./startCoordinator.ts";

const count = 90;

it("a worker stopped by SIGSTOP past its lock and resumed does no harm, and goes on", async () => {
  const redis = await maybeRedis();
  if (redis === undefined) return;
  const pictures = await demoPictures(count);
  const line = await startSlowLine(pictures.images, { perSecond: 15 });
  const queue = `${redis.address}?lock=1`;
  const coordinator = startCoordinator(pictures, { queue, args: ["--no-work", "--job-size", "8"] });
  const workers = startWorkers(2, ["--queue", queue, "--root", `demo=${line.address}`]);
  const [stopped, other] = workers.children as [(typeof workers.children)[0], (typeof workers.children)[0]];
  await expect.poll(() => line.asked(), { interval: 20 }).toBeGreaterThan(20);
  stopped.kill("SIGSTOP");
  await coordinator.untilSaid(/a worker was lost with \d/);
  stopped.kill("SIGCONT");
  // What is left is for the one that was stopped.
  other.kill("SIGTERM");
  await once(other, "exit");
  await requireSameTable(coordinator, pictures);
  expect(coordinator.said()).not.toContain("decoder_crashed");
  for (const { code, stderr } of await workers.stop()) expect(code, stderr).toBe(0);
});

it("a job that takes longer than the lock is done once while its worker lives", async () => {
  const redis = await maybeRedis();
  if (redis === undefined) return;
  const pictures = await demoPictures(count);
  // 64 pictures, 16 of them at a time: a job takes four times as long.
  const line = await startSlowLine(pictures.images, { delayMs: 1500 });
  const queue = `${redis.address}?lock=2`;
  const coordinator = startCoordinator(pictures, { queue, args: ["--no-work", "--job-size", "64"] });
  const workers = startWorkers(2, ["--queue", queue, "--root", `demo=${line.address}`]);
  await requireSameTable(coordinator, pictures);
  expect(line.asked()).toBe(count);
  expect(coordinator.said()).not.toContain("was lost");
  for (const { code, stderr } of await workers.stop()) expect(code, stderr).toBe(0);
});

it("without a worker a note says so; one that comes does the work, one that leaves in order loses nothing", async () => {
  const redis = await maybeRedis();
  if (redis === undefined) return;
  const pictures = await demoPictures(count);
  const line = await startSlowLine(pictures.images, { perSecond: 20 });
  const queue = `${redis.address}?lock=2`;
  const coordinator = startCoordinator(pictures, { queue, args: ["--no-work", "--job-size", "8"] });
  await coordinator.untilSaid(/no worker is there: start one with clipbook worker --queue redis:/);
  const workers = startWorkers(2, ["--queue", queue, "--root", `demo=${line.address}`]);
  await expect.poll(() => line.asked(), { interval: 20 }).toBeGreaterThan(20);
  const [leaver] = workers.children;
  leaver?.kill("SIGTERM");
  await requireSameTable(coordinator, pictures);
  expect(line.asked()).toBe(count);
  expect(coordinator.said()).not.toContain("was lost");
  for (const { code, stderr } of await workers.stop()) expect(code, stderr).toBe(0);
});
