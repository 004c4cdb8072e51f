import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { expect, it, onTestFinished } from "vitest";
import { hostileJobs, hostileResults } from "./hostileForms.ts";
import { oddPictures } from "./oddPictures.ts";
import { startWorker } from "./startWorker.ts";
import { maybeRedis } from "./testRedis.ts";

// Their texts of 100 MB are refused by the forms' own tests.
const small = ([, value]: readonly [string, unknown]) => (JSON.stringify(value) ?? "").length < 1_000_000;

it("whatever is written into a session's queues, the workers go on, and the table is that of one machine", async () => {
  const redis = await maybeRedis();
  if (redis === undefined) return;
  const { folder, classify } = await oddPictures(60);
  const client = new Redis({ port: redis.port, host: "127.0.0.1", maxRetriesPerRequest: null });
  onTestFinished(() => client.disconnect());
  await client.hset("clipbook:sessions", "*", "{}");
  await client.set("clipbook:jobs-of-others:meta", "stays");
  const worker = startWorker(["--queue", redis.address, "--root", `pictures=${folder}`]);
  const connection = { host: "127.0.0.1", port: redis.port };
  const [oddJobs, oddResults] = [hostileJobs.filter(small), hostileResults.filter(small)];
  const queues: Queue[] = [];
  const seen = new Set<string>();
  const attack = setInterval(async () => {
    for (const id of await client.hkeys("clipbook:sessions")) {
      if (seen.has(id) || id === "*") continue;
      seen.add(id);
      const [jobs, results] = ["jobs", "results"].map(
        (name) => new Queue(`${name}-${id}`, { connection, prefix: "clipbook" }),
      );
      queues.push(jobs as Queue, results as Queue);
      await client.hset(`clipbook:workers:${id}`, "x", '{"id": "x"}', "y", "no JSON", "z", "\0\u001b[2J");
      await client.hset(`clipbook:jobs-${id}:forged`, "data", "no JSON", "failedReason", "\u001b[2J");
      await client.zadd(`clipbook:jobs-${id}:failed`, 1, "forged");
      await results?.addBulk(oddResults.map(([, data]) => ({ name: "result", data })));
      await jobs?.addBulk(oddJobs.map(([, data]) => ({ name: "embed", data })));
      // Of a job that is out, with a vector of another encoder's length, and with too few outcomes.
      const outcome = { kind: "embedded", format: "jpeg", widthPx: 1, heightPx: 1 };
      const vectors = Buffer.from(Float32Array.from([1, 0, 0]).buffer).toString("base64");
      for (const job of ["job-0", "job-1", "job-2", "job-3"])
        await results?.add("result", { job, worker: "x", outcomes: [outcome], vectors });
    }
  }, 50);
  onTestFinished(async () => {
    clearInterval(attack);
    await Promise.all(queues.map((queue) => queue.close()));
  });
  const alone = await classify(folder);
  const spread = await classify(
    folder,
    "--queue",
    redis.address,
    "--root",
    `pictures=${folder}`,
    "--job-size",
    "1",
  );
  expect(seen.size).toBe(1);
  expect(await client.hexists("clipbook:sessions", "*")).toBe(0);
  expect(await client.get("clipbook:jobs-of-others:meta")).toBe("stays");
  expect(spread.code).toBe(0);
  expect(spread.table).toBe(alone.table);
  expect(spread.stderr).toMatch(
    /^note: something came back from the queue that is no result, and is left out: .+$/m,
  );
  expect(spread.stderr.match(/is no result/g)).toHaveLength(1);
  expect(spread.stderr).not.toContain("\u001b[2J");
  expect(readFileSync(join(spread.study, "clipbook.db"), "latin1")).not.toContain("hacked");
  worker.child.kill("SIGTERM");
  expect((await worker.ended).code).toBe(0);
}, 120_000);
