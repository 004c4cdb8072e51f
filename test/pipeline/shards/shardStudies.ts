import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { chooseUnits } from "../../../src/pipeline/shards/chooseUnits.ts";
import type { EncoderRecord } from "../../../src/store/embeddingStore.ts";
import type { Shard } from "../../../src/store/indexingStore.ts";
import { openStudy } from "../../../src/store/openStudy.ts";
import { encoderRecord } from "../../store/runSpec.ts";

/** How a study's indexing is to be written. */
export interface ShardStudySpec {
  readonly shard?: Shard | undefined;
  readonly encoder?: EncoderRecord;
  readonly modelName?: string;
  readonly view?: string;
  readonly versions?: readonly { readonly name: string; readonly version: string }[];
  /** Writes no end, as after a kill. */
  readonly isCutOff?: boolean;
  /** The content of a key's file; by default the key itself up to a `#`, so that `a#1` and `a#2` are the same picture. */
  readonly contentOf?: (key: string) => string;
  /** Added to the first number of vectors, as another processor may compute them. */
  readonly shift?: number;
  readonly failures?: Readonly<Record<string, number>>;
}

const dim = 8;

/** Writes the study that `clipbook index` would leave of a list of keys or its shard, without pictures and a model. */
export function writeShardStudy(
  directory: string,
  keys: readonly string[],
  spec: ShardStudySpec = {},
): string {
  const { shard, encoder = encoderRecord, view = "center", contentOf = contentOfKey } = spec;
  mkdirSync(directory, { recursive: true });
  const study = openStudy(directory);
  const choice = chooseUnits(shard);
  study.transaction(() => {
    const encoderId = study.embeddings.encoderId(encoder);
    const id = study.indexings.start({
      encoderId,
      view,
      modelName: spec.modelName ?? "tiny",
      inputs: ["pictures"],
      shard,
      versions: spec.versions ?? [{ name: "sharp", version: "1" }],
      startedAt: "2026-01-01T00:00:00.000Z",
    });
    for (const key of keys.filter(choice.wants)) {
      const sha256 = createHash("sha256").update(contentOf(key)).digest();
      const imageId = study.images.save({
        sha256,
        sizeBytes: key.length,
        format: "jpeg",
        widthPx: 4,
        heightPx: 3,
        warning: undefined,
      });
      study.images.saveFile(
        { path: `/pictures/${key}`, sizeBytes: key.length, modifiedNs: 1_700_000_000_123_456_789n },
        imageId,
      );
      study.embeddings.save(encoderId, view, [[imageId, unitVector(sha256, spec.shift)]]);
    }
    study.embeddings.saveTexts(encoderId, [
      [`a phrase of ${shard?.number}`, unitVector(Buffer.alloc(32, 7))],
    ]);
    const found = { ...choice.tallies(), failures: spec.failures ?? {}, ignored: 0 };
    if (!spec.isCutOff) study.indexings.complete(id, found, "2026-01-02T00:00:00.000Z");
  });
  study.close();
  return directory;
}

function contentOfKey(key: string): string {
  return key.split("#")[0] as string;
}

function unitVector(bytes: Uint8Array, shift = 0): Float32Array {
  const values = Array.from({ length: dim }, (_, i) => (bytes[i] as number) + 1 + (i === 0 ? shift : 0));
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / length);
}

/** Everything that merging writes, without the ids, which hang on the order. */
export function contentOfStudy(directory: string) {
  const database = new DatabaseSync(join(directory, "clipbook.db"), { readOnly: true });
  const rows = (sql: string) =>
    database
      .prepare(sql)
      .all()
      .map((row) => JSON.stringify(Object.values(row)))
      .sort();
  const content = {
    images: rows("SELECT hex(sha256), size_bytes, format, width_px, height_px, warning FROM image"),
    files: rows(
      "SELECT path, f.size_bytes, CAST(modified_ns AS TEXT), hex(sha256) FROM file AS f JOIN image AS i ON i.id = f.image_id",
    ),
    embeddings: rows(
      "SELECT n.identity, view, hex(sha256), hex(vector) FROM embedding AS e JOIN image AS i ON i.id = e.image_id JOIN encoder AS n ON n.id = e.encoder_id",
    ),
    texts: rows("SELECT text, hex(vector) FROM text_embedding"),
    indexings: rows(
      "SELECT n.identity, view, model_name, inputs, shard, shards, found, versions, started_at, completed_at FROM indexing JOIN encoder AS n ON n.id = encoder_id",
    ),
  };
  database.close();
  return content;
}

/** A study per shard in `folder`, named after its number. */
export function writeShards(
  folder: string,
  keys: readonly string[],
  of: number,
  spec: ShardStudySpec = {},
): string[] {
  return Array.from({ length: of }, (_, i) =>
    writeShardStudy(join(folder, `shard-${i + 1}`), keys, { ...spec, shard: { number: i + 1, of } }),
  );
}
