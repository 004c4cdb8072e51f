/** Which pictures are reviewed, and in which order: the same spec of the same run gives the same queue. */
export interface QueueSpec {
  /** `random`: drawn without replacement. `uncertain`: the smallest margins between the two best categories first. */
  readonly kind: "random" | "uncertain";
  /** Pictures of each category when drawn at random, in all when the most uncertain come first. */
  readonly n: number;
  /** Of the drawing; means nothing to `uncertain`. */
  readonly seed: number;
  /** Index of the only category that pictures are taken from; undefined: all. */
  readonly category?: number | undefined;
}

/** A queue unless told otherwise; its pictures are those that the overview page shows by default. */
export const defaultQueue = { kind: "random", n: 12, seed: 1 } as const satisfies QueueSpec;

/** Most pictures of a category, or in all. */
export const mostPictures = 1000;

/** A queue in words: `random, 12 per category, seed 1`. */
export function queueText({ kind, n, seed, category }: QueueSpec, categories: readonly string[]): string {
  const name = category === undefined ? undefined : categories[category];
  const of = name === undefined ? "" : ` of ${name}`;
  if (kind === "uncertain") return `most uncertain first, ${n}${of}`;
  return `random, ${n}${of === "" ? " per category" : of}, seed ${seed}`;
}

/** Whether two queues draw from the same sample: one of them then begins with the other. */
export function isSameSample(a: QueueSpec, b: QueueSpec): boolean {
  return a.kind === b.kind && a.category === b.category && (a.kind === "uncertain" || a.seed === b.seed);
}
