import type { DatabaseSync } from "node:sqlite";
import type { VerdictKind } from "./reviewStore.ts";
import { type RunRow, toRunRow } from "./runStore.ts";

/** What one unit of a run is sorted and filtered by; null where it failed, or has no runner-up. */
export type ColumnRow = readonly [
  position: number,
  category: number | null,
  phrase: number | null,
  probability: number | null,
  runnerUpProbability: number | null,
];

/** A row of a run with its unit's id and its image's size. */
export interface UnitRow extends RunRow {
  readonly unitId: number;
  readonly widthPx: number | undefined;
  readonly heightPx: number | undefined;
}

/** What a reviewer can have said of a unit's prediction, once nothing was taken back. */
export type StandingKind = Exclude<VerdictKind, "skipped" | "withdrawn">;

/** A reviewer's last word on a unit, unless it was taken back or the unit was skipped. */
export interface StandingVerdict {
  /** Later ones are larger. */
  readonly id: number;
  readonly position: number;
  readonly reviewer: string;
  readonly verdict: StandingKind;
}

/** Reads the units of runs, for listing them. */
export interface UnitStore {
  /** How many units a run has, which is one more than its last position. */
  count(runId: number): number;
  /** Units in order from a position on, at most `limit`. */
  columns(runId: number, from: number, limit: number): readonly ColumnRow[];
  /** Names in order from a position on, at most `limit`. */
  names(runId: number, from: number, limit: number): readonly (readonly [position: number, name: string])[];
  /** All positions of a run by the bytes of the units' names, then by position. */
  positionsByName(runId: number): Int32Array;
  /** The units at positions, in the order asked for. @throws RangeError for a position that the run does not have */
  rowsAt(runId: number, positions: readonly number[]): readonly UnitRow[];
  /** An image's digest and a unit's path; undefined where the study lacks either. */
  maybeFileOf(
    imageId: number,
    unitId: number,
  ): { readonly sha256: Uint8Array; readonly path: string } | undefined;
  /** Each reviewer's standing verdicts of a run, the oldest first. */
  standingVerdicts(runId: number): readonly StandingVerdict[];
  /** Grows with every verdict that is added anywhere in the study. */
  verdictVersion(): number;
}

/** @throws Error of SQLite */
export function openUnitStore(database: DatabaseSync): UnitStore {
  const columns = database.prepare(`
    SELECT position, category, phrase, probability, runner_up_probability FROM prediction
    WHERE run_id = ? AND position >= ? ORDER BY position LIMIT ?`);
  columns.setReturnArrays(true);
  const last = database.prepare("SELECT max(position) AS position FROM prediction WHERE run_id = ?");
  const names = database.prepare(`
    SELECT p.position, u.name FROM prediction AS p JOIN unit AS u ON u.id = p.unit_id
    WHERE p.run_id = ? AND p.position >= ? ORDER BY p.position LIMIT ?`);
  names.setReturnArrays(true);
  // SQLite compares texts by their UTF-8 bytes.
  const byName = database.prepare(`
    SELECT p.position FROM prediction AS p JOIN unit AS u ON u.id = p.unit_id
    WHERE p.run_id = ? ORDER BY u.name, p.position`);
  byName.setReturnArrays(true);
  // CROSS JOIN keeps SQLite from going through the whole run and looking each unit up in the list.
  const rows = database.prepare(`
    SELECT p.position, p.unit_id, p.image_id, p.category, p.phrase, p.probability, p.runner_up_category,
      p.runner_up_phrase, p.runner_up_probability, p.failure_code, p.failure_sentence, u.name, u.path, u.row_number,
      i.width_px, i.height_px
    FROM json_each(?) AS j CROSS JOIN prediction AS p ON p.run_id = ? AND p.position = j.value
    JOIN unit AS u ON u.id = p.unit_id LEFT JOIN image AS i ON i.id = p.image_id ORDER BY j.key`);
  const file = database.prepare(
    "SELECT i.sha256, u.path FROM image AS i CROSS JOIN unit AS u WHERE i.id = ? AND u.id = ?",
  );
  // With max() SQLite takes the other columns from the row that has it.
  const standing = database.prepare(`
    SELECT id, position, reviewer, verdict FROM (
      SELECT max(id) AS id, position, reviewer, verdict FROM verdict WHERE run_id = ? GROUP BY reviewer, position)
    WHERE verdict IN ('right', 'wrong', 'unsure') ORDER BY id`);
  const version = database.prepare("SELECT coalesce(max(id), 0) AS version FROM verdict");
  return {
    count: (runId) => ((last.get(runId)?.position as number | null) ?? -1) + 1,
    columns: (runId, from, limit) => columns.all(runId, from, limit) as unknown as ColumnRow[],
    names: (runId, from, limit) => names.all(runId, from, limit) as unknown as [number, string][],
    positionsByName: (runId) =>
      Int32Array.from(byName.all(runId) as unknown as [number][], ([position]) => position),
    rowsAt: (runId, positions) => {
      const found = rows.all(JSON.stringify(positions), runId).map((row) => ({
        ...toRunRow(row),
        unitId: row.unit_id as number,
        widthPx: (row.width_px as number | null) ?? undefined,
        heightPx: (row.height_px as number | null) ?? undefined,
      }));
      if (found.length !== positions.length)
        throw new RangeError(`run ${runId} has ${found.length} of ${positions.length} positions`);
      return found;
    },
    maybeFileOf: (imageId, unitId) =>
      file.get(imageId, unitId) as { sha256: Uint8Array; path: string } | undefined,
    standingVerdicts: (runId) => standing.all(runId) as unknown as StandingVerdict[],
    verdictVersion: () => version.get()?.version as number,
  };
}
