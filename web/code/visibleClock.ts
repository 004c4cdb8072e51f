import { mostSeconds } from "../../src/validation/codingLimits.ts";

/** How long each image was really looked at. */
export interface VisibleClock {
  /** From now on this image is on the screen; undefined: none, or the page is hidden. */
  look(at: number | undefined): void;
  /** Seconds that an image was on the screen so far, with all its visits; at most `mostSeconds`. */
  secondsOf(at: number): number;
}

/** Counts only while an image is said to be looked at. @param nowMs a clock that never goes back */
export function createVisibleClock(nowMs: () => number): VisibleClock {
  const spentMs = new Map<number, number>();
  let looking: { readonly at: number; readonly sinceMs: number } | undefined;
  const runningMs = (at: number) => (looking?.at === at ? nowMs() - looking.sinceMs : 0);
  return {
    look: (at) => {
      if (looking?.at === at) return;
      if (looking !== undefined)
        spentMs.set(looking.at, (spentMs.get(looking.at) ?? 0) + runningMs(looking.at));
      looking = at === undefined ? undefined : { at, sinceMs: nowMs() };
    },
    secondsOf: (at) => Math.min(mostSeconds, Math.round((spentMs.get(at) ?? 0) + runningMs(at)) / 1000),
  };
}
