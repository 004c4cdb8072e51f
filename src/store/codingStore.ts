import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Coding, CodingSpec } from "../validation/coding.ts";

/** Which codings of a sample are read; undefined: all. */
export interface CodingFilter {
  readonly coder?: string | undefined;
  readonly role?: CodingSpec["role"] | undefined;
}

/** Codings of samples: rows are only ever added, and a coder's newest on an image and a variable counts. */
export interface CodingStore {
  /**
   * Adds a coding, unless the coder's newest one is another than the writer saw. Call it in a transaction.
   * @param seen id of the newest one that the writer knew of; 0 for none
   */
  add(spec: CodingSpec, seen: number): { readonly added: Coding } | { readonly newer: Coding };
  /** The newest of each coder on each image, withdrawn ones included; by place, then id. */
  newest(sampleId: number, filter?: CodingFilter): readonly Coding[];
  /** The newest coding's id, of a sample or of all; 0 without any. */
  newestId(sampleId?: number): number;
  /** All rows in the order in which they were written. */
  history(sampleId: number): readonly Coding[];
}

const group = "coder, role, place, variable";

/** @throws Error of SQLite */
export function openCodingStore(database: DatabaseSync): CodingStore {
  const newestOfUnit = database.prepare(`
    SELECT * FROM coding WHERE sample_id = ? AND coder = ? AND place = ? AND role = ? AND variable = ?
    ORDER BY id DESC LIMIT 1`);
  const insert = database.prepare(`
    INSERT INTO coding (sample_id, place, coder, role, variable, answer, value, note, seconds, source, coded_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`);
  const newest = database.prepare(`
    SELECT * FROM coding WHERE id IN (
      SELECT max(id) FROM coding WHERE sample_id = ?1 AND (?2 IS NULL OR coder = ?2) AND (?3 IS NULL OR role = ?3)
      GROUP BY ${group})
    ORDER BY place, id`);
  const newestOfAll = database.prepare("SELECT max(id) AS id FROM coding");
  const newestOfSample = database.prepare("SELECT max(id) AS id FROM coding WHERE sample_id = ?");
  const history = database.prepare("SELECT * FROM coding WHERE sample_id = ? ORDER BY id");
  return {
    add: (spec, seen) => {
      const found = newestOfUnit.get(spec.sampleId, spec.coder, spec.place, spec.role, spec.variable);
      if (found !== undefined && found.id !== seen) return { newer: toCoding(found) };
      const { id } = insert.get(
        spec.sampleId,
        spec.place,
        spec.coder,
        spec.role,
        spec.variable,
        spec.answer,
        spec.value ?? null,
        spec.note,
        spec.seconds ?? null,
        spec.source,
        spec.codedAt,
      ) as { id: number };
      return { added: { ...spec, id } };
    },
    newest: (sampleId, { coder, role } = {}) =>
      newest.all(sampleId, coder ?? null, role ?? null).map(toCoding),
    newestId: (sampleId) => {
      const { id } = (sampleId === undefined ? newestOfAll.get() : newestOfSample.get(sampleId)) as {
        readonly id: number | null;
      };
      return id ?? 0;
    },
    history: (sampleId) => history.all(sampleId).map(toCoding),
  };
}

function toCoding(row: Record<string, SQLOutputValue>): Coding {
  return {
    id: row.id as number,
    sampleId: row.sample_id as number,
    place: row.place as number,
    coder: row.coder as string,
    role: row.role as Coding["role"],
    variable: row.variable as string,
    answer: row.answer as Coding["answer"],
    value: (row.value as string | null) ?? undefined,
    note: row.note as string,
    seconds: (row.seconds as number | null) ?? undefined,
    source: row.source as Coding["source"],
    codedAt: row.coded_at as string,
  };
}
