import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { demoPictures } from "../queue/demoPictures.ts";
import { startWorkers } from "../queue/startWorkers.ts";
import { maybeRedis } from "../queue/testRedis.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { runClipbook } from "./runClipbook.ts";

it("a queue with two workers, and the coordinator's own, give the table of one machine, byte for byte", async () => {
  const redis = await maybeRedis();
  if (redis === undefined) return;
  const { images, codebook, tableOfOneMachine } = await demoPictures();
  const workers = startWorkers(2, ["--queue", redis.address, "--root", `demo=${images}`]);
  const study = temporaryFolder();
  const table = join(study, "table.csv");
  const common = [images, "--model", "demo", "--codebook", codebook, "--study", study, "--output", table];
  const queue = ["--queue", redis.address, "--root", `demo=${images}`, "--job-size", "16"];
  const end = await runClipbook(["classify", ...common, "--no-overview", "--json", ...queue]);
  expect(end.stderr).toMatch(/classifying 100%: 210 of 210, .*, [123] workers?\n/);
  expect(end.stderr).toMatch(/\n[123] workers? embedded: \d+@.* \d+\n/);
  expect(end.code).toBe(0);
  const { workers: shares, embedded } = JSON.parse(end.stdout) as {
    workers: { name: string; isLocal: boolean; embedded: number; failed: number }[];
    embedded: number;
  };
  expect(shares.reduce((sum, share) => sum + share.embedded, 0)).toBe(embedded);
  expect(readFileSync(table)).toEqual(tableOfOneMachine);
  await workers.stop();
});
