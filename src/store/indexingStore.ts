import type { DatabaseSync } from "node:sqlite";

/** A part of a list, numbered from 1. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

/** Units of a list as a multiset of their keys: how many, and a digest (64 hexadecimal digits) that does not hang on their order. */
export interface ListTally {
  readonly units: number;
  readonly digest: string;
}

/** What a complete indexing found. */
export interface IndexingFound {
  /** All units of the inputs. */
  readonly list: ListTally;
  /** Those of the shard, or all of them. */
  readonly part: ListTally;
  /** Units that have no embedding, by the failure's code. */
  readonly failures: Readonly<Record<string, number>>;
  /** Files that are no pictures. */
  readonly ignored: number;
}

/** What is known of an indexing when it starts. */
export interface IndexingSpec {
  readonly encoderId: number;
  readonly view: string;
  readonly modelName: string;
  /** As they were named. */
  readonly inputs: readonly string[];
  /** undefined: the whole list. */
  readonly shard: Shard | undefined;
  readonly versions: readonly { readonly name: string; readonly version: string }[];
  /** ISO 8601. */
  readonly startedAt: string;
}

/** An indexing as the study has it. */
export interface Indexing extends IndexingSpec {
  readonly id: number;
  /** undefined: it was cut off, or is under way. */
  readonly completed: (IndexingFound & { readonly at: string }) | undefined;
}

/** The study's indexings: which lists, or shards of lists, were embedded here. */
export interface IndexingStore {
  /** The oldest first. */
  list(): readonly Indexing[];
  /**
   * Notes that one begins; its id. Of those that were cut off only other shards of the same division stay: whoever begins
   * with something else has given up what was begun by mistake.
   */
  start(spec: IndexingSpec): number;
  /** Notes that one is complete. It stands in place of earlier ones of the same shard, or of the same whole inputs. */
  complete(id: number, found: IndexingFound, completedAt: string): void;
  /**
   * Adds a complete one of another study, unless the very same is here; the encoder's id is this study's. Of a shard of two
   * lists, which is an older and a newer state of one, the one that was completed later stays.
   */
  addComplete(indexing: Indexing): void;
}

/** @throws Error of SQLite */
export function openIndexingStore(database: DatabaseSync): IndexingStore {
  const all = database.prepare("SELECT * FROM indexing ORDER BY id");
  const removeCutOff = database.prepare(`
    DELETE FROM indexing
    WHERE completed_at IS NULL
      AND NOT (encoder_id = ? AND view = ? AND shard IS NOT ? AND shards IS ?)`);
  const removeEarlier = database.prepare(`
    DELETE FROM indexing WHERE id IN (
      SELECT earlier.id FROM indexing AS new JOIN indexing AS earlier ON earlier.id <> new.id
        AND earlier.encoder_id = new.encoder_id AND earlier.view = new.view
        AND earlier.shard IS new.shard AND earlier.shards IS new.shards
        AND (new.shard IS NOT NULL OR earlier.inputs = new.inputs)
      WHERE new.id = ?)`);
  const insert = database.prepare(`
    INSERT INTO indexing (encoder_id, view, model_name, inputs, shard, shards, versions, started_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`);
  const finish = database.prepare("UPDATE indexing SET found = ?, completed_at = ? WHERE id = ?");
  const insertWhole = database.prepare(`
    INSERT INTO indexing (encoder_id, view, model_name, inputs, shard, shards, found, versions, started_at, completed_at)
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 WHERE NOT EXISTS (
      SELECT 1 FROM indexing WHERE encoder_id = ?1 AND view = ?2 AND model_name = ?3 AND inputs = ?4 AND shard IS ?5
        AND shards IS ?6 AND found = ?7 AND versions = ?8 AND started_at = ?9 AND completed_at = ?10)`);
  const ofOtherList = `
    encoder_id = ?1 AND view = ?2 AND shard = ?3 AND shards = ?4 AND completed_at IS NOT NULL
    AND json_extract(found, '$.list.digest') <> ?5`;
  const later = database.prepare(`SELECT 1 FROM indexing WHERE ${ofOtherList} AND completed_at > ?6`);
  const removeOlder = database.prepare(`DELETE FROM indexing WHERE ${ofOtherList} AND completed_at <= ?6`);
  const columnsOf = ({ encoderId, view, modelName, inputs, shard }: IndexingSpec) =>
    [encoderId, view, modelName, JSON.stringify(inputs), shard?.number ?? null, shard?.of ?? null] as const;
  return {
    list: () => all.all().map(toIndexing),
    start: (spec) => {
      const { encoderId, view, shard, versions, startedAt } = spec;
      removeCutOff.run(encoderId, view, shard?.number ?? null, shard?.of ?? null);
      const row = insert.get(...columnsOf(spec), JSON.stringify(versions), startedAt);
      return (row as { id: number }).id;
    },
    complete: (id, found, completedAt) => {
      finish.run(JSON.stringify(found), completedAt, id);
      removeEarlier.run(id);
    },
    addComplete: (indexing) => {
      if (indexing.completed === undefined) throw new RangeError("the indexing is not complete");
      const { at, ...found } = indexing.completed;
      const { encoderId, view, shard, versions, startedAt } = indexing;
      if (shard !== undefined) {
        const state = [encoderId, view, shard.number, shard.of, found.list.digest, at] as const;
        if (later.get(...state) !== undefined) return;
        removeOlder.run(...state);
      }
      insertWhole.run(...columnsOf(indexing), JSON.stringify(found), JSON.stringify(versions), startedAt, at);
    },
  };
}

/** A row of the table, which a study that is only read has, too. */
export function toIndexing(row: Record<string, unknown>): Indexing {
  const found = row.found === null ? undefined : (JSON.parse(row.found as string) as IndexingFound);
  return {
    id: row.id as number,
    encoderId: row.encoder_id as number,
    view: row.view as string,
    modelName: row.model_name as string,
    inputs: JSON.parse(row.inputs as string) as string[],
    shard: row.shard === null ? undefined : { number: row.shard as number, of: row.shards as number },
    versions: JSON.parse(row.versions as string) as Indexing["versions"],
    startedAt: row.started_at as string,
    completed: found && { ...found, at: row.completed_at as string },
  };
}
