import { once } from "node:events";
import { expect, it } from "vitest";
import { type DemoPictures, demoPictures } from "../demoPictures.ts";
import { startWorkers } from "../startWorkers.ts";
import { maybeRedis, type TestRedis } from "../testRedis.ts";
import { keysOf, redisCommand } from "./redisCommand.ts";
import { startSlowLine } from "./slowLine.ts";
import { requireSameTable, startCoordinator, tableOf } from "./startCoordinator.ts";

const count = 90;

/** Two workers behind a slow line, and a coordinator that has some results and waits for others. */
async function begin(redis: TestRedis, pictures: DemoPictures) {
  const line = await startSlowLine(pictures.images, { perSecond: 15 });
  const queue = `${redis.address}?lock=2`;
  const args = ["--no-work", "--job-size", "4"];
  const coordinator = startCoordinator(pictures, { queue, args });
  const workers = startWorkers(2, ["--queue", queue, "--root", `demo=${line.address}`]);
  await coordinator.untilSaid(/classifying +[2-9]\d%/);
  const again = () => {
    line.speedUp();
    return startCoordinator(pictures, { queue, args, study: coordinator.study });
  };
  return { coordinator, workers, again, line };
}

/** How many pictures went through a tower. */
function newPictures(stdout: string): number {
  return Number(/(\d+) pictures were new/.exec(stdout)?.[1]);
}

it("a coordinator ended by kill -9: the same command goes on, and nothing of either stays in Redis", async () => {
  const redis = await maybeRedis();
  if (redis === undefined) return;
  const pictures = await demoPictures(count);
  const { coordinator, workers, again } = await begin(redis, pictures);
  const [first] = redisCommand(redis, "hkeys", "clipbook:sessions");
  coordinator.child.kill("SIGKILL");
  await once(coordinator.child, "exit");
  expect(keysOf(redis).filter((key) => key.includes(`${first}`))).not.toEqual([]);
  const second = again();
  await requireSameTable(second, pictures);
  expect(newPictures((await second.ended).stdout)).toBeLessThan(count);
  for (const { code, stderr } of await workers.stop()) expect(code, stderr).toBe(0);
  await expect.poll(() => keysOf(redis)).toEqual([]);
});

it("Ctrl-C at the coordinator ends it with 130, leaves nothing in Redis, and keeps what was stored", async () => {
  const redis = await maybeRedis();
  if (redis === undefined) return;
  const pictures = await demoPictures(count);
  const { coordinator, workers, again } = await begin(redis, pictures);
  coordinator.child.kill("SIGINT");
  expect((await coordinator.ended).code).toBe(130);
  expect(tableOf(coordinator)).toBe(undefined);
  await expect.poll(() => keysOf(redis)).toEqual([]);
  const second = again();
  await requireSameTable(second, pictures);
  expect(newPictures((await second.ended).stdout)).toBeLessThan(count);
  for (const { code, stderr } of await workers.stop()) expect(code, stderr).toBe(0);
});

it("Ctrl-C ends the coordinator and SIGTERM the workers also while Redis is away", async () => {
  const redis = await maybeRedis();
  if (redis === undefined) return;
  const pictures = await demoPictures(count);
  const { coordinator, workers } = await begin(redis, pictures);
  await redis.kill();
  await coordinator.untilSaid(/Redis cannot be reached/);
  coordinator.child.kill("SIGINT");
  expect((await coordinator.ended).code).toBe(130);
  for (const { code, stderr } of await workers.stop()) expect(code, stderr).toBe(0);
});
