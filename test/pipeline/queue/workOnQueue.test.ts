import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import {
  classify,
  loadCodebook,
  loadEncoder,
  openInputs,
  openStudy,
  parseQueueAddress,
  parseRoot,
  UserError,
  workOnQueue,
} from "../../../src/index.ts";
import { oddPictures } from "../../queue/oddPictures.ts";
import { maybeRedis } from "../../queue/testRedis.ts";
import { temporaryFolder } from "../../temporaryFolder.ts";

it("is a worker of the library, for a coordinator of the library", async () => {
  const redis = await maybeRedis();
  if (redis === undefined) return;
  const { folder, codebook } = await oddPictures(15);
  const address = parseQueueAddress(redis.address);
  const roots = [parseRoot(`pictures=${folder}`)];
  const stop = new AbortController();
  const told: string[] = [];
  const working = workOnQueue({
    address,
    roots,
    models: [],
    signal: stop.signal,
    events: {
      onWaiting: () => told.push("waiting"),
      onJoined: ({ study }) => told.push(`joined ${study}`),
      onLeft: ({ study }) => told.push(`left ${study}`),
    },
  });
  const study = openStudy(join(temporaryFolder(), "posters"));
  const encoder = await loadEncoder("demo");
  const inputs = await openInputs([folder]);
  onTestFinished(async () => {
    study.close();
    await encoder.close();
    await inputs.close();
  });
  const { run, progress, workersRecord } = await classify({
    study,
    encoder,
    inputs,
    codebook: await loadCodebook(codebook),
    queue: { address, roots, jobSize: 2 },
  });
  expect(progress).toMatchObject({ units: 12, embedded: 12, failed: 0 });
  expect(workersRecord).toEqual({ workers: 1, machines: 1, areSameBits: undefined, others: [] });
  expect(run.settings).toMatchObject({ workers: 1, workerMachines: 1, jobSize: 2 });
  expect(run.settings).not.toHaveProperty("workersGiveSameBits");
  stop.abort(new Error("enough"));
  expect(await working).toEqual({ embedded: 12, failed: 0, sessions: 1 });
  expect(told.slice(0, 2)).toEqual(["waiting", "joined posters"]);
}, 60_000);

it("refuses a queue that is not there", async () => {
  const address = parseQueueAddress("redis://127.0.0.1:1");
  const { signal } = new AbortController();
  await expect(workOnQueue({ address, roots: [], models: [], signal })).rejects.toThrow(UserError);
});
