import { defaultMaxPixels } from "../../images/pixelLimit.ts";
import type { IgnoredFile, Unit } from "../../images/unit.ts";
import type { Encoder } from "../../model/openEncoder.ts";
import type { JobUnit } from "../../queue/jobForms.ts";
import type { Study } from "../../store/openStudy.ts";
import type { UnitOutcome } from "../../store/runStore.ts";
import type { IndexOptions, IndexProgress } from "../indexImages.ts";
import { mapAhead } from "../mapAhead.ts";
import { findKnown, type ReadUnit, readUnit, type UnreadUnit } from "../prepareUnit.ts";
import { type Answered, openDispatcher, requireRoot } from "./openDispatcher.ts";
import { openOrderedUnits } from "./orderedUnits.ts";
import { defaultJobSize, type QueueSpec } from "./queueSpec.ts";
import { openRootFinder } from "./roots.ts";
import type { WorkersRecord } from "./workerBoard.ts";

/** Settings of `queueImages`: those of `indexImages`, and the queue. */
export interface QueueOptions extends Omit<IndexOptions, "batchSize" | "decoders"> {
  readonly queue: QueueSpec;
}

/** Files that are read side by side, to be hashed. */
const mostFilesAtOnce = 32;

/** Units whose files are looked at side by side. */
const unitsPerLook = 256;

const unitsPerTransaction = 4096;

/** Units that wait for one before them: a job whose worker was lost holds up the run's order, not the other workers. */
const mostWaiting = 200_000;

/** Known units are stored when there are so many, or a result comes. */
const unitsPerFlush = 1024;

/**
 * Does what `indexImages` does with workers on a queue: this process finds, reads and hashes, they decode and embed, this one
 * stores. Results are stored as they come, units in their order.
 * @returns the progress, and who has worked
 * @throws what `indexImages` throws; UserError for a queue that cannot be used and for a picture that no worker could find
 */
