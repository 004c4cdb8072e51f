import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { describe, expect, it, onTestFinished } from "vitest";
import { oddPictures } from "../queue/oddPictures.ts";
import { soundSession } from "../queue/soundSession.ts";
import { startWorker } from "../queue/startWorker.ts";
import { maybeRedis } from "../queue/testRedis.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { runClipbook } from "./runClipbook.ts";

function connect(port: number): Redis {
  const redis = new Redis({ port, host: "127.0.0.1", maxRetriesPerRequest: null });
  redis.on("error", () => undefined);
  onTestFinished(() => redis.disconnect());
  return redis;
}

describe("clipbook worker", () => {
  it.each([
    [[], "required option '--queue <address>' not specified"],
    [["--queue", "host:6379"], "the queue's address is not understood"],
    [["--queue", "env"], "--queue env: the variable CLIPBOOK_QUEUE is not set"],
    [["--queue", "redis://127.0.0.1:1", "--root", "x"], "--root x: this is no name with a folder"],
    [["--queue", "redis://127.0.0.1:1", "--root", "a=/x", "--root", "a=/y"], "--root a is given twice"],
    [["--queue", "redis://:SECRET@127.0.0.1:1"], "Redis cannot be reached: nothing answers there"],
  ])("ends with 1 for %j", async (args, message) => {
    const { code, stdout, stderr } = await runClipbook(["worker", ...args], { env: { CLIPBOOK_QUEUE: "" } });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`error: `);
    expect(stderr).toContain(message);
    expect(stderr).toContain("hint: ");
    expect(stderr).not.toContain("SECRET");
  });

  it("says that it waits, once, and ends by itself after the idle time", async () => {
    const redis = await maybeRedis();
    if (redis === undefined) return;
    const end = await runClipbook(["worker", "--queue", redis.address, "--exit-when-idle", "2.5", "--json"]);
    expect(end).toEqual({
      code: 0,
      stdout: `${JSON.stringify({ embedded: 0, failed: 0, sessions: 0 }, undefined, 2)}\n`,
      stderr: `waiting for work on ${redis.address}\n`,
    });
  });

  it.each(["SIGTERM", "SIGINT"] as const)("ends in order by %s", async (signal) => {
    const redis = await maybeRedis();
    if (redis === undefined) return;
    const worker = startWorker(["--queue", redis.address]);
    await worker.until("waiting for work");
    worker.child.kill(signal);
    expect(await worker.ended).toMatchObject({ code: 0, stdout: "0 embedded, 0 failed\n" });
  });

  it("takes no jobs of sessions that it cannot work for, says each reason once, and goes on waiting", async () => {
    const redis = await maybeRedis();
    if (redis === undefined) return;
    const client = connect(redis.port);
    const sessions = [
      soundSession({ id: "0".repeat(16), clipbookVersion: "99.0.0" }),
      soundSession({ id: "1".repeat(16), preprocessingVersion: 99 }),
      soundSession({ id: "2".repeat(16), roots: ["archive", "other"] }),
      soundSession({ id: "3".repeat(16) }),
      soundSession({ id: "4".repeat(16), encoder: { ...soundSession().encoder, precision: "int3" } }),
      { ...soundSession({ id: "5".repeat(16) }), newField: 1 },
    ];
    for (const session of sessions) {
      await client.set(`clipbook:alive:${session.id}`, "1");
      await client.hset("clipbook:sessions", session.id, JSON.stringify(session));
    }
    await client.hset("clipbook:sessions", "dead", "{}");
    const model = join(import.meta.dirname, "../fixtures/reference/tiny-clip");
    const options = ["--root", "archive=/mnt/archive", "--model", model, "--exit-when-idle", "3"];
    const { code, stdout, stderr } = await runClipbook(["worker", "--queue", redis.address, ...options]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "0 embedded, 0 failed\n" });
    const who = "note: no jobs of posters of 17@desk: ";
    const { clipbookVersion, preprocessingVersion } = soundSession();
    expect(stderr.trimEnd().split("\n").toSorted()).toEqual(
      [
        `waiting for work on ${redis.address}`,
        `${who}17@desk runs Clipbook 99.0.0, this is ${clipbookVersion}: install the same on both`,
        `${who}17@desk prepares pictures by version 99, this Clipbook by ${preprocessingVersion}: install the same on both`,
        `${who}its pictures lie under other: start the worker with --root other=FOLDER`,
        `${who}the model own-model, float32, cdcdcdcdcdcd is not on this machine: ${model} is another model (copy the coordinator's folder of the model here, and start the worker with --model FOLDER)`,
        `${who}the precision int3 is not known here (install the same Clipbook)`,
        `note: no jobs of ${"5".repeat(16)}: its coordinator is another version of Clipbook: install the same on both`,
      ].toSorted(),
    );
    for (const { id } of sessions) expect(await client.hlen(`clipbook:workers:${id}`)).toBe(0);
  });

  it("says once that Redis is gone, and once that it is there again", async () => {
    const redis = await maybeRedis();
    if (redis === undefined) return;
    const worker = startWorker(["--queue", redis.address]);
    await worker.until("waiting for work");
    await redis.kill();
    await worker.until("Redis cannot be reached");
    await wait(1500);
    await redis.restart();
    await worker.until("Redis is there again");
    worker.child.kill("SIGTERM");
    expect((await worker.ended).code).toBe(0);
    expect(worker.said().match(/Redis/g)).toHaveLength(2);
  });
});

describe("a queue's workers", () => {
  it("read the same pictures from another folder, a user's table and archives, and no password shows anywhere", async () => {
    const acl = "group on >S3CRET-word ~group:* &* +@all";
    const redis = await maybeRedis(["--user", ...acl.split(" "), "--user", "default", "off"]);
    if (redis === undefined) return;
    const { folder, copy, classify } = await oddPictures();
    const list = join(temporaryFolder(), "list.csv");
    const rows = [
      "a b.jpg",
      "Köln.jpg".normalize("NFD"),
      "packed.zip!/in/0.jpg",
      "inner/deep/x%20y.jpg",
      "no such.jpg",
    ];
    writeFileSync(list, `id,picture\n${rows.map((name, i) => `${i},"${join(folder, name)}"\n`).join("")}`);
    const address = `redis://group:S3CRET-word@127.0.0.1:${redis.port}/0?prefix=group&lock=3`;
    const queue = ["--queue", address, "--root", `pictures=${folder}`, "--no-work", "--job-size", "4"];
    const worker = startWorker(["--queue", "env", "--root", `pictures=${copy}`], { CLIPBOOK_QUEUE: address });
    const inputs = [folder, join(folder, "packed.zip")];
    const [alone, spread] = [await classify(...inputs), await classify(...inputs, ...queue)];
    expect(spread.stderr).not.toContain("missing_file");
    expect(spread.table).toBe(alone.table);
    expect(alone.table).toContain("packed.zip!/in/");
    const [tableAlone, tableSpread] = [await classify(list), await classify(list, ...queue)];
    expect(tableSpread.table).toBe(tableAlone.table);
    const commandLine = readFileSync(`/proc/${worker.child.pid}/cmdline`, "utf8");
    worker.child.kill("SIGTERM");
    const { code, stdout, stderr } = await worker.ended;
    expect(code).toBe(0);
    const database = readFileSync(join(spread.study, "clipbook.db"), "latin1");
    const everything = [spread.stdout, spread.stderr, stdout, stderr, commandLine, database].join("\n");
    expect(everything).toContain("pictures");
    expect(everything).not.toContain("S3CRET");
    expect(database).toContain('"workers":1,"workerMachines":1,"jobSize":4');
  }, 120_000);
});
