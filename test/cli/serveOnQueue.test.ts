import { expect, it } from "vitest";
import { startWorkers } from "../queue/startWorkers.ts";
import { maybeRedis } from "../queue/testRedis.ts";
import { followIndexing, isOver } from "../server/followIndexing.ts";
import { runClipbook } from "./runClipbook.ts";
import { post, serve, spec, workFolder } from "./serveFolder.ts";

/** What the app is told of the queue. */
interface ToldQueue {
  readonly queue?: {
    readonly workers: readonly { readonly isLocal: boolean }[];
    readonly shares: readonly { readonly embedded: number }[];
  };
}

it("clipbook serve --queue gives a job to a worker, does nothing itself with --no-work, and tells of both", async () => {
  const redis = await maybeRedis();
  if (redis === undefined) return;
  const all = 500;
  const folder = await workFolder(all);
  const root = ["--root", `archive=${folder}/pictures`];
  const queue = ["--queue", redis.address, ...root, "--no-work", "--job-size", "16"];
  const { address, end } = await serve(folder, ["--no-open", ...queue]);
  expect((await post(address, "/indexing", spec)).status).toBe(200);
  startWorkers(1, ["--queue", redis.address, ...root]);
  const { events, last } = await followIndexing(address, isOver);
  expect(last).toMatchObject({ phase: "done", progress: { embedded: all } });
  const told = events.filter(({ event }) => event === "state").map(({ data }) => (data as ToldQueue).queue);
  const seen = told.flatMap((queue) => queue?.workers ?? []);
  expect(new Set(seen.map(({ isLocal }) => isLocal))).toEqual(new Set([false]));
  expect(told.at(-1)?.shares).toEqual([
    expect.objectContaining({ embedded: all, failed: 0, isLocal: false }),
  ]);
  expect((await end()).code).toBe(0);
});

it("clipbook serve refuses a queue without a root, and one that is not there", async () => {
  const folder = await workFolder(0);
  const refuse = (args: readonly string[]) => runClipbook(["serve", "--no-open", ...args], { cwd: folder });
  const [rootless, alone] = await Promise.all([
    refuse(["--queue", "redis://127.0.0.1:1/0"]),
    refuse(["--no-work"]),
  ]);
  expect([rootless.code, rootless.stderr]).toEqual([1, expect.stringContaining("a queue needs a --root")]);
  expect([alone.code, alone.stderr]).toEqual([
    1,
    expect.stringContaining("--no-work is for work on a queue"),
  ]);
});
