import type { QueueSpec } from "../../review/queueSpec.ts";
import { sampleWithoutReplacement, seededRandom } from "../../seededRandom.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import { drawPositions } from "../drawPositions.ts";

/** The order of a random queue has a stream of its own, apart from those of the drawing. */
const orderStream = 500_009;

/**
 * The positions of a run that a review goes through, no image twice: a function of the run and the spec alone, and a greater `n` only
 * adds to its end. A random queue has one picture of each category after the other, in an order that is drawn anew each time: the
 * reviewer cannot get used to a category, and whoever stops early has seen as many of each.
 * @throws RangeError for a category that the run's codebook does not have
 */
export function drawReviewQueue(
  study: Study,
  run: Pick<Run, "id" | "codebook">,
  spec: QueueSpec,
): readonly number[] {
  const categories = run.codebook.categories.length;
  const { kind, n, seed, category } = spec;
  if (category !== undefined && !(Number.isInteger(category) && category >= 0 && category < categories))
    throw new RangeError(`there is no category ${category}`);
  if (kind === "uncertain") return study.runs.closestPositions(run.id, n, category);
  if (category !== undefined) return drawPositions(study, run.id, category, n, seed);
  const drawn = Array.from({ length: categories }, (_, c) => drawPositions(study, run.id, c, n, seed));
  const random = seededRandom((seed + orderStream) % Number.MAX_SAFE_INTEGER);
  const all = drawn.map((_, c) => c);
  const longest = Math.max(0, ...drawn.map(({ length }) => length));
  return Array.from({ length: longest }, (_, round) =>
    // All of them are shuffled each time, so that the order of a round does not depend on what is drawn before it.
    sampleWithoutReplacement(all, categories, random).flatMap((c) => drawn[c]?.[round] ?? []),
  ).flat();
}

/** Queues of a study's runs, which never change: the last ones are kept. */
export interface ReviewQueues {
  /** Positions, as `drawReviewQueue`. @throws RangeError for a category that the run's codebook does not have */
  of(run: Pick<Run, "id" | "codebook">, spec: QueueSpec): readonly number[];
  /** How many different images each category of the run has. */
  sizesOf(run: Pick<Run, "id" | "codebook">): readonly number[];
}

const keptAnswers = 32;

/** Keeps what was asked for last: in a large run it takes a while to count and to draw. */
export function openReviewQueues(study: Study): ReviewQueues {
  const kept = new Map<string, readonly number[]>();
  const keep = (key: string, compute: () => readonly number[]) => {
    const answer = kept.get(key) ?? compute();
    kept.delete(key);
    kept.set(key, answer);
    for (const oldest of kept.keys()) {
      if (kept.size <= keptAnswers) break;
      kept.delete(oldest);
    }
    return answer;
  };
  return {
    of: (run, spec) =>
      keep(JSON.stringify([run.id, spec.kind, spec.n, spec.seed, spec.category]), () =>
        drawReviewQueue(study, run, spec),
      ),
    sizesOf: (run) =>
      keep(JSON.stringify([run.id]), () => {
        const counts = new Map(study.runs.distinctCounts(run.id).map(({ index, count }) => [index, count]));
        return run.codebook.categories.map((_, index) => counts.get(index) ?? 0);
      }),
  };
}