export async function queueImages(
  study: Study,
  encoder: Encoder,
  units: AsyncIterable<Unit | IgnoredFile>,
  options: QueueOptions,
): Promise<IndexProgress & { readonly workers: WorkersRecord }> {
  const { encoderId, view, signal, queue } = options;
  const { jobSize = defaultJobSize } = queue;
  const maxPixels = options.maxPixels ?? defaultMaxPixels;
  const context = {
    study,
    encoderId,
    view: encoder.viewSpec(view),
    maxPixels,
    now: options.now ?? Date.now,
    turn: { budget: options.fileBudget, signal },
  };
  const progress = { units: 0, embedded: 0, failed: 0, ignored: 0 };
  const ordered = openOrderedUnits();
  /** By digest: the units that wait for an image. */
  const waiting = new Map<string, ReturnType<typeof toOrdered>[]>();
  /** By digest: each copy would end as many workers. */
  const crashed = new Map<string, UnitOutcome>();
  let settled = 0;

  /** In a transaction of the caller's. */
  const flush = () => {
    for (;;) {
      const done = ordered.takeDone(unitsPerTransaction);
      if (done.length === 0) break;
      const stored = done.map(({ unit, outcome }) => [unit, outcome as UnitOutcome] as const);
      for (const { file, outcome } of done)
        if (file !== undefined && outcome !== undefined && "imageId" in outcome)
          study.images.saveFile(file, outcome.imageId);
      options.onUnits(stored);
      progress.units += done.length;
      progress.failed += stored.filter(([, outcome]) => "failure" in outcome).length;
      settled -= done.length;
    }
  };
  const store = (answers: readonly Answered[]) => {
    study.transaction(() => {
      for (const { unit, end } of answers) {
        const outcome = saveAnswer(study, encoderId, view, unit, end);
        const waited = waiting.get(unit.sha256) ?? [];
        for (const one of waited) one.outcome = outcome;
        settled += waited.length;
        waiting.delete(unit.sha256);
        if ("failure" in outcome && outcome.failure.code === "decoder_crashed")
          crashed.set(unit.sha256, outcome);
        if (end.kind === "embedded") progress.embedded += 1;
      }
      flush();
    });
    options.onProgress?.({ ...progress, waiting: settled });
  };
  const flushKnown = () => {
    study.transaction(flush);
    options.onProgress?.({ ...progress, waiting: settled });
  };

  async function* lookedAt(): AsyncGenerator<ReadUnit<never> | UnreadUnit> {
    const group: Unit[] = [];
    const look = () => findKnown(group.splice(0), context);
    for await (const unit of units) {
      signal?.throwIfAborted();
      if ("ignored" in unit) {
        progress.ignored += 1;
        options.onIgnored?.(unit);
      } else group.push(unit);
      if (group.length >= unitsPerLook) yield* await look();
    }
    yield* await look();
  }

  /** Of an image that came back between its reading and its turn: it goes out once. */
  const outcomeOf = (sha256: string): UnitOutcome | undefined => {
    const imageId = study.images.maybeIdOf(Buffer.from(sha256, "hex"));
    if (imageId !== undefined && study.embeddings.has(encoderId, view, imageId)) return { imageId };
    return crashed.get(sha256);
  };
  const findRoot = openRootFinder(queue.roots);
  let dim: number | undefined;
  const hash = (found: ReadUnit<never> | UnreadUnit) =>
    found.kind === "unread"
      ? readUnit(found, context, async (bytes, sha256) => ({
          sha256: sha256.toString("hex"),
          sizeBytes: bytes.length,
        }))
      : found;
  const dispatcher = await openDispatcher({
    queue,
    studyFolder: study.directory,
    encoder,
    view,
    maxPixels,
    signal,
    dim: () => (dim ??= study.embeddings.maybeDim(encoderId)),
    onAnswers: store,
  });
  const pauseAtGate = async () => {
    const { gate } = options;
    if (!gate?.isClosed()) return;
    await dispatcher.hold(true);
    while (gate.isClosed() && (await dispatcher.isUnderWay())) await dispatcher.progress();
    flushKnown();
    await gate.pass(signal);
    await dispatcher.hold(false);
  };
  const finishAll = async () => {
    while (dispatcher.out() > 0) {
      await dispatcher.progress();
      await pauseAtGate();
    }
  };
  try {
    await options.ready;
    let batch: JobUnit[] = [];
    const send = async () => {
      const full = batch;
      batch = [];
      if (full.length > 0) await dispatcher.send(full);
    };
    for await (const found of mapAhead(lookedAt(), () => mostFilesAtOnce, hash)) {
      signal?.throwIfAborted();
      const one = toOrdered(found);
      ordered.push(one);
      if (found.kind === "new") {
        const { sha256, sizeBytes } = found.image;
        const others = waiting.get(sha256);
        const stored = others === undefined ? outcomeOf(sha256) : undefined;
        if (stored !== undefined) {
          one.outcome = stored;
          settled += 1;
        } else if (others === undefined) {
          const unit = { sha256, sizeBytes, ...findRoot(found.unit.path) };
          requireRoot(unit, found.unit.name, queue);
          waiting.set(sha256, [one]);
          batch.push(unit);
        } else others.push(one);
      } else settled += 1;
      if (batch.length >= jobSize) {
        await send();
        await pauseAtGate();
      }
      if (settled >= unitsPerFlush && settled % unitsPerFlush === 0) flushKnown();
      while (ordered.length >= mostWaiting) {
        await send();
        await dispatcher.progress();
      }
    }
    await send();
    await finishAll();
    signal?.throwIfAborted();
    flushKnown();
    await pauseAtGate();
    return { ...progress, workers: await dispatcher.workers() };
  } finally {
    await dispatcher.close();
  }
}

function toOrdered(found: ReadUnit<unknown>) {
  const { unit } = found;
  const outcome: UnitOutcome | undefined =
    found.kind === "failed"
      ? { failure: { code: found.failure.code, sentence: found.failure.message } }
      : found.kind === "known"
        ? { imageId: found.imageId }
        : undefined;
  return { unit, file: found.kind === "failed" ? undefined : found.file, outcome };
}

function saveAnswer(
  study: Study,
  encoderId: number,
  view: string,
  { sha256, sizeBytes }: JobUnit,
  end: Answered["end"],
): UnitOutcome {
  if (end.kind === "failed") return { failure: { code: end.code, sentence: end.sentence } };
  const { format, widthPx, heightPx, warning, vector } = end;
  const digest = Buffer.from(sha256, "hex");
  const imageId = study.images.save({ sha256: digest, sizeBytes, format, widthPx, heightPx, warning });
  study.embeddings.save(encoderId, view, [[imageId, vector]]);
  return { imageId };
}
