/** How fast a job has been lately. */
export interface RecentRate {
  /** Tells how much is done at a time. @param atMs never less than before */
  add(atMs: number, done: number): void;
  /** Undefined until enough time has passed to tell. */
  perSecond(): number | undefined;
}

/** Long enough that batches do not show, short enough that pictures which were known do not colour the rest. */
const windowMs = 20_000;
const leastMs = 1_000;

/** Samples that are closer count as one: a job may tell of every unit. */
const stepMs = 100;

/** The speed over the last 20 seconds, for telling how long the rest will take. */
export function startRecentRate(): RecentRate {
  const samples: { readonly atMs: number; readonly done: number }[] = [];
  return {
    add: (atMs, done) => {
      const before = samples.at(-2);
      if (before !== undefined && atMs - before.atMs < stepMs) samples.pop();
      samples.push({ atMs, done });
      // The first one stays outside the window, so that the window is always full.
      while (samples.length > 2 && (samples[1]?.atMs ?? atMs) <= atMs - windowMs) samples.shift();
    },
    perSecond: () => {
      const first = samples[0];
      const last = samples.at(-1);
      if (first === undefined || last === undefined || last.atMs - first.atMs < leastMs) return undefined;
      return ((last.done - first.done) / (last.atMs - first.atMs)) * 1000;
    },
  };
}
