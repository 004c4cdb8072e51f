import type { Unit } from "../../images/unit.ts";
import type { FileState } from "../../store/imageStore.ts";
import type { UnitOutcome } from "../../store/runStore.ts";

/** A unit whose turn has not come yet: workers answer in any order, a run has its units in theirs. */
export interface OrderedUnit {
  readonly unit: Unit;
  /** What is to be remembered of its file. */
  readonly file: FileState | undefined;
  /** Undefined while its image is with a worker. */
  outcome: UnitOutcome | undefined;
}

/** Units between being read and being stored, in their order. */
export interface OrderedUnits {
  readonly length: number;
  push(unit: OrderedUnit): void;
  /** Takes out the first ones as far as all of them have an outcome. */
  takeDone(most: number): readonly OrderedUnit[];
}

/** None yet. */
export function openOrderedUnits(): OrderedUnits {
  let waiting: OrderedUnit[] = [];
  let first = 0;
  return {
    get length() {
      return waiting.length - first;
    },
    push: (unit) => {
      waiting.push(unit);
    },
    takeDone: (most) => {
      let end = first;
      while (end < waiting.length && end - first < most && waiting[end]?.outcome !== undefined) end++;
      const done = waiting.slice(first, end);
      first = end;
      // Moving the rest up costs as much as is left, so it is done seldom.
      if (first > 4096 && first * 2 > waiting.length) {
        waiting = waiting.slice(first);
        first = 0;
      }
      return done;
    },
  };
}
