import { setTimeout as wait } from "node:timers/promises";
import { embeddings, normaliseRows } from "../../src/embeddings.ts";
import type { JobResult, QueueJob } from "../../src/queue/jobForms.ts";
import { parseQueueAddress } from "../../src/queue/queueAddress.ts";
import { vectorsToText } from "../../src/queue/vectorText.ts";
import { openWorkerQueue } from "../../src/queue/workerQueue.ts";
import { seededRandom } from "../../src/seededRandom.ts";

// A worker whose vectors are ready before it is asked: `node storedWorker.ts ADDRESS DIM`. What is left of a run is the
// coordinator's and the queue's.
const [address = "", dim = ""] = process.argv.slice(2);
const id = `stored-${process.pid}`;
const random = seededRandom(process.pid);
const length = Number(dim);
const mostUnits = 1024;
const { values } = normaliseRows(
  Float32Array.from({ length: mostUnits * length }, () => random() - 0.5),
  length,
);
/** By the number of units, nearly always the same one. */
const texts = new Map<number, string>();
const textOf = (count: number) => {
  const known = texts.get(count);
  if (known !== undefined) return known;
  const text = vectorsToText(embeddings(values.subarray(0, count * length), length));
  texts.set(count, text);
  return text;
};
let embedded = 0;
const work = async ({ units }: QueueJob): Promise<Omit<JobResult, "job">> => {
  embedded += units.length;
  return {
    worker: id,
    outcomes: units.map(() => ({ kind: "embedded", format: "jpeg", widthPx: 48, heightPx: 48 })),
    vectors: textOf(units.length),
  };
};
let isEnding = false;
process.on("SIGTERM", () => {
  isEnding = true;
});
const queue = openWorkerQueue(parseQueueAddress(address), id, () => undefined);
while (!isEnding) {
  const [found] = await queue.sessions();
  if (found?.kind !== "session") {
    await wait(100);
    continue;
  }
  const joined = queue.join(found.session, { isLocal: false, concurrency: 4, work });
  for (let beat = 0; !isEnding && (await joined.isAlive()); beat++) {
    await joined.beat({
      id,
      name: `${process.pid}@bench`,
      isLocal: false,
      beat,
      embedded,
      failed: 0,
      reference: "",
    });
    await wait(200);
  }
  await joined.leave({ force: true });
}
await queue.close();
