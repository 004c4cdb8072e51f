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

/** Judgements of predictions, for comparing codebooks. */
export interface JudgementStore {
  /**
   * Every reviewer's last word on each prediction, if it is right or wrong, of all runs, the oldest first. Who was unsure,
   * skipped it or took the verdict back has judged nothing.
   */
  all(): readonly Judgement[];
}

/** @throws Error of SQLite */
export function openJudgements(database: DatabaseSync): JudgementStore {
  const all = database.prepare(`
    SELECT v.id, v.run_id AS runId, v.position, p.unit_id AS unitId, p.image_id AS imageId, p.category,
      v.verdict, v.correct_category AS correctCategory
    FROM verdict AS v JOIN prediction AS p ON p.run_id = v.run_id AND p.position = v.position
    WHERE v.id IN (SELECT max(id) FROM verdict GROUP BY run_id, reviewer, position)
      AND v.verdict IN ('right', 'wrong') AND p.category IS NOT NULL
    ORDER BY v.id`);
  return {
    all: () =>
      all.all().map(({ verdict, correctCategory, ...row }) => ({
        ...(row as unknown as Omit<Judgement, "isRight" | "correctCategory">),
        isRight: verdict === "right",
        correctCategory: (correctCategory as string | null) ?? undefined,
      })),
  };
}
