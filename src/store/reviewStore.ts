import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { openStandingVerdicts, type StandingVerdicts } from "./standingVerdicts.ts";

/** A verdict as it is written; `withdrawn` takes the one before back. */
export type VerdictKind = "right" | "wrong" | "unsure" | "skipped" | "withdrawn";

/** What a reviewer says of a run's prediction for a unit. */
export interface VerdictSpec {
  readonly runId: number;
  readonly position: number;
  readonly reviewer: string;
  readonly verdict: VerdictKind;
  /** Name of a category of the run's codebook; only of wrong ones. */
  readonly correctCategory: string | undefined;
  readonly note: string;
  /** JSON: how the unit came to be shown. */
  readonly queue: string;
  /** ISO 8601 */
  readonly judgedAt: string;
}

/** A stored verdict; later ones have greater ids. */
export interface Verdict extends VerdictSpec {
  readonly id: number;
}

/** A verdict with the prediction that it is about. */
export interface JudgedPrediction extends Verdict {
  readonly name: string;
  /** Indices into the run's codebook. */
  readonly category: number;
  readonly phrase: number;
  /** 0..1 */
  readonly probability: number;
}

/** A unit as a reviewer sees it. */
export interface UnitToReview {
  readonly position: number;
  readonly unitId: number;
  readonly imageId: number;
  readonly name: string;
  /** Indices into the run's codebook. */
  readonly category: number;
  readonly phrase: number;
  /** 0..1 */
  readonly probability: number;
}

/** What a reviewer has done in a run so far, by what counts now. */
export interface ReviewerActivity {
  readonly reviewer: string;
  /** Units with right, wrong or unsure. */
  readonly judged: number;
  readonly skipped: number;
  /** Of the last row, ISO 8601. */
  readonly lastAt: string;
  /** JSON, of the last row. */
  readonly lastQueue: string;
}

/**
 * Verdicts on the predictions of runs: rows are only ever added. Of the rows that a reviewer wrote for a unit the newest counts, and
 * the others are its history.
 */
export interface ReviewStore extends StandingVerdicts {
  /**
   * Adds a verdict, unless the reviewer's newest one on the unit is another than the writer saw. Call it in a transaction.
   * @param seen id of the newest one that the writer knew of; 0 for none
   */
  add(spec: VerdictSpec, seen: number): { readonly added: Verdict } | { readonly newer: Verdict };
  /** The newest verdict of each reviewer, or of one, on each unit of a run, withdrawn ones included; by position, then id. */
  newest(runId: number, reviewer?: string): readonly Verdict[];
  /** All that was ever said of a unit, the oldest first. */
  history(runId: number, position: number): readonly Verdict[];
  /** Who has reviewed in a run, by name. */
  reviewers(runId: number): readonly ReviewerActivity[];
  /** Units by their positions, in that order; only those with a prediction. */
  units(runId: number, positions: readonly number[]): readonly UnitToReview[];
  /**
   * The verdicts of a run with what they are about: the newest of each reviewer on each unit, without withdrawn ones, by position; or,
   * as `history`, all in the order in which they were written. Nothing else may write to the study while they are read.
   */
  judged(runId: number, options?: { readonly history?: boolean }): IterableIterator<JudgedPrediction>;
}

const columns =
  "v.id, v.run_id, v.position, v.reviewer, v.verdict, v.correct_category, v.note, v.queue, v.judged_at";
const newestIds = "SELECT max(id) FROM verdict WHERE run_id = ?1";

