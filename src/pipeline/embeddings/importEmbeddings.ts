import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename, relative, resolve, sep } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { UserError } from "../../errors.ts";
import type { View } from "../../images/viewGeometry.ts";
import type { Encoder } from "../../model/openEncoder.ts";
import { registeredModels } from "../../model/registry.ts";
import type { EmbeddingImport, ImportOrigin } from "../../store/importStore.ts";
import type { Study } from "../../store/openStudy.ts";
import { version } from "../../version.ts";
import { encoderFiles } from "./encoderFiles.ts";
import { importedPath } from "./importedPath.ts";
import { openVectorSource } from "./openVectorSource.ts";
import { requireImportName } from "./requireImportName.ts";
import { soundVectors } from "./soundVectors.ts";
import type { NamedVectors, VectorSource } from "./vectorSource.ts";

/** What to import, and what to believe of it. */
export interface ImportEmbeddingsSpec {
  readonly study: Study;
  readonly folder: string;
  /** The encoder that the vectors are said to be of. */
  readonly encoder: Encoder;
  /** How that encoder was named: a registered model, or a folder. */
  readonly model: string;
  /** By default the view that the model was trained with. */
  readonly view?: View | undefined;
  /** By default the folder's last name. */
  readonly name?: string | undefined;
  readonly imageColumn?: string | undefined;
  readonly vectorColumn?: string | undefined;
  /** Where the pictures of relative names are, for showing them. */
  readonly imagesFolder?: string | undefined;
  readonly signal?: AbortSignal;
  readonly onProgress?: (rows: number, total: number) => void;
  readonly clock?: () => Date;
}

/** An import that is whole, and how much of it an earlier try that was cut off had stored. */
export interface ImportedEmbeddings {
  readonly imported: EmbeddingImport;
  readonly storedBefore: number;
}

/** Rows that are removed in one transaction. */
const rowsPerRemoval = 8192;

/**
 * Imports embeddings that were made elsewhere. They are stored in bounded transactions, and are there only when all of them are:
 * an import that was cut off goes on when the same one is made again, and is removed by any other.
 * @throws UserError for files that are not in order: nothing of them is there, then
 * @throws the signal's reason when aborted
 */
export async function importEmbeddings(spec: ImportEmbeddingsSpec): Promise<ImportedEmbeddings> {
  const lock = spec.study.lock();
  try {
    return await importLocked(spec);
  } finally {
    lock.release();
  }
}

async function importLocked(spec: ImportEmbeddingsSpec): Promise<ImportedEmbeddings> {
  const { study, folder, encoder, signal, clock = () => new Date() } = spec;
  const view = spec.view ?? encoder.view;
  const name = requireImportName(spec.name ?? basename(resolve(folder)));
  // Where the images of a vector lie decides nothing: a text is embedded to learn how long its vectors are.
  const { dim } = await encoder.embedTexts(["a picture"]);
  await encoder.closeTextTower();
  const { imageColumn, vectorColumn } = spec;
  const source = await openVectorSource(folder, { imageColumn, vectorColumn, dim });
  if (source.count === 0)
    throw new UserError(`${folder}: the files hold no vectors`, {
      hint: "check that they were written to the end",
    });
  const filesDigest = await digestOfFiles(folder, source.files, signal);
  const digest = sha256(
    [
      "clipbook imported image",
      encoder.identity,
      view,
      source.layout,
      source.imageColumn,
      source.vectorColumn ?? "",
      filesDigest,
    ].join("\n"),
  );
  requireNew(study, name, digest);
  const origin = originOf(spec, source, filesDigest);
  const unfinished = await keepOnly(study, name, digest, signal);
  const imported =
    unfinished ?? start(study, spec, { name, digest, view, origin, startedAt: clock().toISOString() });
  const storedBefore = study.imports.count(imported.id);
  try {
    await storeRows(spec, imported, source);
  } catch (error) {
    // The files' fault: the same ones would never go on.
    if (error instanceof UserError && !isStudys(error, study)) await removeImport(study, imported.id);
    throw error;
  }
  study.transaction(() => study.imports.complete(imported.id, clock().toISOString()), { onDisk: true });
  const whole = study.imports.maybeOfEncoder(imported.encoderId) as EmbeddingImport;
  return { imported: whole, storedBefore };
}

function isStudys({ message }: UserError, { databasePath }: Study): boolean {
  return message.startsWith(databasePath);
}

function start(
  study: Study,
  { encoder }: ImportEmbeddingsSpec,
  spec: Omit<EmbeddingImport, "id" | "encoderId" | "completedAt">,
): EmbeddingImport {
  return study.transaction(() => {
    const encoderId = study.embeddings.encoderId({
      identity: sha256(`imported\n${encoder.identity}\n${spec.digest}`),
      family: encoder.family,
      precision: `imported ${spec.origin.numberType}`,
      files: encoderFiles(encoder),
    });
    const id = study.imports.start({ ...spec, encoderId });
    return { ...spec, id, encoderId, completedAt: undefined };
  });
}

