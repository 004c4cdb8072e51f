import type { DatabaseSync } from "node:sqlite";

/** What a reviewer says of a prediction by now. */
export interface Judgement {
  /** Ascends with time. */
  readonly id: number;
  readonly runId: number;
  readonly position: number;
  readonly unitId: number;
  readonly imageId: number;
  /** What was predicted: index into the categories of that run. */
  readonly category: number;
  readonly isRight: boolean;
  /** The category by name that would have been right; undefined where nobody said so. */
  readonly correctCategory: string | undefined;
}

/** What a reviewer can have said of a unit's prediction, once nothing was taken back. */
export type StandingKind = "right" | "wrong" | "unsure";

/** A reviewer's last word on a unit, unless it was taken back or the unit was skipped. */
export interface StandingVerdict {
  /** Later ones are larger. */
  readonly id: number;
  readonly position: number;
  readonly reviewer: string;
  readonly verdict: StandingKind;
}

/** What stands of all verdicts, for listings and for comparing codebooks. */
export interface StandingVerdicts {
  /** Each reviewer's standing verdicts of a run, the oldest first. */
  standing(runId: number): readonly StandingVerdict[];
  /**
   * Every reviewer's last word on each prediction, if it is right or wrong, of all runs, the oldest first. Who was unsure,
   * skipped it or took the verdict back has judged nothing.
   */
  judgements(): readonly Judgement[];
  /** Grows with every verdict that is added anywhere in the study. */
  version(): number;
}

/** @throws Error of SQLite */
export function openStandingVerdicts(database: DatabaseSync): StandingVerdicts {
  // With max() SQLite takes the other columns from the row that has it.
  const standing = database.prepare(`
    SELECT id, position, reviewer, verdict FROM (
      SELECT max(id) AS id, position, reviewer, verdict FROM verdict WHERE run_id = ? GROUP BY reviewer, position)
    WHERE verdict IN ('right', 'wrong', 'unsure') ORDER BY id`);
  const version = database.prepare("SELECT coalesce(max(id), 0) AS version FROM verdict");
  const judgements = database.prepare(`
    SELECT v.id, v.run_id AS runId, v.position, p.unit_id AS unitId, p.image_id AS imageId, p.category,
      v.verdict, v.correct_category AS correctCategory
    FROM verdict AS v JOIN prediction AS p ON p.run_id = v.run_id AND p.position = v.position
    WHERE v.id IN (SELECT max(id) FROM verdict GROUP BY run_id, reviewer, position)
      AND v.verdict IN ('right', 'wrong') AND p.category IS NOT NULL
    ORDER BY v.id`);
  return {
    standing: (runId) => standing.all(runId) as unknown as StandingVerdict[],
    version: () => version.get()?.version as number,
    judgements: () =>
      judgements.all().map(({ verdict, correctCategory, ...row }) => ({
        ...(row as unknown as Omit<Judgement, "isRight" | "correctCategory">),
        isRight: verdict === "right",
        correctCategory: (correctCategory as string | null) ?? undefined,
      })),
  };
}
