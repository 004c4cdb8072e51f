import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { seededRandom } from "../../../src/seededRandom.ts";
import { demoPictures } from "../demoPictures.ts";
import { startWorkers } from "../startWorkers.ts";
import { maybeRedis } from "../testRedis.ts";
import { startSlowLine } from "./slowLine.ts";
import { requireSameTable, startCoordinator } from "./startCoordinator.ts";

it("three workers, one of them ended by kill -9 every second for a minute and replaced: the table of one machine", async () => {
  const redis = await maybeRedis();
  if (redis === undefined) return;
  const pictures = await demoPictures(180);
  // Slow enough that the minute ends first, and that a kill often hits a picture that is tried alone.
  const line = await startSlowLine(pictures.images, { perSecond: 3 });
  const queue = `${redis.address}?lock=1`;
  const coordinator = startCoordinator(pictures, { queue, args: ["--no-work", "--job-size", "8"] });
  const workers = startWorkers(3, ["--queue", queue, "--root", `demo=${line.address}`]);
  const random = seededRandom(7);
  let alive = [...workers.children];
  for (let second = 0; second < 60; second++) {
    await wait(1000);
    const [victim] = alive.splice(Math.floor(random() * alive.length), 1);
    victim?.kill("SIGKILL");
    alive = [...alive, workers.start()];
  }
  expect(coordinator.child.exitCode).toBe(null);
  expect(coordinator.said()).toMatch(/a worker was lost with \d+ picture/);
  line.speedUp();
  await requireSameTable(coordinator, pictures);
  expect(coordinator.said()).not.toContain("decoder_crashed");
}, 240_000);
