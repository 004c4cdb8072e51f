import { UserError } from "../../errors.ts";
import { encoderDifference, encoderKey } from "./encoderDifference.ts";
import type { DescribedIndexing, PlannedSource } from "./planMerge.ts";

/** @throws UserError that names two studies that were not indexed alike, and what differs */
export function requireSameEncoders(sources: readonly PlannedSource[]): void {
  const [first] = sources;
  if (first === undefined) throw new RangeError("nothing to merge");
  for (const source of sources.slice(1)) {
    const keys = [first, source].map(({ indexings }) => new Set(indexings.map(encoderKey)));
    const lackedBy = (index: number) => (indexing: DescribedIndexing) =>
      !keys[index]?.has(encoderKey(indexing));
    const ofFirst = first.indexings.find(lackedBy(1));
    const ofOther = source.indexings.find(lackedBy(0));
    if (ofFirst === undefined && ofOther === undefined) continue;
    const one = ofFirst ?? (first.indexings[0] as DescribedIndexing);
    const other = ofOther ?? (source.indexings[0] as DescribedIndexing);
    throw new UserError(
      `${first.shown} and ${source.shown} were not indexed alike: ${encoderDifference(one, other)}`,
      {
        hint: "their embeddings cannot be compared: index all shards with the same model, precision and view",
      },
    );
  }
}

/**
 * Shards that come one after the other are compared with those that came before them, too.
 * @param group shards of one encoder and view, not all of them
 * @throws UserError where the target has some shards of this list by another encoder or view, but not all
 */
export function requireNoOtherPart(
  group: readonly DescribedIndexing[],
  target: readonly DescribedIndexing[],
): void {
  const indexing = group.find(({ completed }) => completed !== undefined) ?? (group[0] as DescribedIndexing);
  const others = target.filter(
    (other) =>
      encoderKey(other) !== encoderKey(indexing) &&
      other.shard?.of === indexing.shard?.of &&
      other.completed !== undefined &&
      other.completed.list.digest === indexing.completed?.list.digest,
  );
  const other = [...Map.groupBy(others, encoderKey).values()].find(
    (shards) => new Set(shards.map(({ shard }) => shard?.number)).size < (indexing.shard?.of ?? 0),
  )?.[0];
  if (other === undefined) return;
  throw new UserError(
    `the study has a part of this list that was not indexed alike: ${encoderDifference(other, indexing)}`,
    {
      hint: "their embeddings cannot be compared: index all shards with the same model, precision and view, or merge these into another study",
    },
  );
}
