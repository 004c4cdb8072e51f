import { mkdir, open, readdir, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { isErrorCode } from "../../errorCode.ts";
import { UserError } from "../../errors.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import { removeAbandoned, temporaryPath } from "../../temporaryFile.ts";
import { version } from "../../version.ts";
import { unwritable } from "../unwritable.ts";
import { type ExportedRows, exportedRows } from "./exportedRows.ts";
import type { VectorLayout } from "./vectorSource.ts";
import { writeVectorPart } from "./writeVectorPart.ts";

/** Which embeddings to write, where and how. */
export interface ExportEmbeddingsSpec {
  readonly study: Study;
  readonly run: Run;
  /** A folder that is not there yet, or is empty. */
  readonly folder: string;
  readonly layout: VectorLayout;
  readonly numberType: "float16" | "float32";
  /** Vectors of a part, by default 100,000: 200 MB of 512 numbers. */
  readonly rowsPerPart?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (rows: number, total: number) => void;
}

/** What was written. */
export interface ExportedEmbeddings {
  readonly folder: string;
  readonly vectors: number;
  readonly dim: number;
  readonly parts: number;
  /** Units without a vector, which are left out. */
  readonly failed: number;
}

const usualRowsPerPart = 100_000;

/**
 * Writes the embeddings of a run's units, in their order, in a layout that Python reads and Clipbook imports; units that failed are
 * left out. The folder has its name only when it is complete.
 * @throws UserError for a folder that holds something or cannot be written, and a run without embeddings
 * @throws the signal's reason when aborted
 */
export async function exportEmbeddings(spec: ExportEmbeddingsSpec): Promise<ExportedEmbeddings> {
  const { study, run, layout, numberType, rowsPerPart = usualRowsPerPart, onProgress, signal } = spec;
  const folder = resolve(spec.folder);
  const { classified, failed } = study.runs.counts(run.id);
  if (classified === 0)
    throw new UserError(`run ${run.id} has no embeddings: all of its units failed`, {
      hint: "name another with --run",
    });
  await requireFree(folder, spec.folder);
  const temporary = temporaryPath(dirname(folder));
  try {
    await mkdir(dirname(folder), { recursive: true });
    await removeAbandoned(dirname(folder), Date.now(), "folders");
    await mkdir(temporary);
    const rows = exportedRows(study, run);
    const parts = Math.ceil(classified / rowsPerPart);
    let written = 0;
    let dim = 0;
    const counted = async function* (part: AsyncIterable<ExportedRows>) {
      for await (const some of part) {
        signal?.throwIfAborted();
        dim = some.dim;
        yield some;
        written += some.texts.length;
        onProgress?.(written, classified);
        await nextTurn();
      }
    };
    onProgress?.(0, classified);
    for (let part = 0; part < parts; part++) {
      const count = Math.min(rowsPerPart, classified - part * rowsPerPart);
      await writeVectorPart(temporary, { layout, numberType, part, count }, counted(rows.take(count)));
    }
    await writeEncoder(join(temporary, "encoder.json"), spec, dim, classified, failed);
    await giveName(temporary, folder, spec.folder);
    return { folder: spec.folder, vectors: written, dim, parts, failed };
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (error instanceof UserError || signal?.aborted || !(error instanceof Error && "syscall" in error))
      throw error;
    throw unwritable(spec.folder, error);
  }
}

/** @throws UserError for what is there already */
async function requireFree(folder: string, shown: string): Promise<void> {
  const found = await readdir(folder).catch((cause) => {
    if (isErrorCode(cause, "ENOENT")) return [];
    if (isErrorCode(cause, "ENOTDIR")) return ["itself"];
    throw unwritable(shown, cause);
  });
  if (found.length === 0) return;
  throw new UserError(`${shown}: there is something of that name already, and nothing is replaced`, {
    hint: "name a folder that is empty or not there yet with --output",
  });
}

async function giveName(temporary: string, folder: string, shown: string): Promise<void> {
  // An empty folder would be replaced by rename on some systems only.
  await rmdir(folder).catch((cause) => {
    if (!isErrorCode(cause, "ENOENT")) throw unwritable(shown, cause);
  });
  await rename(temporary, folder);
}

/** What a Python user has to know of the vectors, and what Clipbook is to be told when it imports them. */
async function writeEncoder(
  path: string,
  { study, run, layout, numberType }: ExportEmbeddingsSpec,
  dim: number,
  vectors: number,
  failed: number,
): Promise<void> {
  const encoder = study.embeddings.encoder(run.encoderId);
  const imported = study.imports.maybeOfEncoder(run.encoderId);
  const text = JSON.stringify(
    {
      model: run.modelName,
      repository: run.repository,
      revision: run.revision,
      precision: encoder.precision,
      identity: encoder.identity,
      view: run.view,
      ...(imported !== undefined && { imported: imported.name, believed: imported.origin.believed }),
      ...{ layout, numberType, dim, vectors, failed, run: run.id, clipbookVersion: version },
    },
    undefined,
    2,
  );
  const file = await open(path, "wx");
  await file.writeFile(`${text}\n`);
  await file.sync();
  await file.close();
}
