import { UserError } from "../../errors.ts";
import type { EncoderRecord } from "../../store/embeddingStore.ts";
import type { Indexing, Shard } from "../../store/indexingStore.ts";
import { encoderDifference } from "./encoderDifference.ts";
import { joinedTally } from "./startListTally.ts";

/** An indexing with the encoder that made it. */
export type DescribedIndexing = Indexing & { readonly encoder: EncoderRecord };

/** A study that is to be merged, as far as planning has to know it. */
export interface PlannedSource {
  /** As the user named it. */
  readonly shown: string;
  readonly indexings: readonly DescribedIndexing[];
}

/** Which shards there are of one list, encoder and view. */
export interface PlannedList {
  readonly modelName: string;
  readonly view: string;
  /** undefined: lists that were indexed whole. */
  readonly shards: number | undefined;
  /** Numbers of shards that neither a source nor the target has. */
  readonly missing: readonly number[];
  /** Units of the list, or of all whole lists. */
  readonly units: number;
  /** Of the sources' units, by the failure's code. */
  readonly failures: Readonly<Record<string, number>>;
}

/** What merging would do, and what there is to say of it. */
export interface MergePlan {
  readonly lists: readonly PlannedList[];
  readonly notes: readonly string[];
}

/** An indexing and the study that holds it. */
interface Held {
  readonly shown: string;
  readonly indexing: DescribedIndexing;
}

/** So many names of studies, or numbers of shards, are told. */
const mostTold = 12;

/**
 * Whether studies make up a whole: the same encoder, view and list, in the same number of shards, each of them there.
 * @param target what the study that they are put into holds already
 * @throws UserError that names what differs, is missing, or was cut off
 */
export function planMerge(
  sources: readonly PlannedSource[],
  target: readonly DescribedIndexing[],
  { allowMissing = false }: { readonly allowMissing?: boolean } = {},
): MergePlan {
  for (const { shown, indexings } of sources) {
    if (indexings.length > 0) continue;
    throw new UserError(`${shown}: nothing tells what was indexed in this study`, {
      hint: "run clipbook index there: what it knows is not embedded again",
    });
  }
  requireSameEncoders(sources);
  const held = sources.flatMap(({ shown, indexings }) => indexings.map((indexing) => ({ shown, indexing })));
  const groups = Map.groupBy(held, ({ indexing }) => keyOf(indexing));
  const planned = [...groups].map(([key, group]) =>
    planGroup(
      group,
      target.filter((indexing) => keyOf(indexing) === key),
      allowMissing,
    ),
  );
  return {
    lists: planned.map(({ list }) => list),
    notes: [...planned.flatMap(({ notes }) => notes), ...versionNotes(held)],
  };
}

function keyOf({ encoder, view }: DescribedIndexing): string {
  return `${encoder.identity} ${view}`;
}

