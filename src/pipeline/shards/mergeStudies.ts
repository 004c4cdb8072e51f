import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../errors.ts";
import type { Indexing } from "../../store/indexingStore.ts";
import { type KeptParts, type MergeSource, openMergeSource } from "../../store/openMergeSource.ts";
import { openStudy, type Study } from "../../store/openStudy.ts";
import { type CopyCounts, copyStudy } from "./copyStudy.ts";
import { type DescribedIndexing, type MergePlan, type PlannedSource, planMerge } from "./planMerge.ts";

/** What to merge, and into what. */
export interface MergeSpec {
  /** Folders of studies. */
  readonly sources: readonly string[];
  /** The study's folder, which is made when it is missing. */
  readonly target: string;
  /** Merges although shards are missing or were cut off. */
  readonly allowMissing?: boolean;
  readonly signal?: AbortSignal;
  /** Called when all is checked, before anything is written. @param images of all sources, for showing progress */
  readonly onPlan?: (plan: MergePlan, images: number) => void;
  /** Called with the target when it is open. */
  readonly onTarget?: (study: Study) => void;
  /** Called after every transaction. @param source index of the study that is being read */
  readonly onProgress?: (source: number, counts: Readonly<CopyCounts>) => void;
}

/** A finished merge. */
export interface Merged extends MergePlan {
  /** Of all sources together. */
  readonly counts: Readonly<CopyCounts>;
  /** Studies that were read. */
  readonly studies: number;
}

/** A source that was looked into. */
interface LookedInto extends PlannedSource {
  readonly identity: string;
  readonly kept: KeptParts;
  readonly images: number;
}

/**
 * Puts studies that were indexed into one: images, files, embeddings and the record of what was indexed. Sources are only
 * read. Nothing is written before all of them are known to fit; what was cut off is gone on with by the same call, and
 * merging again, in any order, gives the same content.
 * @throws UserError for sources that do not make up a whole, cannot be read, or are being written to
 * @throws the signal's reason when aborted; finished transactions are stored
 */
export async function mergeStudies(spec: MergeSpec): Promise<Merged> {
  const { sources, target, allowMissing = false, signal } = spec;
  const looked = lookIntoAll(sources, target);
  const hasTarget = existsSync(join(target, "clipbook.db"));
  const before = hasTarget ? indexingsOfStudy(target) : [];
  const { lists, notes } = planMerge(looked, before, { allowMissing });
  const plan = { lists, notes: [...notes, ...looked.flatMap(keptNote)] };
  spec.onPlan?.(
    plan,
    looked.reduce((sum, { images }) => sum + images, 0),
  );
  signal?.throwIfAborted();
  const study = openStudy(target);
  try {
    spec.onTarget?.(study);
    const lock = study.lock();
    try {
      const counts: CopyCounts = { images: 0, newImages: 0, newEmbeddings: 0, differing: 0, files: 0 };
      for (const [index, source] of looked.entries()) {
        const copied = await mergeOne(source, study, spec, index);
        for (const name of Object.keys(counts) as (keyof CopyCounts)[]) counts[name] += copied[name];
      }
      return { ...plan, counts, studies: looked.length };
    } finally {
      lock.release();
    }
  } finally {
    study.close();
  }
}

async function mergeOne(
  { shown, indexings }: LookedInto,
  study: Study,
  { signal, onProgress }: MergeSpec,
  index: number,
): Promise<CopyCounts> {
  const source = openMergeSource(shown);
  try {
    if (JSON.stringify(describedIndexings(source)) !== JSON.stringify(indexings)) {
      throw new UserError(`${shown}: this study was indexed again meanwhile`, { hint: "merge again" });
    }
    const counts = await copyStudy(source, study, {
      signal,
      onProgress: (copied) => onProgress?.(index, copied),
    });
    // Last: a study that is only partly here is not recorded.
    study.transaction(
      () => {
        for (const { encoder, ...indexing } of indexings) {
          if (indexing.completed === undefined) continue;
          study.indexings.addComplete({ ...indexing, encoderId: study.embeddings.encoderId(encoder) });
        }
      },
      { onDisk: true },
    );
    return counts;
  } finally {
    source.close();
  }
}

/** Each study once, however it was named. @throws UserError when the target is among them */
function lookIntoAll(sources: readonly string[], target: string): readonly LookedInto[] {
  const targetIdentity = maybeIdentity(join(target, "clipbook.db"));
  const looked = new Map<string, LookedInto>();
  for (const shown of sources) {
    if (targetIdentity !== undefined && maybeIdentity(join(shown, "clipbook.db")) === targetIdentity) {
      throw new UserError(`${shown}: this is the study that the others are put into`, {
        hint: "name another one with --study, or leave it out of the sources",
      });
    }
    const source = lookInto(shown);
    if (!looked.has(source.identity)) looked.set(source.identity, source);
  }
  return [...looked.values()];
}

function maybeIdentity(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found && `${found.dev} ${found.ino}`;
}

function lookInto(shown: string): LookedInto {
  const source = openMergeSource(shown);
  try {
    const { identity } = source;
    const indexings = describedIndexings(source);
    return { shown, identity, indexings, kept: source.kept(), images: source.countImages() };
  } finally {
    source.close();
  }
}

function describedIndexings(source: MergeSource): readonly DescribedIndexing[] {
  const encoders = new Map(source.encoders().map(({ id, ...encoder }) => [id, encoder]));
  return source.indexings().map((indexing) => {
    const encoder = encoders.get(indexing.encoderId);
    if (encoder === undefined) throw new RangeError(`${source.shown}: an indexing without its encoder`);
    return { ...indexing, encoder };
  });
}

function indexingsOfStudy(directory: string): readonly DescribedIndexing[] {
  const study = openStudy(directory, { mustExist: true });
  try {
    return study.indexings
      .list()
      .map((indexing: Indexing) => ({ ...indexing, encoder: study.embeddings.encoder(indexing.encoderId) }));
  } finally {
    study.close();
  }
}

function keptNote({ shown, kept }: LookedInto): readonly string[] {
  const parts = Object.entries(kept).filter(([, count]) => count > 0);
  if (parts.length === 0) return [];
  const words = parts.map(([what, count]) => `${count} ${count === 1 ? what.replace(/s$/, "") : what}`);
  const isOne = parts.reduce((sum, [, count]) => sum + count, 0) === 1;
  return [`${shown} has ${words.join(", ")}: not merged, ${isOne ? "it stays" : "they stay"} there`];
}
