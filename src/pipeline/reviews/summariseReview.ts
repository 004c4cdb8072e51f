import { isSameSample, type QueueSpec } from "../../review/queueSpec.ts";
import type { CategoryReview, Judgement, ReviewSummary } from "../../review/reviewSummary.ts";
import { stratifiedShare } from "../../stats/stratifiedShare.ts";
import { wilsonInterval } from "../../stats/wilsonInterval.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Verdict } from "../../store/reviewStore.ts";
import type { Run } from "../../store/runStore.ts";
import { openReviewQueues, type ReviewQueues } from "./reviewQueue.ts";

/** Whose verdicts on which pictures are summarised. */
export interface ReviewSummarySpec {
  /** undefined: every random sample that was reviewed in the run, taken together. */
  readonly queue?: QueueSpec | undefined;
  /** undefined: whoever judged last. */
  readonly reviewer?: string | undefined;
  /** Where queues are kept. */
  readonly queues?: ReviewQueues | undefined;
}

/** What counts of one unit. */
export interface UnitJudgement {
  readonly judgement: Judgement;
  readonly correctCategory: string | undefined;
  /** Reviewers who said right, wrong or unsure, and how many different things they said. */
  readonly judges: number;
  readonly answers: number;
}

/**
 * What a review of a run comes to: per category and, for pictures that were drawn at random, an estimate for all images. A random
 * queue counts as far as the reviewer has come, and not what was judged in another queue further on: those were not
 * drawn at random. A unit that one reviewer skipped and another judged is judged.
 * @throws RangeError for a category that the run's codebook does not have
 */
export function summariseReview(study: Study, run: Run, spec: ReviewSummarySpec = {}): ReviewSummary {
  const { queue, reviewer, queues = openReviewQueues(study) } = spec;
  const verdicts = byPosition(study.reviews.newest(run.id, reviewer));
  const judgements = judgementsOf(verdicts);
  const samples = queue === undefined ? reviewedSamples([...verdicts.values()].flat()) : [queue];
  const isRandom = samples.every(({ kind }) => kind === "random");
  const inQueue = new Set<number>();
  const counted = new Set<number>();
  for (const sample of samples) {
    const positions = queues.of(run, sample);
    for (const position of positions) inQueue.add(position);
    const reached = isRandom ? reachOf(positions, sample, verdicts, judgements) : positions.length;
    for (const position of positions.slice(0, reached)) counted.add(position);
  }
  const sizes = queues.sizesOf(run);
  const categories = categoryReviews(study, run, { inQueue, counted, judgements, isRandom, sizes });
  const only = queue?.category === undefined ? undefined : categories[queue.category];
  const strata = (only === undefined ? categories : [only]).map(({ images, right, wrong }) => ({
    size: images,
    judged: right + wrong,
    successes: right,
  }));
  const countedJudgements = [...counted].flatMap((position) => judgements.get(position) ?? []);
  const total = (key: Judgement) => categories.reduce((sum, category) => sum + category[key], 0);
  return {
    queue,
    reviewer,
    images: categories.reduce((sum, { images }) => sum + images, 0),
    target: inQueue.size,
    right: total("right"),
    wrong: total("wrong"),
    unsure: total("unsure"),
    skipped: total("skipped"),
    categories,
    estimate: isRandom ? stratifiedShare(strata) : undefined,
    judgedByMany: countedJudgements.filter(({ judges }) => judges > 1).length,
    differing: countedJudgements.filter(({ answers }) => answers > 1).length,
  };
}

/** What counts of each unit of a run on which anybody's verdict stands, by position. */
export function unitJudgements(study: Study, runId: number): ReadonlyMap<number, UnitJudgement> {
  return judgementsOf(byPosition(study.reviews.newest(runId)));
}

function judgementsOf(verdicts: ReadonlyMap<number, readonly Verdict[]>): ReadonlyMap<number, UnitJudgement> {
  const judgements = new Map<number, UnitJudgement>();
  for (const [position, rows] of verdicts) {
    const judged = maybeJudgement(rows);
    if (judged !== undefined) judgements.set(position, judged);
  }
  return judgements;
}

