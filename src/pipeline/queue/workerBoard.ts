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

/** A worker whose processor gives other embeddings of the reference pictures than that of the first one. */
export interface OtherNumbers {
  readonly name: string;
  readonly first: string;
  /** The smallest over the reference pictures, -1..1; 0 where they do not compare. */
  readonly cosine: number;
}

/** Who has worked for a coordinator, those included that have left. */
export interface WorkersRecord {
  readonly workers: number;
  readonly machines: number;
  /** Whether all gave the same bits for the reference pictures; undefined where fewer than two told. */
  readonly areSameBits: boolean | undefined;
  readonly others: readonly OtherNumbers[];
}

/** Who works, and how fast. */
export interface WorkerBoard {
  /** @param atMs when these signs of life were read */
  update(beats: readonly WorkerBeat[], atMs: number): void;
  lines(): readonly WorkerLine[];
  record(): WorkersRecord;
}

/** What happens to workers. */
export interface WorkerBoardEvents {
  readonly onJoined?: (name: string) => void;
  readonly onLost?: (name: string, id: string) => void;
  readonly onOtherNumbers?: (other: OtherNumbers) => void;
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
  /** Those that are gone, whose last sign of life is still read: a worker that was killed takes it away no more. */
  const gone = new Map<string, number>();
  // Of all that ever came, also of those that have left.
  const names = new Set<string>();
  const others: OtherNumbers[] = [];
  let first: { readonly name: string; readonly reference: string } | undefined;
  let references = 0;
  let areSameBits = true;
  const compare = ({ name, reference }: WorkerBeat) => {
    if (reference === "" || names.has(name)) return;
    references += 1;
    first ??= { name, reference };
    if (first.reference === reference) return;
    areSameBits = false;
    const other = { name, first: first.name, cosine: leastCosine(first.reference, reference) };
    if (other.cosine >= lowestReferenceCosine) return;
    others.push(other);
    events.onOtherNumbers?.(other);
  };
  return {
    update: (beats, atMs) => {
      for (const beat of beats) {
        if (gone.get(beat.id) === beat.beat) continue;
        gone.delete(beat.id);
        const known = seen.get(beat.id);
        if (known === undefined) {
          const rate = startRecentRate();
          rate.add(atMs, beat.embedded);
          seen.set(beat.id, { beat, atMs, rate });
          events.onJoined?.(beat.name);
          compare(beat);
          names.add(beat.name);
        } else if (beat.beat !== known.beat.beat) {
          Object.assign(known, { beat, atMs });
          known.rate.add(atMs, beat.embedded);
        }
      }
      const here = new Set(beats.map(({ id }) => id));
      for (const [id, { beat, atMs: lastMs }] of seen) {
        if (here.has(id) && atMs - lastMs < goneAfterMs) continue;
        seen.delete(id);
        gone.set(id, beat.beat);
        events.onLost?.(beat.name, id);
      }
      for (const id of gone.keys()) if (!here.has(id)) gone.delete(id);
    },
    lines: () =>
      [...seen.values()].map(({ beat: { name, isLocal, embedded, failed }, rate }) => ({
        name,
        isLocal,
        embedded,
        failed,
        imagesPerSecond: rate.perSecond(),
      })),
    record: () => ({
      workers: names.size,
      machines: new Set([...names].map((name) => name.slice(name.indexOf("@") + 1))).size,
      areSameBits: references < 2 ? undefined : areSameBits,
      others,
    }),
  };
}

/** What people are told of such a worker. */
export function otherNumbersSentence({ name, first, cosine }: OtherNumbers): string {
  return `the processor of ${name} gives other embeddings than that of ${first} (cosine ${cosine.toFixed(6)} on a reference picture): results hang on who embeds a picture`;
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
