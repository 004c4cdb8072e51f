import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { deadAfterMs } from "../../../src/queue/connectionTimes.ts";
import { demoPictures } from "../demoPictures.ts";
import { startWorkers } from "../startWorkers.ts";
import { maybeRedis } from "../testRedis.ts";
import { startSlowLine } from "./slowLine.ts";
import { requireSameTable, startCoordinator } from "./startCoordinator.ts";
import { startSwallowingProxy } from "./swallowingProxy.ts";

const lockMs = 2000;

it("takes three to fifteen seconds of silence for a dead connection", () => {
  expect(deadAfterMs({ lockMs: 1000 })).toBe(3000);
  expect(deadAfterMs({ lockMs: 20_000 })).toBe(10_000);
  expect(deadAfterMs({ lockMs: 30_000 })).toBe(15_000);
});

it("packets swallowed between workers and Redis, then between coordinator and Redis: the table of one machine", async () => {
  const redis = await maybeRedis();
  if (redis === undefined) return;
  const pictures = await demoPictures(90);
  const line = await startSlowLine(pictures.images, { perSecond: 10 });
  const [near, far] = [await startSwallowingProxy(redis.port), await startSwallowingProxy(redis.port)];
  const through = (port: number) => `redis://127.0.0.1:${port}/0?lock=${lockMs / 1000}`;
  const args = ["--no-work", "--job-size", "4"];
  const coordinator = startCoordinator(pictures, { queue: through(near.port), args });
  const workers = startWorkers(2, ["--queue", through(far.port), "--root", `demo=${line.address}`]);
  await coordinator.untilSaid(/classifying +[1-9]\d?%/);
  for (const proxy of [far, near]) {
    const before = proxy.connections();
    proxy.swallow();
    await wait(1.3 * deadAfterMs({ lockMs }));
    proxy.goOn();
    // The old ones are not merely heard again.
    await expect.poll(() => proxy.connections()).toBeGreaterThan(before);
  }
  expect(coordinator.child.exitCode).toBe(null);
  line.speedUp();
  await requireSameTable(coordinator, pictures);
  expect(coordinator.said()).toMatch(/Redis cannot be reached/);
  expect(coordinator.said()).not.toContain("decoder_crashed");
  for (const { code, stderr } of await workers.stop()) expect(code, stderr).toBe(0);
});
