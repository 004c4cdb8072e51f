import type { DatabaseSync } from "node:sqlite";

/** A text that a codebook's file had: `app` where Clipbook wrote it, `disk` where it found it before writing. */
export interface CodebookVersion {
  readonly sha256: string;
  readonly text: string;
  /** ISO 8601. */
  readonly savedAt: string;
  readonly origin: "app" | "disk";
}

/** A version in a list, without its text. */
export interface ListedVersion extends Omit<CodebookVersion, "text"> {
  readonly id: number;
  readonly bytes: number;
}

/** Every text that the app found in a codebook's file, or wrote to it. */
export interface CodebookVersionStore {
  /** Adds a version, unless the file's newest one has the same text; its id, undefined when it was not added. */
  add(file: string, version: CodebookVersion): number | undefined;
  /** Takes back a version that was not written after all. */
  remove(id: number): void;
  /** The newest first. */
  list(file: string): readonly ListedVersion[];
  maybeGet(file: string, id: number): (CodebookVersion & { readonly id: number }) | undefined;
}

/** @throws Error of SQLite */
export function openCodebookVersions(database: DatabaseSync): CodebookVersionStore {
  const insert = database.prepare(`
    INSERT INTO codebook_version (file, sha256, text, saved_at, origin) SELECT ?1, ?2, ?3, ?4, ?5
    WHERE ?2 IS NOT (SELECT sha256 FROM codebook_version WHERE file = ?1 ORDER BY id DESC LIMIT 1)`);
  const takeBack = database.prepare("DELETE FROM codebook_version WHERE id = ?");
  const listed = database.prepare(`
    SELECT id, sha256, saved_at AS savedAt, origin, octet_length(text) AS bytes
    FROM codebook_version WHERE file = ? ORDER BY id DESC`);
  const one = database.prepare(`
    SELECT id, sha256, text, saved_at AS savedAt, origin FROM codebook_version WHERE file = ? AND id = ?`);
  return {
    add: (file, { sha256, text, savedAt, origin }) => {
      const { changes, lastInsertRowid } = insert.run(file, sha256, text, savedAt, origin);
      return Number(changes) === 0 ? undefined : Number(lastInsertRowid);
    },
    remove: (id) => {
      takeBack.run(id);
    },
    list: (file) => listed.all(file).map((row) => ({ ...row })) as unknown as ListedVersion[],
    maybeGet: (file, id) => {
      const row = one.get(file, id);
      return row === undefined ? undefined : ({ ...row } as unknown as CodebookVersion & { id: number });
    },
  };
}
