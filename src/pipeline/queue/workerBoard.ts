import { embeddingAt } from "../../embeddings.ts";
import type { WorkerBeat } from "../../queue/sessionForm.ts";
import { vectorsFromText } from "../../queue/vectorText.ts";
import { startRecentRate } from "../indexing/recentRate.ts";

/** A worker as people want to see it. */
export interface WorkerLine {
  /** `process@machine`. */
  readonly name: string;
  readonly isLocal: boolean;
  readonly embedded: number;
  readonly failed: number;
  /** Lately; undefined before it can be told. */
  readonly imagesPerSecond: number | undefined;
}

/** Who works, and how fast. */
export interface WorkerBoard {
  /** @param atMs when these signs of life were read */
  update(beats: readonly WorkerBeat[], atMs: number): void;
  lines(): readonly WorkerLine[];
}

/** What happens to workers. */
export interface WorkerBoardEvents {
  readonly onJoined?: (name: string) => void;
  readonly onLost?: (name: string) => void;
  /** Reference pictures that a worker embeds otherwise than the first one did. @param cosine the smallest */
  readonly onOtherNumbers?: (name: string, first: string, cosine: number) => void;
}

/** After so long without a new sign of life a worker counts as gone. */
const goneAfterMs = 15_000;

/** Below this, embeddings of one picture by two processors differ by more than another order of adding up explains. */
export const lowestReferenceCosine = 0.9999;

interface Seen {
  beat: WorkerBeat;
  atMs: number;
  readonly rate: ReturnType<typeof startRecentRate>;
}

/** Nobody is there yet. */
export function openWorkerBoard(events: WorkerBoardEvents = {}): WorkerBoard {
  const seen = new Map<string, Seen>();
  /** Also of those that have left: who leaves and comes again is not new, and keeps its count. */
  let first: { readonly name: string; readonly reference: string } | undefined;
  const compare = ({ name, reference }: WorkerBeat) => {
    if (reference === "") return;
    first ??= { name, reference };
    const cosine = leastCosine(first.reference, reference);
    if (cosine < lowestReferenceCosine) events.onOtherNumbers?.(name, first.name, cosine);
  };
  return {
    update: (beats, atMs) => {
      for (const beat of beats) {
        const known = seen.get(beat.id);
        if (known === undefined) {
          const rate = startRecentRate();
          rate.add(atMs, beat.embedded);
          seen.set(beat.id, { beat, atMs, rate });
          events.onJoined?.(beat.name);
          compare(beat);
        } else if (beat.beat !== known.beat.beat) {
          Object.assign(known, { beat, atMs });
          known.rate.add(atMs, beat.embedded);
        }
      }
      const here = new Set(beats.map(({ id }) => id));
      for (const [id, { beat, atMs: lastMs }] of seen) {
        if (here.has(id) && atMs - lastMs < goneAfterMs) continue;
        seen.delete(id);
        events.onLost?.(beat.name);
      }
    },
    lines: () =>
      [...seen.values()].map(({ beat: { name, isLocal, embedded, failed }, rate }) => ({
        name,
        isLocal,
        embedded,
        failed,
        imagesPerSecond: rate.perSecond(),
      })),
  };
}

/** The smallest cosine of a picture's two embeddings; 0 where they do not compare. */
function leastCosine(one: string, other: string): number {
  const count = referenceCount;
  try {
    const [a, b] = [vectorsFromText(one, count), vectorsFromText(other, count)];
    if (a.dim !== b.dim) return 0;
    let least = 1;
    for (let row = 0; row < count; row++) {
      const [x, y] = [embeddingAt(a, row), embeddingAt(b, row)];
      least = Math.min(
        least,
        x.reduce((sum, value, i) => sum + value * (y[i] as number), 0),
      );
    }
    return least;
  } catch (error) {
    if (error instanceof RangeError) return 0;
    throw error;
  }
}

/** As many as the self-test has pictures. */
const referenceCount = 6;