function requireSameEncoders(sources: readonly PlannedSource[]): void {
  const [first] = sources;
  if (first === undefined) throw new RangeError("nothing to merge");
  for (const source of sources.slice(1)) {
    const keys = [first, source].map(({ indexings }) => new Set(indexings.map(keyOf)));
    const lackedBy = (index: number) => (indexing: DescribedIndexing) => !keys[index]?.has(keyOf(indexing));
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

function planGroup(
  group: readonly Held[],
  target: readonly DescribedIndexing[],
  allowMissing: boolean,
): { readonly list: PlannedList; readonly notes: readonly string[] } {
  const whole = group.find(({ indexing }) => indexing.shard === undefined);
  const sharded = group.find(({ indexing }) => indexing.shard !== undefined);
  if (whole !== undefined && sharded !== undefined) {
    throw new UserError(
      `${whole.shown} was indexed whole, and ${sharded.shown} is shard ${shardText(sharded)} of a list`,
      { hint: "merge shards of one list, or studies that were indexed whole" },
    );
  }
  const complete = group.filter(({ indexing }) => indexing.completed !== undefined);
  const cutOff = group.filter(({ indexing }) => indexing.completed === undefined);
  return sharded === undefined
    ? planWhole(group, complete, cutOff, allowMissing)
    : planShards(group, complete, cutOff, target, allowMissing);
}

function planWhole(
  group: readonly Held[],
  complete: readonly Held[],
  cutOff: readonly Held[],
  allowMissing: boolean,
) {
  if (cutOff.length > 0 && !allowMissing) throw cutOffError(cutOff);
  return {
    list: { ...describe(group, complete), shards: undefined, missing: [], units: unitsOf(complete) },
    notes: cutOff.map(({ shown }) => `${shown} was cut off: what it has is merged`),
  };
}

function planShards(
  group: readonly Held[],
  complete: readonly Held[],
  cutOff: readonly Held[],
  target: readonly DescribedIndexing[],
  allowMissing: boolean,
) {
  const [first] = group as [Held];
  const { of } = first.indexing.shard as Shard;
  const divided = group.find(({ indexing }) => indexing.shard?.of !== of);
  if (divided !== undefined) {
    throw new UserError(
      `${first.shown} is shard ${shardText(first)}, and ${divided.shown} shard ${shardText(divided)}: these are two divisions`,
      { hint: "index all shards with the same number of them" },
    );
  }
  requireOneList(complete);
  const digest = complete[0]?.indexing.completed?.list.digest;
  const before = target.filter(
    ({ shard, completed }) => shard?.of === of && completed !== undefined && completed.list.digest === digest,
  );
  const byNumber = Map.groupBy(complete, ({ indexing }) => (indexing.shard as Shard).number);
  const present = new Set([...byNumber.keys(), ...before.map(({ shard }) => (shard as Shard).number)]);
  const missing = Array.from({ length: of }, (_, i) => i + 1).filter((number) => !present.has(number));
  const lacking = cutOff.filter(({ indexing }) => missing.includes((indexing.shard as Shard).number));
  if (lacking.length > 0 && !allowMissing) throw cutOffError(lacking);
  if (missing.length > 0 && !allowMissing) {
    throw new UserError(
      `${missing.length === 1 ? "a shard is" : `${missing.length} shards are`} missing of ${of}: ${told(missing)}`,
      { hint: "index them, and name their studies too; --allow-missing merges what is there" },
    );
  }
  if (missing.length === 0) requireWholeList(complete, before);
  const doubled = [...byNumber].filter(([, studies]) => studies.length > 1);
  return {
    list: {
      ...describe(group, complete),
      shards: of,
      missing,
      units: complete[0]?.indexing.completed?.list.units ?? 0,
    },
    notes: [
      ...doubled.map(
        ([number, studies]) =>
          `shard ${number} of ${of} is there more than once, the same each time: ${told(studies.map(({ shown }) => shown))}`,
      ),
      ...cutOff.map(({ shown, indexing }) =>
        missing.includes((indexing.shard as Shard).number)
          ? `${shown}, shard ${(indexing.shard as Shard).number} of ${of}, was cut off: what it has is merged`
          : `${shown} was cut off, but its shard ${(indexing.shard as Shard).number} is there`,
      ),
      ...(missing.length > 0 ? [`missing of ${of} shards: ${told(missing)}`] : []),
    ],
  };
}

/** The digest and the number of units tell whether shards are of one list. */
function requireOneList(complete: readonly Held[]): void {
  const [first] = complete;
  const list = first?.indexing.completed?.list;
  const other = complete.find(({ indexing }) => indexing.completed?.list.digest !== list?.digest);
  if (first === undefined || other === undefined) return;
  const listOf = ({ shown, indexing }: Held) =>
    `${shown} (shard ${shardText({ indexing })}) is of a list of ${indexing.completed?.list.units} units, digest ${indexing.completed?.list.digest.slice(0, 12)}`;
  throw new UserError(`these shards are of different lists: ${listOf(first)}; ${listOf(other)}`, {
    hint: "files came or went between them, or the inputs were named otherwise: run clipbook index again for the older ones, which embeds only what is new",
  });
}

/** Shards add up to their list, unless somebody wrote to a study by hand. */
function requireWholeList(complete: readonly Held[], before: readonly DescribedIndexing[]): void {
  const parts = new Map(
    [...before, ...complete.map(({ indexing }) => indexing)].map(({ shard, completed }) => [
      (shard as Shard).number,
      completed?.part as { units: number; digest: string },
    ]),
  );
  const { units, digest } = joinedTally(parts.values());
  const list = complete[0]?.indexing.completed?.list;
  if (list === undefined || (units === list.units && digest === list.digest)) return;
  throw new UserError(`the shards have ${units} units together, and their list has ${list.units}`, {
    hint: "a study's record was changed: index the shards again",
  });
}

function cutOffError(cutOff: readonly Held[]): UserError {
  const names = cutOff.map(({ shown, indexing }) =>
    indexing.shard === undefined ? shown : `${shown} (shard ${shardText({ indexing })})`,
  );
  return new UserError(`not indexed to the end: ${told(names)}`, {
    hint: "run their clipbook index commands again, which go on where they stopped; --allow-missing merges what is there",
  });
}

function versionNotes(held: readonly Held[]): readonly string[] {
  const versions = new Map<string, Set<string>>();
  for (const { indexing } of held) {
    for (const { name, version } of indexing.versions)
      versions.set(name, (versions.get(name) ?? new Set()).add(version));
  }
  return [...versions]
    .filter(([, found]) => found.size > 1)
    .map(
      ([name, found]) =>
        `the shards were indexed with several versions of ${name} (${told([...found].sort())}): the same picture may differ by a little`,
    );
}

function describe(group: readonly Held[], complete: readonly Held[]) {
  const { modelName, view } = (group[0] as Held).indexing;
  const failures: Record<string, number> = {};
  const counted = new Set<string>();
  for (const { indexing } of complete) {
    // A shard that is there twice failed once.
    const part = indexing.completed?.part.digest ?? "";
    if (counted.has(`${indexing.shard?.number} ${part}`)) continue;
    counted.add(`${indexing.shard?.number} ${part}`);
    for (const [code, count] of Object.entries(indexing.completed?.failures ?? {}))
      failures[code] = (failures[code] ?? 0) + count;
  }
  return { modelName, view, failures: Object.fromEntries(Object.entries(failures).sort()) };
}

function unitsOf(complete: readonly Held[]): number {
  return complete.reduce((sum, { indexing }) => sum + (indexing.completed?.list.units ?? 0), 0);
}

function shardText({ indexing }: Pick<Held, "indexing">): string {
  return `${indexing.shard?.number} of ${indexing.shard?.of}`;
}

function told(items: readonly (string | number)[]): string {
  const more = items.length - mostTold;
  return [...items.slice(0, mostTold), ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}
