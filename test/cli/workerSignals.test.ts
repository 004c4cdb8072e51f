import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startPictureServer } from "../pipeline/queue/pictureServer.ts";
import { oddPictures } from "../queue/oddPictures.ts";
import { startWorker } from "../queue/startWorker.ts";
import { maybeRedis } from "../queue/testRedis.ts";

/** A worker in the middle of its first job: the server answers when it is told to. */
async function workerInTheMiddle() {
  const redis = await maybeRedis();
  if (redis === undefined) return undefined;
  const { folder, classify } = await oddPictures(12);
  const asked = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const server = await startPictureServer(async (request, response) => {
    asked.resolve();
    await goOn.promise;
    response.end(readFileSync(join(folder, decodeURIComponent((request.url ?? "").slice(1)))));
  });
  const worker = startWorker(["--queue", redis.address, "--root", `pictures=${server.url}`]);
  const queue = ["--queue", `${redis.address}?lock=2`, "--root", `pictures=${folder}`, "--no-work"];
  const classified = classify(folder, ...queue);
  await asked.promise;
  return { worker, classified, classify, folder, redis, goOn: goOn.resolve };
}

describe("a worker that is told to end in the middle of a job", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "finishes it and ends with 0 by %s",
    async (signal) => {
      const middle = await workerInTheMiddle();
      if (middle === undefined) return;
      const { worker, classified, classify, folder, goOn } = middle;
      worker.child.kill(signal);
      // Nothing has come yet that it could have finished.
      expect(worker.child.exitCode).toBeNull();
      goOn();
      const { code, stdout } = await worker.ended;
      expect(code).toBe(0);
      expect(Number(/^(\d+) embedded/.exec(stdout)?.[1])).toBeGreaterThan(0);
      // All were in one job.
      expect((await classified).table).toBe((await classify(folder)).table);
    },
    60_000,
  );

  it("ends at once when it is told twice, and another worker does the job", async () => {
    const middle = await workerInTheMiddle();
    if (middle === undefined) return;
    const { worker, classified, classify, folder, redis } = middle;
    worker.child.kill("SIGTERM");
    await Promise.race([once(worker.child, "exit"), new Promise((resolve) => setTimeout(resolve, 300))]);
    expect(worker.child.exitCode).toBeNull();
    worker.child.kill("SIGTERM");
    await worker.ended;
    const other = startWorker(["--queue", redis.address, "--root", `pictures=${folder}`]);
    expect((await classified).table).toBe((await classify(folder)).table);
    other.child.kill("SIGTERM");
    expect((await other.ended).code).toBe(0);
  }, 60_000);
});
