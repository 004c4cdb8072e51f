import type { DatabaseSync } from "node:sqlite";

/** A run's answers for its classified units, in the run's order. `[n]` each */
export interface RunAnswers {
  readonly positions: Int32Array;
  readonly unitIds: Int32Array;
  readonly imageIds: Int32Array;
  readonly categories: Int32Array;
  readonly phrases: Int32Array;
  /** 0..1 */
  readonly probabilities: Float64Array;
}

/** A unit as it is shown in a list. */
export interface ShownUnit {
  readonly position: number;
  readonly unitId: number;
  readonly imageId: number;
  readonly name: string;
}

/** What editing a codebook reads of a run, for many units at once. */
export interface RunAnswersStore {
  /** Answers of classified units at positions from `from` on. */
  answersOf(runId: number, from: number, limit: number): RunAnswers;
  /** Classified units at positions, in the order asked for; positions without one are left out. */
  unitsAt(runId: number, positions: readonly number[]): readonly ShownUnit[];
}

/** @throws Error of SQLite */
export function openRunAnswers(database: DatabaseSync): RunAnswersStore {
  const answers = database.prepare(`
    SELECT position, unit_id, image_id, category, phrase, probability FROM prediction
    WHERE run_id = ? AND position >= ? AND category IS NOT NULL ORDER BY position LIMIT ?`);
  answers.setReturnArrays(true);
  const units = database.prepare(`
    SELECT p.position, p.unit_id AS unitId, p.image_id AS imageId,
      CASE u.name WHEN '' THEN 'row ' || u.row_number ELSE u.name END AS name
    FROM json_each(?) AS j JOIN prediction AS p ON p.run_id = ? AND p.position = j.value
    JOIN unit AS u ON u.id = p.unit_id WHERE p.image_id IS NOT NULL ORDER BY j.key`);
  return {
    answersOf: (runId, from, limit) => {
      const rows = answers.all(runId, from, limit) as unknown as readonly (readonly number[])[];
      const column = (at: number) => Int32Array.from(rows, (row) => row[at] as number);
      return {
        positions: column(0),
        unitIds: column(1),
        imageIds: column(2),
        categories: column(3),
        phrases: column(4),
        probabilities: Float64Array.from(rows, (row) => row[5] as number),
      };
    },
    unitsAt: (runId, positions) =>
      units.all(JSON.stringify(positions), runId).map((row) => ({ ...row })) as unknown as ShownUnit[],
  };
}