/** @throws Error of SQLite */
export function openReviewStore(database: DatabaseSync): ReviewStore {
  const newestOfUnit = database.prepare(`
    SELECT ${columns} FROM verdict AS v WHERE run_id = ? AND position = ? AND reviewer = ? ORDER BY id DESC LIMIT 1`);
  const insert = database.prepare(`
    INSERT INTO verdict (run_id, position, reviewer, verdict, correct_category, note, queue, judged_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`);
  const newest = database.prepare(`
    SELECT ${columns} FROM verdict AS v WHERE id IN (${newestIds} GROUP BY reviewer, position) ORDER BY position, id`);
  const newestOf = database.prepare(`
    SELECT ${columns} FROM verdict AS v
    WHERE id IN (${newestIds} AND reviewer = ?2 GROUP BY position) ORDER BY position, id`);
  const history = database.prepare(
    `SELECT ${columns} FROM verdict AS v WHERE run_id = ? AND position = ? ORDER BY id`,
  );
  const reviewers = database.prepare(`
    SELECT r.reviewer, r.judged, r.skipped, last.judged_at AS last_at, last.queue AS last_queue
    FROM (
      SELECT reviewer, count(*) FILTER (WHERE verdict IN ('right', 'wrong', 'unsure')) AS judged,
        count(*) FILTER (WHERE verdict = 'skipped') AS skipped, max(id) AS last_id
      FROM verdict WHERE id IN (${newestIds} GROUP BY reviewer, position) GROUP BY reviewer) AS r
    JOIN verdict AS last ON last.id = r.last_id ORDER BY r.reviewer`);
  // As JSON: one statement for a whole queue. A cross join keeps SQLite from looking through the whole run for each.
  const units = database.prepare(`
    SELECT p.position, p.unit_id, p.image_id, u.name, p.category, p.phrase, p.probability
    FROM json_each(?2) AS j CROSS JOIN prediction AS p CROSS JOIN unit AS u
    WHERE p.run_id = ?1 AND p.position = j.value AND u.id = p.unit_id AND p.category IS NOT NULL ORDER BY j.key`);
  const joined = `
    SELECT ${columns}, u.name, p.category, p.phrase, p.probability
    FROM verdict AS v CROSS JOIN prediction AS p ON p.run_id = v.run_id AND p.position = v.position
    CROSS JOIN unit AS u ON u.id = p.unit_id`;
  return {
    ...openStandingVerdicts(database),
    add: (spec, seen) => {
      const found = newestOfUnit.get(spec.runId, spec.position, spec.reviewer);
      if (found !== undefined && found.id !== seen) return { newer: toVerdict(found) };
      const { id } = insert.get(
        spec.runId,
        spec.position,
        spec.reviewer,
        spec.verdict,
        spec.correctCategory ?? null,
        spec.note,
        spec.queue,
        spec.judgedAt,
      ) as { id: number };
      return { added: { ...spec, id } };
    },
    newest: (runId, reviewer) =>
      (reviewer === undefined ? newest.all(runId) : newestOf.all(runId, reviewer)).map(toVerdict),
    history: (runId, position) => history.all(runId, position).map(toVerdict),
    reviewers: (runId) =>
      reviewers.all(runId).map((row) => ({
        reviewer: row.reviewer as string,
        judged: row.judged as number,
        skipped: row.skipped as number,
        lastAt: row.last_at as string,
        lastQueue: row.last_queue as string,
      })),
    units: (runId, positions) =>
      units.all(runId, JSON.stringify(positions)).map((row) => ({
        position: row.position as number,
        unitId: row.unit_id as number,
        imageId: row.image_id as number,
        name: row.name as string,
        ...predictionOf(row),
      })),
    *judged(runId, { history = false } = {}) {
      // A statement of its own: two may be read at once.
      const rows = database.prepare(
        history
          ? `${joined} WHERE v.run_id = ?1 ORDER BY v.id`
          : `${joined} WHERE v.id IN (${newestIds} GROUP BY reviewer, position) AND v.verdict <> 'withdrawn'
            ORDER BY v.position, v.id`,
      );
      for (const row of rows.iterate(runId))
        yield { ...toVerdict(row), name: row.name as string, ...predictionOf(row) };
    },
  };
}

type SqlRow = Record<string, SQLOutputValue>;

function predictionOf(row: SqlRow): Pick<UnitToReview, "category" | "phrase" | "probability"> {
  return {
    category: row.category as number,
    phrase: row.phrase as number,
    probability: row.probability as number,
  };
}

function toVerdict(row: SqlRow): Verdict {
  return {
    id: row.id as number,
    runId: row.run_id as number,
    position: row.position as number,
    reviewer: row.reviewer as string,
    verdict: row.verdict as VerdictKind,
    correctCategory: (row.correct_category as string | null) ?? undefined,
    note: row.note as string,
    queue: row.queue as string,
    judgedAt: row.judged_at as string,
  };
}
