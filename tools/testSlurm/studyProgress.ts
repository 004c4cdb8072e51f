import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** How far the indexing of a study has come: while it is written, too. */
export function studyProgress(study: string): { readonly embedded: number; readonly isComplete: boolean } {
  const path = join(study, "clipbook.db");
  if (!existsSync(path)) return { embedded: 0, isComplete: false };
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 2_000 });
    const embedded = database.prepare("SELECT count(*) AS n FROM embedding").get() as { n: number };
    const cutOff = database.prepare("SELECT count(*) AS n FROM indexing WHERE completed_at IS NULL").get();
    return { embedded: embedded.n, isComplete: (cutOff as { n: number }).n === 0 };
  } catch (error) {
    // Its tables are being made.
    if (error instanceof Error && /no such table|locked|file is not a database/.test(error.message))
      return { embedded: 0, isComplete: false };
    throw error;
  } finally {
    database?.close();
  }
}