async function storeRows(
  spec: ImportEmbeddingsSpec,
  imported: EmbeddingImport,
  source: VectorSource,
): Promise<void> {
  const { study, signal, onProgress } = spec;
  let position = study.imports.count(imported.id);
  let { normalised, zero } = position === 0 ? { normalised: 0, zero: 0 } : imported.origin;
  let room = new Float32Array(0);
  onProgress?.(position, source.count);
  for await (const rows of source.rows(position)) {
    signal?.throwIfAborted();
    if (room.length < rows.vectors.values.length) room = new Float32Array(rows.vectors.values.length);
    const sound = soundVectors(rows.vectors, rows.placeOf, room);
    normalised += sound.normalised;
    zero += sound.zeroRows.size;
    const from = position;
    study.transaction(() => {
      const firstImage = study.imports.addRows(
        imported.id,
        imported.digest,
        from,
        unitsOf(spec, imported, rows, from, sound.zeroRows),
      );
      for (const block of sound.blocks)
        study.embeddings.saveBlock(imported.encoderId, firstImage + block.firstRow, block);
      study.imports.setOrigin(imported.id, { ...imported.origin, normalised, zero });
    });
    position += rows.names.length;
    onProgress?.(position, source.count);
    // Ctrl-C gets its turn.
    await nextTurn();
  }
}

const zeroFailure = {
  code: "zero_vector",
  sentence: "the imported vector is zero: its maker could not read the image",
} as const;

function unitsOf(
  { imagesFolder }: ImportEmbeddingsSpec,
  { digest }: EmbeddingImport,
  { names }: NamedVectors,
  from: number,
  zeroRows: ReadonlySet<number>,
) {
  return {
    units: names.map((name, i) => [importedPath(name, imagesFolder, digest, from + i), name] as const),
    failures: new Map([...zeroRows].map((row) => [row, zeroFailure] as const)),
  };
}

/** Of the imports that were cut off the one that goes on; all others are removed. */
async function keepOnly(
  study: Study,
  name: string,
  digest: string,
  signal: AbortSignal | undefined,
): Promise<EmbeddingImport | undefined> {
  let kept: EmbeddingImport | undefined;
  for (const cut of study.imports.unfinished()) {
    if (cut.name === name && cut.digest === digest) kept = cut;
    else await removeImport(study, cut.id, signal);
  }
  return kept;
}

async function removeImport(study: Study, id: number, signal?: AbortSignal): Promise<void> {
  while (study.transaction(() => study.imports.removeSome(id, rowsPerRemoval))) {
    await nextTurn();
    signal?.throwIfAborted();
  }
}

function requireNew(study: Study, name: string, digest: string): void {
  for (const known of study.imports.list()) {
    if (known.digest === digest) {
      throw new UserError(`these embeddings are in the study already, as "${known.name}"`, {
        hint: `classify them: clipbook classify --imported ${JSON.stringify(known.name)}`,
      });
    }
    if (known.name === name) {
      throw new UserError(
        `the study has other embeddings called "${name}", imported on ${known.startedAt.slice(0, 10)}`,
        {
          hint: "give these another name with --name",
        },
      );
    }
  }
}

function originOf(
  { folder, encoder, model, imagesFolder }: ImportEmbeddingsSpec,
  source: VectorSource,
  filesDigest: string,
): ImportOrigin {
  const isRegistered = registeredModels.some(({ id }) => id === model);
  const { layout, numberType, dim, imageColumn, vectorColumn, files, count } = source;
  return {
    believed: {
      name: encoder.name,
      identity: encoder.identity,
      precision: encoder.precision,
      ...(!isRegistered && { modelFolder: resolve(model) }),
    },
    folder: basename(resolve(folder)),
    layout,
    numberType,
    dim,
    imageColumn,
    vectorColumn,
    imagesFolder: imagesFolder === undefined ? undefined : resolve(imagesFolder),
    filesDigest,
    files: files.length,
    vectors: count,
    normalised: 0,
    zero: 0,
    clipbookVersion: version,
  };
}

/** Over the name and the digest of each file, as they are named below the folder. */
async function digestOfFiles(
  folder: string,
  files: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string> {
  const all = createHash("sha256");
  for (const file of files) {
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
      signal?.throwIfAborted();
      hash.update(chunk as Buffer);
    }
    all.update(`${relative(folder, file).split(sep).join("/")} ${hash.digest("hex")}\n`);
  }
  return all.digest("hex");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
