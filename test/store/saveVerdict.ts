import { DatabaseSync } from "node:sqlite";
import type { Study } from "../../src/store/openStudy.ts";

/** A verdict as a test gives it. */
export interface GivenVerdict {
  readonly runId: number;
  readonly position: number;
  readonly verdict: "right" | "wrong" | "unsure" | "skipped" | "withdrawn";
  readonly reviewer?: string;
  readonly correctCategory?: string;
}

/** Adds a verdict to a study as a review does. */
export function saveVerdict(study: Study, given: GivenVerdict): void {
  const { runId, position, verdict, reviewer = "Ada", correctCategory } = given;
  const database = new DatabaseSync(study.databasePath);
  database
    .prepare(`
      INSERT INTO verdict (run_id, position, reviewer, verdict, correct_category, note, queue, judged_at)
      VALUES (?, ?, ?, ?, ?, '', '{}', '2026-01-01T00:00:00.000Z')`)
    .run(runId, position, reviewer, verdict, correctCategory ?? null);
  database.close();
}
