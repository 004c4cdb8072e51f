import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { type EmbeddingStore, openEmbeddingStore } from "./embeddingStore.ts";
import { type ImageStore, openImageStore } from "./imageStore.ts";
import { explained, inTransaction, type OpenOptions, openDatabase } from "./openDatabase.ts";
import { openRunStore, type RunStore } from "./runStore.ts";

/** A study: a folder whose `clipbook.db` holds everything computed or judged. Close it when done. */
export interface Study {
  readonly directory: string;
  readonly databasePath: string;
  readonly images: ImageStore;
  readonly embeddings: EmbeddingStore;
  readonly runs: RunStore;
  /** Runs `work` in one transaction: all of it is stored, or nothing. @throws UserError disk full, held, read-only */
  transaction<T>(work: () => T): T;
  close(): void;
}

/**
 * Opens the study in a folder; the folder and its database are made when they are missing.
 * @throws UserError when the folder cannot be made or written, or holds no study or a later version's
 */
export function openStudy(directory: string, options: OpenOptions = {}): Study {
  if (!options.mustExist) {
    try {
      mkdirSync(directory, { recursive: true });
    } catch (cause) {
      throw new UserError(`${directory}: the study's folder cannot be made`, {
        hint: "choose another with --study DIR",
        cause,
      });
    }
  }
  const databasePath = join(directory, "clipbook.db");
  const database = openDatabase(databasePath, options);
  return {
    directory,
    databasePath,
    images: openImageStore(database),
    embeddings: openEmbeddingStore(database),
    runs: openRunStore(database),
    transaction: (work) => {
      try {
        return inTransaction(database, work);
      } catch (error) {
        throw explained(error, databasePath);
      }
    },
    close: () => database.close(),
  };
}
