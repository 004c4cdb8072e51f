import type { UnitResult } from "../../queue/jobForms.ts";
import type { WorkerBeat } from "../../queue/sessionForm.ts";

/** What one worker has done of a coordinator's work, also one that has left. */
export interface WorkerShare {
  /** `process@machine`. */
  readonly name: string;
  readonly isLocal: boolean;
  /** Images whose embeddings the coordinator took from it. */
  readonly embedded: number;
  /** Images that it could not decode. */
  readonly failed: number;
}

/** Counts what came from whom; what a worker did that came too late is nobody's. */
export interface WorkerTally {
  /** Whether the worker has a name already. */
  knows(id: string): boolean;
  see(beats: readonly WorkerBeat[]): void;
  /** Takes in what came of a worker's job. */
  add(id: string, outcomes: readonly Pick<UnitResult, "kind">[]): void;
  /** By name, in the order in which they came: a worker that was started again under the same name goes on. */
  shares(): readonly WorkerShare[];
}

/** Nobody is there yet. */
export function openWorkerTally(): WorkerTally {
  const counts = new Map<string, { embedded: number; failed: number }>();
  const names = new Map<string, Pick<WorkerBeat, "name" | "isLocal">>();
  const countsOf = (id: string) => {
    const known = counts.get(id) ?? { embedded: 0, failed: 0 };
    counts.set(id, known);
    return known;
  };
  return {
    knows: (id) => names.has(id),
    see: (beats) => {
      for (const { id, name, isLocal } of beats) {
        countsOf(id);
        names.set(id, { name, isLocal });
      }
    },
    add: (id, outcomes) => {
      const known = countsOf(id);
      for (const { kind } of outcomes) {
        if (kind === "embedded") known.embedded += 1;
        if (kind === "failed") known.failed += 1;
      }
    },
    shares: () => {
      const byName = new Map<string, WorkerShare>();
      for (const [id, { embedded, failed }] of counts) {
        const { name, isLocal } = names.get(id) ?? { name: id, isLocal: false };
        const before = byName.get(name);
        byName.set(name, {
          name,
          isLocal,
          embedded: embedded + (before?.embedded ?? 0),
          failed: failed + (before?.failed ?? 0),
        });
      }
      return [...byName.values()];
    },
  };
}
