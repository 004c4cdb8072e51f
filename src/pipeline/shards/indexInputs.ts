import { UserError } from "../../errors.ts";
import type { Decoders } from "../../images/decoding/openDecoders.ts";
import type { IgnoredFile } from "../../images/unit.ts";
import type { View } from "../../images/viewGeometry.ts";
import type { Encoder } from "../../model/openEncoder.ts";
import type { Indexing, IndexingFound, Shard } from "../../store/indexingStore.ts";
import type { Study } from "../../store/openStudy.ts";
import { encoderRecord, noUnits } from "../classifyUnits.ts";
import { type IndexProgress, indexImages } from "../indexImages.ts";
import type { Inputs } from "../openInputs.ts";
import { usedVersions } from "../usedVersions.ts";
import { chooseUnits } from "./chooseUnits.ts";

/** What to index, with what. */
export interface IndexInputsSpec {
  readonly study: Study;
  readonly encoder: Encoder;
  readonly inputs: Inputs;
  /** The part of the list to embed; all of it when absent. */
  readonly shard?: Shard | undefined;
  /** By default the view that the model was trained with. */
  readonly view?: View;
  readonly batchSize?: number;
  readonly maxPixels?: number;
  /** By default the process's own. */
  readonly decoders?: Decoders;
  /** How long to wait for another process that holds the study, with the whole thread. */
  readonly lockWaitMs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: IndexProgress) => void;
  readonly onIgnored?: (file: IgnoredFile) => void;
  /** Called for each unit that has no embedding, in order. */
  readonly onFailure?: (unit: string, failure: { readonly code: string; readonly sentence: string }) => void;
  readonly clock?: () => Date;
}

/** A finished indexing. */
export interface Indexed {
  readonly found: IndexingFound;
  readonly progress: IndexProgress;
}

/**
 * Embeds the pictures of a list, or of one shard of it, without a codebook, and notes in the study which list and which
 * part that was. One that was cut off is not noted as complete; the same call goes on with it.
 * @throws UserError for inputs without pictures, a study with shards of another division, or one that another process
 *   writes to
 * @throws RangeError for a shard that does not exist
 * @throws the signal's reason when aborted; finished batches are stored
 */
export async function indexInputs(spec: IndexInputsSpec): Promise<Indexed> {
  const choice = chooseUnits(spec.shard);
  const lock = spec.study.lock(spec.lockWaitMs);
  try {
    return await indexLocked(spec, choice);
  } finally {
    lock.release();
  }
}

async function indexLocked(spec: IndexInputsSpec, choice: ReturnType<typeof chooseUnits>): Promise<Indexed> {
  const { study, encoder, inputs, shard, view = encoder.view, signal, clock = () => new Date() } = spec;
  const encoderId = study.transaction(() => study.embeddings.encoderId(encoderRecord(encoder)));
  requireOneDivision(study, { encoderId, view, shard });
  const id = study.transaction(() =>
    study.indexings.start({
      encoderId,
      view,
      modelName: encoder.name,
      inputs: inputs.names,
      shard,
      versions: usedVersions(),
      startedAt: clock().toISOString(),
    }),
  );
  const failures = new Map<string, number>();
  const progress = await indexImages(study, encoder, inputs.units(signal, choice.wants), {
    ...spec,
    now: () => clock().getTime(),
    encoderId,
    view,
    onUnits: (units) => {
      for (const [{ name, rowNumber }, outcome] of units) {
        if (!("failure" in outcome)) continue;
        const { failure } = outcome;
        failures.set(failure.code, (failures.get(failure.code) ?? 0) + 1);
        spec.onFailure?.(name === "" ? `row ${rowNumber}` : name, failure);
      }
    },
  });
  const tallies = choice.tallies();
  if (tallies.list.units === 0) throw noUnits(inputs, progress.ignored);
  const found = { ...tallies, failures: Object.fromEntries([...failures].sort()), ignored: progress.ignored };
  study.transaction(() => study.indexings.complete(id, found, clock().toISOString()), { onDisk: true });
  return { found, progress };
}

/** Shards of two divisions in one study would be told apart by nobody who merges it. */
function requireOneDivision(
  study: Study,
  { encoderId, view, shard }: Pick<Indexing, "encoderId" | "view" | "shard">,
): void {
  if (shard === undefined) return;
  const other = study.indexings
    .list()
    .find(
      (before) =>
        before.completed !== undefined &&
        before.encoderId === encoderId &&
        before.view === view &&
        before.shard !== undefined &&
        before.shard.of !== shard.of,
    )?.shard;
  if (other === undefined) return;
  throw new UserError(
    `${study.directory}: this study has shard ${other.number} of ${other.of}, and shard ${shard.number} of ${shard.of} is of another division`,
    {
      hint: "divide a list into the same number of shards everywhere, or use another folder with --study DIR",
    },
  );
}