function byPosition(verdicts: readonly Verdict[]): ReadonlyMap<number, readonly Verdict[]> {
  const found = new Map<number, Verdict[]>();
  for (const verdict of verdicts) {
    const rows = found.get(verdict.position);
    if (rows === undefined) found.set(verdict.position, [verdict]);
    else rows.push(verdict);
  }
  return found;
}

/** Of the newest verdicts of all reviewers on one unit, by id: the last one that says something, else the last skip. */
function maybeJudgement(rows: readonly Verdict[]): UnitJudgement | undefined {
  const judged = rows.filter(({ verdict }) => verdict !== "withdrawn" && verdict !== "skipped");
  const last = judged.at(-1) ?? rows.findLast(({ verdict }) => verdict === "skipped");
  if (last === undefined) return undefined;
  return {
    judgement: last.verdict as Judgement,
    correctCategory: last.correctCategory,
    judges: judged.length,
    answers: new Set(judged.map(({ verdict }) => verdict)).size,
  };
}

/** The random samples that verdicts were given in: of those that begin with each other the largest. */
function reviewedSamples(verdicts: readonly Verdict[]): readonly QueueSpec[] {
  const samples: QueueSpec[] = [];
  for (const text of new Set(verdicts.map(({ queue }) => queue))) {
    const spec = JSON.parse(text) as QueueSpec;
    if (spec.kind !== "random") continue;
    const known = samples.findIndex((sample) => isSameSample(sample, spec));
    if (known === -1) samples.push(spec);
    else if ((samples[known] as QueueSpec).n < spec.n) samples[known] = spec;
  }
  return samples;
}

/**
 * How many pictures of a random queue its reviewers have come past: up to the last one that was judged in it, also where an earlier
 * one was taken back since; all of them where none is without a verdict.
 */
function reachOf(
  positions: readonly number[],
  sample: QueueSpec,
  verdicts: ReadonlyMap<number, readonly Verdict[]>,
  judgements: ReadonlyMap<number, UnitJudgement>,
): number {
  const isOfSample = new Map<string, boolean>();
  const judgedInIt = ({ queue }: Verdict) => {
    const known = isOfSample.get(queue) ?? isSameSample(JSON.parse(queue) as QueueSpec, sample);
    isOfSample.set(queue, known);
    return known;
  };
  if (positions.every((position) => judgements.has(position))) return positions.length;
  return 1 + positions.findLastIndex((position) => verdicts.get(position)?.some(judgedInIt));
}

function categoryReviews(
  study: Study,
  run: Run,
  found: {
    readonly inQueue: ReadonlySet<number>;
    readonly counted: ReadonlySet<number>;
    readonly judgements: ReadonlyMap<number, UnitJudgement>;
    readonly isRandom: boolean;
    readonly sizes: readonly number[];
  },
): readonly CategoryReview[] {
  const names = run.codebook.categories.map(({ name }) => name);
  const tallies = names.map(() => ({
    target: 0,
    counts: { right: 0, wrong: 0, unsure: 0, skipped: 0 },
    corrections: new Map<number, number>(),
  }));
  for (const { position, category } of study.reviews.units(run.id, [...found.inQueue])) {
    const tally = tallies[category] as (typeof tallies)[number];
    tally.target += 1;
    const judged = found.counted.has(position) ? found.judgements.get(position) : undefined;
    if (judged === undefined) continue;
    tally.counts[judged.judgement] += 1;
    const correct = judged.correctCategory === undefined ? -1 : names.indexOf(judged.correctCategory);
    if (correct !== -1) tally.corrections.set(correct, (tally.corrections.get(correct) ?? 0) + 1);
  }
  return tallies.map(({ target, counts, corrections }, index) => {
    const judged = counts.right + counts.wrong;
    const size = found.sizes[index] as number;
    const isWhole = judged > 0 && judged === size;
    return {
      name: names[index] as string,
      images: size,
      target,
      ...counts,
      share: judged === 0 ? undefined : counts.right / judged,
      interval: isWhole || !found.isRandom ? undefined : wilsonInterval(counts.right, judged),
      isWhole,
      corrections: [...corrections]
        .map(([category, count]) => ({ category, count }))
        .sort((a, b) => b.count - a.count || a.category - b.category),
    };
  });
}
