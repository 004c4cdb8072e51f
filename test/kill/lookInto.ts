import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** What a killed process left in a study. */
export interface LeftStudy {
  /** SQLite's `PRAGMA integrity_check`. */
  readonly integrity: string;
  /** Runs that are not complete. */
  readonly unfinishedRuns: number;
}

/**
 * Looks at a copy of a study's database: opening the study itself would already mend what the next process has to mend.
 * @param copy a folder that may be emptied
 * @param ask reads more from the copy
 */
export function lookInto(
  study: string,
  copy: string,
  ask: (database: DatabaseSync) => void = () => undefined,
): LeftStudy {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy);
  for (const name of ["clipbook.db", "clipbook.db-wal", "clipbook.db-journal"]) {
    if (existsSync(join(study, name))) copyFileSync(join(study, name), join(copy, name));
  }
  const database = new DatabaseSync(join(copy, "clipbook.db"));
  const firstValue = (sql: string) => Object.values(database.prepare(sql).get() ?? {})[0];
  const integrity = String(firstValue("PRAGMA integrity_check"));
  const hasRuns = firstValue("SELECT count(*) FROM sqlite_schema WHERE name = 'run'") === 1;
  const unfinishedRuns = hasRuns ? firstValue("SELECT count(*) FROM run WHERE completed_at IS NULL") : 0;
  ask(database);
  database.close();
  return { integrity, unfinishedRuns: Number(unfinishedRuns) };
}
