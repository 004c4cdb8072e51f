import type { DatabaseSync } from "node:sqlite";

/** How many units a run had and what became of them. */
export interface RunCounts {
  readonly units: number;
  readonly classified: number;
  readonly failed: number;
  /** Distinct images among the classified units. */
  readonly images: number;
  /** Classified units whose file has small faults. */
  readonly warned: number;
}

/** One category's or phrase's part in a run, by its index in the codebook. */
export interface IndexCount {
  readonly index: number;
  readonly count: number;
  /** Over these units, 0..1. */
  readonly meanProbability: number;
}

/** What is read from a run as a whole. */
export interface RunSummaries {
  counts(runId: number): RunCounts;
  /** Categories that have at least one unit. */
  categoryCounts(runId: number): readonly IndexCount[];
  /** Phrases that won at least one unit. */
  phraseCounts(runId: number): readonly IndexCount[];
  failureCounts(runId: number): readonly { readonly code: string; readonly count: number }[];
  /** Failed units in order, at most `limit`. */
  failures(
    runId: number,
    limit: number,
  ): readonly { readonly name: string; readonly code: string; readonly sentence: string }[];
  /** Classified units with something odd about their files, in order, at most `limit`. */
  warnings(runId: number, limit: number): readonly { readonly name: string; readonly sentence: string }[];
  /** How many distinct images a category has. */
  distinctCount(runId: number, category: number): number;
  /** The first position of each distinct image in a category, in order: what a sample is drawn from. */
  distinctPositions(runId: number, category: number): IterableIterator<number>;
  /** How many distinct images each category has; categories without any are left out. */
  distinctCounts(runId: number): readonly { readonly index: number; readonly count: number }[];
  /** First positions of the distinct images with the smallest margin to the runner-up, of all or of one category, the closest first. */
  closestPositions(runId: number, limit: number, category?: number): readonly number[];
}

/** @throws Error of SQLite */
export function openRunSummaries(database: DatabaseSync): RunSummaries {
  const counts = database.prepare(`
    SELECT count(*) AS units, count(p.image_id) AS classified, count(p.failure_code) AS failed,
      count(DISTINCT p.image_id) AS images, count(i.warning) AS warned
    FROM prediction AS p LEFT JOIN image AS i ON i.id = p.image_id WHERE p.run_id = ?`);
  const byIndex = (column: "category" | "phrase") =>
    database.prepare(`
      SELECT ${column} AS "index", count(*) AS count, avg(probability) AS meanProbability
      FROM prediction WHERE run_id = ? AND category IS NOT NULL GROUP BY ${column} ORDER BY ${column}`);
  const byCategory = byIndex("category");
  const byPhrase = byIndex("phrase");
  const byCode = database.prepare(`
    SELECT failure_code AS code, count(*) AS count FROM prediction
    WHERE run_id = ? AND failure_code IS NOT NULL GROUP BY failure_code ORDER BY count DESC, code`);
  const failures = database.prepare(`
    SELECT CASE u.name WHEN '' THEN 'row ' || u.row_number ELSE u.name END AS name, p.failure_code AS code, p.failure_sentence AS sentence
    FROM prediction AS p JOIN unit AS u ON u.id = p.unit_id
    WHERE p.run_id = ? AND p.failure_code IS NOT NULL ORDER BY p.position LIMIT ?`);
  const warnings = database.prepare(`
    SELECT CASE u.name WHEN '' THEN 'row ' || u.row_number ELSE u.name END AS name, i.warning AS sentence
    FROM prediction AS p JOIN unit AS u ON u.id = p.unit_id JOIN image AS i ON i.id = p.image_id
    WHERE p.run_id = ? AND i.warning IS NOT NULL ORDER BY p.position LIMIT ?`);
  const distinctCount = database.prepare(
    "SELECT count(DISTINCT image_id) AS count FROM prediction WHERE run_id = ? AND category = ?",
  );
  const distinct = database.prepare(`
    SELECT min(position) AS position FROM prediction
    WHERE run_id = ? AND category = ? GROUP BY image_id ORDER BY position`);
  const closest = database.prepare(`
    SELECT min(position) AS position FROM prediction
    WHERE run_id = ?1 AND runner_up_probability IS NOT NULL AND (?3 IS NULL OR category = ?3)
    GROUP BY image_id ORDER BY min(probability - runner_up_probability), position LIMIT ?2`);
  const distinctCounts = database.prepare(`
    SELECT category AS "index", count(DISTINCT image_id) AS count FROM prediction
    WHERE run_id = ? AND category IS NOT NULL GROUP BY category ORDER BY category`);
  const positions = (rows: readonly Record<string, unknown>[]) => rows.map((row) => row.position as number);
  return {
    counts: (runId) => ({ ...(counts.get(runId) as unknown as RunCounts) }),
    categoryCounts: (runId) => byCategory.all(runId) as unknown as IndexCount[],
    phraseCounts: (runId) => byPhrase.all(runId) as unknown as IndexCount[],
    failureCounts: (runId) => byCode.all(runId) as { code: string; count: number }[],
    failures: (runId, limit) =>
      failures.all(runId, limit) as { name: string; code: string; sentence: string }[],
    warnings: (runId, limit) => warnings.all(runId, limit) as { name: string; sentence: string }[],
    distinctCount: (runId, category) => distinctCount.get(runId, category)?.count as number,
    *distinctPositions(runId, category) {
      for (const { position } of distinct.iterate(runId, category)) yield position as number;
    },
    distinctCounts: (runId) => distinctCounts.all(runId) as { index: number; count: number }[],
    closestPositions: (runId, limit, category) => positions(closest.all(runId, limit, category ?? null)),
  };
}
