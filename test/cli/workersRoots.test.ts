import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import { describe, expect, it, onTestFinished } from "vitest";
import { startPictureServer } from "../pipeline/queue/pictureServer.ts";
import { oddPictures } from "../queue/oddPictures.ts";
import { soundBeat } from "../queue/soundSession.ts";
import { startWorker } from "../queue/startWorker.ts";
import { maybeRedis } from "../queue/testRedis.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

describe("a worker whose root is not what it is on the coordinator", () => {
  it("says so after eight files, ends with 1, and the coordinator's own worker does the work", async () => {
    const redis = await maybeRedis();
    if (redis === undefined) return;
    const { folder, classify } = await oddPictures(120);
    const unmounted = temporaryFolder();
    const worker = startWorker(["--queue", redis.address, "--root", `pictures=${unmounted}`]);
    const queue = ["--queue", redis.address, "--root", `pictures=${folder}`, "--job-size", "2"];
    const [alone, spread] = [await classify(folder), await classify(folder, ...queue)];
    expect(spread.table).toBe(alone.table);
    // Where the own worker was much quicker it had too little to read.
    for (let i = 0; i < 3 && worker.child.exitCode === null; i++) await classify(folder, ...queue);
    const { code, stderr } = await worker.ended;
    expect(code).toBe(1);
    expect(stderr).toContain(
      `error: 8 files in a row could not be read: there is no such file (pictures=${unmounted})`,
    );
    expect(stderr).toContain("hint: check that the roots hold what they hold on the coordinator");
  }, 120_000);

  it("leaves the work to others without the own worker, and what nobody can read is a row that says why", async () => {
    const redis = await maybeRedis();
    if (redis === undefined) return;
    const { folder, copy, classify } = await oddPictures();
    rmSync(join(copy, "a b.jpg"));
    const alone = await classify(folder);
    const server = await startPictureServer((request, response) => {
      try {
        response.end(readFileSync(join(copy, decodeURIComponent((request.url ?? "").slice(1)))));
      } catch {
        response.writeHead(404).end();
      }
    });
    const worker = startWorker(["--queue", redis.address, "--root", `pictures=${server.url}`]);
    const unmounted = startWorker(["--queue", redis.address, "--root", `pictures=${temporaryFolder()}`]);
    const queue = ["--queue", redis.address, "--root", `pictures=${folder}`, "--job-size", "9", "--no-work"];
    const packed = join(folder, "packed.zip");
    const spread = await classify(folder, packed, ...queue);
    worker.child.kill("SIGTERM");
    unmounted.child.kill("SIGTERM");
    expect(spread).toMatchObject({ code: 0 });
    const rowsOf = (table: string) => table.split("\n").filter((row) => /\.(jpg|png|webp)/.test(row));
    const failed = rowsOf(spread.table).filter((row) => row.includes(",,,"));
    expect(failed.find((row) => row.includes("a b.jpg"))).toContain("missing_file: ");
    const inArchive = failed.filter((row) => row.includes("packed.zip!"));
    expect(inArchive).toHaveLength(3);
    for (const row of inArchive) expect(row).toMatch(/missing_file: /);
    expect(failed).toHaveLength(4);
    const sound = (row: string) => !row.includes("a b.jpg") && !row.includes("packed.zip!");
    expect(
      rowsOf(spread.table)
        .filter(sound)
        .map((row) => row.replace(/,$/, "")),
    ).toEqual(rowsOf(alone.table).filter(sound));
  }, 120_000);
});

describe("workers whose processors give other numbers", () => {
  it("are named while they work and at the end with --strict-numerics, and recorded in any case", async () => {
    const redis = await maybeRedis();
    if (redis === undefined) return;
    const { folder, classify } = await oddPictures();
    const client = new Redis({ port: redis.port, host: "127.0.0.1" });
    onTestFinished(() => client.disconnect());
    // As a worker writes it whose processor computes something else: six unit vectors of another length.
    const reference = Buffer.from(Float32Array.from([1, 1, 1, 1, 1, 1]).buffer).toString("base64");
    let beat = 0;
    const others = setInterval(async () => {
      for (const id of await client.hkeys("clipbook:sessions")) {
        const worker = soundBeat({ id: "zz", name: "7@odd-machine", reference, beat: beat++ });
        // The first one to be seen is what all are compared with.
        if ((await client.hlen(`clipbook:workers:${id}`)) > 0)
          await client.hset(`clipbook:workers:${id}`, "zz", JSON.stringify(worker));
      }
    }, 100);
    onTestFinished(() => clearInterval(others));
    const queue = ["--queue", redis.address, "--root", `pictures=${folder}`, "--job-size", "1"];
    const { stderr, code, study } = await classify(folder, ...queue, "--strict-numerics");
    expect(code).toBe(0);
    expect(stderr.match(/note: the processor of \S+ gives other embeddings than that of \S+/g)).toHaveLength(
      2,
    );
    expect(stderr).toMatch(/7@odd-machine.*cosine 0\.000000 on a reference picture/);
    const database = readFileSync(join(study, "clipbook.db"), "latin1");
    expect(database).toMatch(/"workers":2,"workerMachines":2,"jobSize":1,"workersGiveSameBits":false/);
  }, 120_000);
});
