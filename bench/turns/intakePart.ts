import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { normaliseRows } from "../../src/embeddings.ts";
import { defaultMaxPixels } from "../../src/images/pixelLimit.ts";
import type { Unit } from "../../src/images/unit.ts";
import { loadEncoder } from "../../src/model/loadEncoder.ts";
import { mapAhead } from "../../src/pipeline/mapAhead.ts";
import { openInputs } from "../../src/pipeline/openInputs.ts";
import { findKnown, readUnit } from "../../src/pipeline/prepareUnit.ts";
import { seededRandom } from "../../src/seededRandom.ts";
import { openStudy, type Study } from "../../src/store/openStudy.ts";
import { secondsOf } from "./takeTurn.ts";

// One part of what a coordinator does with an image, alone: `node intakePart.ts PART FOLDER WORK MODEL DIM`, PART being `find` (list
// and stat), `read` (that, and read and hash) or `store` (images, embeddings and files into a new study).

// As in queueImages.ts and openDispatcher.ts.
const unitsPerLook = 256;
const filesAtOnce = 32;
const imagesPerJob = 64;

const [part = "", folder = "", work = "", model = "", length = ""] = process.argv.slice(2);
const dim = Number(length);
const directory = await mkdtemp(join(work, "part-"));
const study = openStudy(directory);
const inputs = await openInputs([folder]);
const encoder = await loadEncoder(model);
const { identity, family, precision } = encoder;
const encoderId = study.embeddings.encoderId({ identity, family, precision, files: encoder.model.files });
const context = {
  study,
  encoderId,
  view: encoder.viewSpec(encoder.view),
  maxPixels: defaultMaxPixels,
  now: Date.now,
  turn: {},
};
let count = 0;
let seconds = 0;
try {
  if (part === "store") {
    count = await inputs.count();
    seconds = await secondsOf(() => store(study, count));
  } else {
    seconds = await secondsOf(async () => {
      const ready = part === "find" ? found() : mapAhead(found(), () => filesAtOnce, read);
      for await (const _ of ready) count += 1;
    });
  }
} finally {
  study.close();
  await inputs.close();
  await encoder.close();
  await rm(directory, { recursive: true });
}
process.stdout.write(`${JSON.stringify({ count, seconds })}\n`);

async function* found() {
  const group: Unit[] = [];
  for await (const unit of inputs.units()) {
    if ("ignored" in unit) continue;
    group.push(unit);
    if (group.length >= unitsPerLook) yield* await findKnown(group.splice(0), context);
  }
  yield* await findKnown(group, context);
}

function read(one: Awaited<ReturnType<typeof findKnown>>[number]) {
  return one.kind === "unread" ? readUnit(one, context, async (_, sha256) => sha256.toString("hex")) : one;
}

function store({ transaction, images, embeddings }: Study, most: number): void {
  const random = seededRandom(1);
  const { values: vector } = normaliseRows(
    Float32Array.from({ length: dim }, () => random() - 0.5),
    dim,
  );
  for (let from = 0; from < most; from += imagesPerJob) {
    transaction(() => {
      for (let i = from; i < Math.min(most, from + imagesPerJob); i++) {
        const sha256 = createHash("sha256").update(`${i}`).digest();
        const id = images.save({
          sha256,
          sizeBytes: i,
          format: "jpeg",
          widthPx: 48,
          heightPx: 48,
          warning: undefined,
        });
        embeddings.save(encoderId, encoder.view, [[id, vector]]);
        images.saveFile({ path: `/pictures/${i}.jpg`, sizeBytes: i, modifiedNs: 1n }, id);
      }
    });
  }
}
