import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { loadEncoder } from "../../../src/model/loadEncoder.ts";
import { openDispatcher } from "../../../src/pipeline/queue/openDispatcher.ts";
import type { JobUnit } from "../../../src/queue/jobForms.ts";
import { parseQueueAddress } from "../../../src/queue/queueAddress.ts";
import { temporaryFolder } from "../../temporaryFolder.ts";
import { maybeRedis } from "../testRedis.ts";
import { redisCommand } from "./redisCommand.ts";

const mostOut = 2000;
const images = 6000;
const jobSize = 64;

/** As `openDispatcher` says: 20,000 images take less than 180 MB. */
const bytesPerImage = 9000;

it("with a coordinator that is slow, Redis holds no more images than are let out, and less than 9,000 bytes for each", async () => {
  const redis = await maybeRedis();
  if (redis === undefined) return;
  const used = () => Number(/used_memory:(\d+)/.exec(redisCommand(redis, "info", "memory").join("\n"))?.[1]);
  const encoder = await loadEncoder("demo");
  onTestFinished(() => encoder.close());
  const before = used();
  let most = 0;
  let answered = 0;
  let looks = 0;
  let mostImages = 0;
  const dispatcher = await openDispatcher({
    queue: { address: parseQueueAddress(redis.address), roots: [{ name: "r", place: "/" }], mostOut },
    studyFolder: temporaryFolder(),
    encoder,
    view: "center",
    maxPixels: 1e8,
    signal: undefined,
    dim: () => undefined,
    onAnswers: (answers) => {
      answered += answers.length;
      // Meanwhile the worker fills the queue as far as it can.
      for (; looks < 15; looks++) {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
        most = Math.max(most, used() - before);
      }
    },
  });
  onTestFinished(() => dispatcher.close());
  const worker = spawn(process.execPath, [join(import.meta.dirname, "answerAtOnce.ts"), redis.address], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  onTestFinished(() => {
    worker.kill("SIGKILL");
  });
  for (let from = 0; from < images; from += jobSize) {
    const count = Math.min(jobSize, images - from);
    await dispatcher.send(Array.from({ length: count }, (_, i) => unit(from + i)));
    mostImages = Math.max(mostImages, dispatcher.out());
  }
  while (dispatcher.out() > 0) await dispatcher.progress();
  expect(answered).toBe(images);
  expect(mostImages).toBeLessThanOrEqual(mostOut);
  expect(mostImages).toBeGreaterThan(mostOut - jobSize);
  // Most of them waited as results.
  expect(most).toBeGreaterThan(mostOut * 3000);
  expect(most).toBeLessThan(mostOut * bytesPerImage);
});

function unit(number: number): JobUnit {
  return {
    sha256: number.toString(16).padStart(64, "0"),
    sizeBytes: 1,
    root: "r",
    path: `folder/${number}.jpg`,
  };
}
