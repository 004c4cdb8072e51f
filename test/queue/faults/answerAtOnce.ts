import { parseQueueAddress } from "../../../src/queue/queueAddress.ts";
import { vectorsToText } from "../../../src/queue/vectorText.ts";
import { openWorkerQueue } from "../../../src/queue/workerQueue.ts";

// A process that answers jobs as fast as Redis goes, with one embedding of the longest kind in use for all images.

const dim = 1152;
const queue = openWorkerQueue(parseQueueAddress(process.argv[2] ?? ""), "at-once", () => undefined);
const [found] = await queue.sessions();
if (found?.kind !== "session") throw new Error("there is no session");
const vector = new Float32Array(dim).fill(1 / Math.sqrt(dim));
queue.join(found.session, {
  isLocal: false,
  concurrency: 4,
  work: async ({ units }) => {
    const values = new Float32Array(units.length * dim);
    for (let row = 0; row < units.length; row++) values.set(vector, row * dim);
    return {
      worker: "at-once",
      outcomes: units.map(() => ({ kind: "embedded", format: "jpeg", widthPx: 1, heightPx: 1 }) as const),
      vectors: vectorsToText({ values, dim, count: units.length }),
    };
  },
});
