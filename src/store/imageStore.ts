import type { DatabaseSync } from "node:sqlite";

/** File content as the study knows it. */
export interface StoredImage {
  readonly id: number;
  readonly sha256: Uint8Array;
  readonly sizeBytes: number;
  readonly format: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Set when the file has faults that leave the picture whole. */
  readonly warning: string | undefined;
}

/** A file's state on disk: when it is unchanged, so is its content. */
export interface FileState {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedNs: bigint;
}

/** What tells whether a known image may be used again. */
export type KnownImage = Pick<StoredImage, "id" | "widthPx" | "heightPx">;

/** The study's images, by content, and the files that showed them. */
export interface ImageStore {
  /** The id of an image with this content, if it is known. */
  maybeIdOf(sha256: Uint8Array): number | undefined;
  /**
   * The image that each unchanged file shows, if the file is known and the image has an embedding by the encoder in the
   * view.
   */
  embeddedOfFiles(
    encoderId: number,
    view: string,
    files: readonly FileState[],
  ): readonly (KnownImage | undefined)[];
  /** Stores an image unless it is known; its id. */
  save(image: Omit<StoredImage, "id">): number;
  saveFile(file: FileState, imageId: number): void;
  /** @throws RangeError for an unknown id */
  get(id: number): StoredImage;
}

/** @throws Error of SQLite */
export function openImageStore(database: DatabaseSync): ImageStore {
  const bySha256 = database.prepare("SELECT id FROM image WHERE sha256 = ?");
  // One statement for many files, and the time as text: nanoseconds are more than a JavaScript number holds.
  const byFiles = database.prepare(`
    SELECT j.key, f.size_bytes, CAST(f.modified_ns AS TEXT), i.id, i.width_px, i.height_px
    FROM json_each(?) AS j JOIN file AS f ON f.path = j.value JOIN image AS i ON i.id = f.image_id
    WHERE EXISTS (SELECT 1 FROM embedding AS e WHERE e.encoder_id = ? AND e.view = ? AND e.image_id = i.id)`);
  byFiles.setReturnArrays(true);
  const byId = database.prepare("SELECT * FROM image WHERE id = ?");
  const insert = database.prepare(`
    INSERT INTO image (sha256, size_bytes, format, width_px, height_px, warning) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (sha256) DO UPDATE SET format = excluded.format
    RETURNING id`);
  const insertFile = database.prepare(`
    INSERT INTO file (path, size_bytes, modified_ns, image_id) VALUES (?, ?, ?, ?)
    ON CONFLICT (path) DO UPDATE SET
      size_bytes = excluded.size_bytes, modified_ns = excluded.modified_ns, image_id = excluded.image_id`);
  return {
    maybeIdOf: (sha256) => (bySha256.get(sha256) as { id: number } | undefined)?.id,
    embeddedOfFiles: (encoderId, view, files) => {
      const found: (KnownImage | undefined)[] = files.map(() => undefined);
      const paths = JSON.stringify(files.map(({ path }) => path.toWellFormed()));
      const rows = byFiles.all(paths, encoderId, view) as unknown as FileRow[];
      for (const [index, sizeBytes, modifiedNs, id, widthPx, heightPx] of rows) {
        const file = files[index];
        if (file?.sizeBytes === sizeBytes && String(file.modifiedNs) === modifiedNs)
          found[index] = { id, widthPx, heightPx };
      }
      return found;
    },
    save: ({ sha256, sizeBytes, format, widthPx, heightPx, warning }) =>
      (insert.get(sha256, sizeBytes, format, widthPx, heightPx, warning ?? null) as { id: number }).id,
    saveFile: ({ path, sizeBytes, modifiedNs }, imageId) => {
      insertFile.run(path, sizeBytes, modifiedNs, imageId);
    },
    get: (id) => {
      const row = byId.get(id);
      if (row === undefined) throw new RangeError(`the study has no image ${id}`);
      return {
        id,
        sha256: row.sha256 as Uint8Array,
        sizeBytes: row.size_bytes as number,
        format: row.format as string,
        widthPx: row.width_px as number,
        heightPx: row.height_px as number,
        warning: (row.warning as string | null) ?? undefined,
      };
    },
  };
}

type FileRow = [
  index: number,
  sizeBytes: number,
  modifiedNs: string,
  id: number,
  widthPx: number,
  heightPx: number,
];
