import type { DatabaseSync } from "node:sqlite";
import { type RunRow, toRunRow } from "./runStore.ts";

/** What one unit of a run is sorted and filtered by; null where it failed, or has no runner-up. */
export type ColumnRow = readonly [
  position: number,
  category: number | null,
  phrase: number | null,
  probability: number | null,
  runnerUpProbability: number | null,
];

/** A row of a run with its unit's id and its image's size; undefined for what failed, and for an image without content. */
export interface UnitRow extends RunRow {
  readonly unitId: number;
  readonly widthPx: number | undefined;
  readonly heightPx: number | undefined;
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
  /** The images that units of these names show, each once, in no order. */
  imagesNamed(runId: number, names: readonly string[]): readonly number[];
  /** The units at positions, in the order asked for. @throws RangeError for a position that the run does not have */
  rowsAt(runId: number, positions: readonly number[]): readonly UnitRow[];
  /** An image's digest and format, and a unit's path; undefined where the study lacks either. */
  maybeFileOf(
    imageId: number,
    unitId: number,
  ): { readonly sha256: Uint8Array; readonly format: string; readonly path: string } | undefined;
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
  const named = database.prepare(`
    SELECT DISTINCT p.image_id FROM prediction AS p JOIN unit AS u ON u.id = p.unit_id
    WHERE p.run_id = ? AND p.image_id IS NOT NULL AND u.name IN (SELECT value FROM json_each(?))`);
  named.setReturnArrays(true);
  // CROSS JOIN keeps SQLite from going through the whole run and looking each unit up in the list.
  const rows = database.prepare(`
    SELECT p.position, p.unit_id, p.image_id, p.category, p.phrase, p.probability, p.runner_up_category,
      p.runner_up_phrase, p.runner_up_probability, p.failure_code, p.failure_sentence, u.name, u.path, u.row_number,
      i.width_px, i.height_px
    FROM json_each(?) AS j CROSS JOIN prediction AS p ON p.run_id = ? AND p.position = j.value
    JOIN unit AS u ON u.id = p.unit_id LEFT JOIN image AS i ON i.id = p.image_id ORDER BY j.key`);
  const file = database.prepare(
    "SELECT i.sha256, i.format, u.path FROM image AS i CROSS JOIN unit AS u WHERE i.id = ? AND u.id = ?",
  );
  return {
    count: (runId) => ((last.get(runId)?.position as number | null) ?? -1) + 1,
    columns: (runId, from, limit) => columns.all(runId, from, limit) as unknown as ColumnRow[],
    names: (runId, from, limit) => names.all(runId, from, limit) as unknown as [number, string][],
    positionsByName: (runId) =>
      Int32Array.from(byName.all(runId) as unknown as [number][], ([position]) => position),
    imagesNamed: (runId, names) =>
      names.length === 0
        ? []
        : (named.all(runId, JSON.stringify(names)) as unknown as [number][]).map(([imageId]) => imageId),
    rowsAt: (runId, positions) => {
      const found = rows.all(JSON.stringify(positions), runId).map((row) => ({
        ...toRunRow(row),
        unitId: row.unit_id as number,
        widthPx: (row.width_px as number | null) || undefined,
        heightPx: (row.height_px as number | null) || undefined,
      }));
      if (found.length !== positions.length)
        throw new RangeError(`run ${runId} has ${found.length} of ${positions.length} positions`);
      return found;
    },
    maybeFileOf: (imageId, unitId) => file.get(imageId, unitId) as ReturnType<UnitStore["maybeFileOf"]>,
  };
}
