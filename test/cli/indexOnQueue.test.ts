import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { demoPictures } from "../queue/demoPictures.ts";
import { startWorkers } from "../queue/startWorkers.ts";
import { maybeRedis } from "../queue/testRedis.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { runClipbook } from "./runClipbook.ts";

it("clipbook index --queue has a shard embedded by workers, and classify writes the table of one machine", async () => {
  const redis = await maybeRedis();
  if (redis === undefined) return;
  const { images, codebook, tableOfOneMachine } = await demoPictures(60);
  const workers = startWorkers(1, ["--queue", redis.address, "--root", `demo=${images}`]);
  const folder = temporaryFolder();
  const [one, two, all] = ["1", "2", "all"].map((name) => join(folder, name)) as [string, string, string];
  const queue = ["--queue", redis.address, "--root", `demo=${images}`, "--no-work", "--job-size", "8"];
  const index = (shard: string, study: string, more: readonly string[]) =>
    runClipbook(["index", images, "--model", "demo", "--shard", shard, "--study", study, "--json", ...more]);
  const queued = await index("1/2", one, queue);
  const { part, embedded } = JSON.parse(queued.stdout);
  // The coordinator does not work: what is embedded, the worker embedded.
  expect(embedded).toBe(part.units);
  expect((await index("2/2", two, [])).code).toBe(0);
  expect((await runClipbook(["merge", one, two, "--study", all])).code).toBe(0);
  const table = join(folder, "table.csv");
  const classify = ["classify", images, "--model", "demo", "--codebook", codebook, "--no-overview"];
  await runClipbook([...classify, "--study", all, "--output", table]);
  expect(readFileSync(table)).toEqual(tableOfOneMachine);
  const alone = await index("1/2", one, ["--no-work"]);
  expect(alone.stderr).toContain("error: --no-work is for work on a queue");
  await workers.stop();
});
