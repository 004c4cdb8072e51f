import { realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { isErrorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";
import { makeFolder } from "../makeFolder.ts";
import { type CodebookVersionStore, openCodebookVersions } from "./codebookVersions.ts";
import { type CodingStore, openCodingStore } from "./codingStore.ts";
import { type EmbeddingStore, openEmbeddingStore } from "./embeddingStore.ts";
import { fileSystemType } from "./fileSystemType.ts";
import { type ImageStore, openImageStore } from "./imageStore.ts";
import { type ImportStore, openImportStore } from "./importStore.ts";
import { type IndexingStore, openIndexingStore } from "./indexingStore.ts";
import { inTransaction, type TransactionOptions } from "./inTransaction.ts";
import { maybeSharedDisk } from "./journalMode.ts";
import { lockStudy, type StudyLock } from "./lockStudy.ts";
import { type MergeStore, openMergeStore } from "./mergeStore.ts";
import { explained, type OpenOptions, openDatabase } from "./openDatabase.ts";
import { openReviewStore, type ReviewStore } from "./reviewStore.ts";
import { openRunAnswers, type RunAnswersStore } from "./runAnswers.ts";
import { openRunStore, type RunStore } from "./runStore.ts";
import { openSampleStore, type SampleStore } from "./sampleStore.ts";
import { openUnitStore, type UnitStore } from "./unitStore.ts";

/** A study: a folder whose `clipbook.db` holds everything computed or judged. Close it when done. */
export interface Study {
  readonly directory: string;
  readonly databasePath: string;
  /** The kind of disk, such as "NFS", where other machines can write to it at the same time; undefined for a disk of this machine. */
  readonly sharedDisk: string | undefined;
  readonly images: ImageStore;
  readonly embeddings: EmbeddingStore;
  readonly imports: ImportStore;
  readonly runs: RunStore;
  readonly answers: RunAnswersStore;
  readonly units: UnitStore;
  readonly codebookVersions: CodebookVersionStore;
  readonly reviews: ReviewStore;
  readonly samples: SampleStore;
  readonly codings: CodingStore;
  readonly indexings: IndexingStore;
  readonly merging: MergeStore;
  /**
   * Runs `work` in one transaction: all of it is stored, or nothing. What is stored outlives the process; with `onDisk` also a
   * power cut. @throws UserError disk full, held, read-only
   */
  transaction<T>(work: () => T, options?: TransactionOptions): T;
  /**
   * Holds the study for one run.
   * @param waitMs how long to wait for another one, by default two seconds; nothing else in this process goes on meanwhile
   * @throws UserError when another run holds it, in this process or another
   */
  lock(waitMs?: number): StudyLock;
  /** @throws UserError when the database's file is not the one any more that was opened, or cannot be reached */
  requireInPlace(): void;
  close(): void;
}

/**
 * Opens the study in a folder; the folder and its database are made when they are missing.
 * @throws UserError when the folder cannot be made or written, or holds no study or a later version's
 */
export function openStudy(directory: string, options: OpenOptions = {}): Study {
  if (!options.mustExist) {
    try {
      makeFolder(directory);
    } catch (cause) {
      throw new UserError(`${directory}: the study's folder cannot be made`, {
        hint: "choose another with --study DIR",
        cause,
      });
    }
  }
  const databasePath = join(directory, "clipbook.db");
  const fsType = options.fsType ?? fileSystemType(databasePath);
  const database = openDatabase(databasePath, { ...options, fsType });
  const opened = maybeIdentity(databasePath);
  const requireInPlace = () => {
    if (maybeIdentity(databasePath) === opened) return;
    throw new UserError(
      `${databasePath}: the study's database was moved away, removed or replaced meanwhile`,
      {
        hint: "put it back and try again, or start Clipbook anew: what was stored since is lost",
      },
    );
  };
  const runs = explaining(openRunStore(database), databasePath);
  return {
    directory,
    databasePath,
    sharedDisk: maybeSharedDisk(fsType),
    images: explaining(openImageStore(database), databasePath),
    embeddings: explaining(openEmbeddingStore(database), databasePath),
    imports: explaining(openImportStore(database), databasePath),
    runs,
    answers: explaining(openRunAnswers(database), databasePath),
    units: explaining(openUnitStore(database), databasePath),
    codebookVersions: explaining(openCodebookVersions(database), databasePath),
    reviews: explaining(openReviewStore(database), databasePath),
    samples: explaining(openSampleStore(database), databasePath),
    codings: explaining(openCodingStore(database), databasePath),
    indexings: explaining(openIndexingStore(database), databasePath),
    merging: explaining(openMergeStore(database), databasePath),
    transaction: (work, options) => {
      // SQLite would go on in a file that has no name any more.
      requireInPlace();
      try {
        return inTransaction(database, work, options);
      } catch (error) {
        throw explained(error, databasePath);
      }
    },
    // Beside the database itself, wherever a link to it lies.
    lock: (waitMs) => {
      requireInPlace();
      return lockStudy(dirname(realpathSync(databasePath)), directory, waitMs);
    },
    requireInPlace,
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}

/** What tells one file from another that has its name; undefined for none. @throws UserError when its folder may not be read */
function maybeIdentity(path: string): string | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false, bigint: true });
    return found && `${found.dev} ${found.ino}`;
  } catch (cause) {
    if (!isErrorCode(cause, "EACCES", "EPERM", "ELOOP", "ENOTDIR", "EIO", "ESTALE", "ENOTCONN")) throw cause;
    throw new UserError(`${path}: the study's database cannot be reached any more`, {
      hint: "check the folder's rights and that its disk is there, then try again",
      cause,
    });
  }
}

/** The same store, whose SQLite errors say what the user can do. */
function explaining<Store extends object>(store: Store, path: string): Store {
  const methods = Object.entries(store).map(([name, method]) => [
    name,
    (...args: unknown[]) => {
      try {
        const answer = method(...args);
        return isGenerator(answer) ? explainedRows(answer, path) : answer;
      } catch (error) {
        throw explained(error, path);
      }
    },
  ]);
  return Object.fromEntries(methods) as Store;
}

function isGenerator(answer: unknown): answer is Generator {
  return typeof answer === "object" && answer !== null && "next" in answer && Symbol.iterator in answer;
}

/** Rows come one by one, long after the call that began to read them, and each can fail. */
function* explainedRows(rows: Generator, path: string): Generator {
  try {
    yield* rows;
  } catch (error) {
    throw explained(error, path);
  }
}
