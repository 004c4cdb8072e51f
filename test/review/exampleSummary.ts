import type { QueueSpec } from "../../src/review/queueSpec.ts";
import type { ReviewSummary } from "../../src/review/reviewSummary.ts";
import { stratifiedShare } from "../../src/stats/stratifiedShare.ts";
import { wilsonInterval } from "../../src/stats/wilsonInterval.ts";

/** What a test may set of a review's summary. */
export interface ExampleSummarySpec {
  /** Of each category: how many images, and of them how many right and wrong. */
  readonly categories: readonly (readonly [images: number, right: number, wrong: number])[];
  readonly names?: readonly string[];
  readonly queue?: QueueSpec | undefined;
  readonly unsure?: number;
  readonly skipped?: number;
}

/** A summary as `summariseReview` makes it, from counts. */
export function exampleSummary(spec: ExampleSummarySpec): ReviewSummary {
  const { queue, unsure = 0, skipped = 0 } = spec;
  const isRandom = queue?.kind !== "uncertain";
  const categories = spec.categories.map(([images, right, wrong], index) => ({
    name: spec.names?.[index] ?? `Category ${index}`,
    images,
    target: Math.min(12, images),
    right,
    wrong,
    unsure: index === 0 ? unsure : 0,
    skipped: index === 0 ? skipped : 0,
    share: right + wrong === 0 ? undefined : right / (right + wrong),
    interval: right + wrong === images || !isRandom ? undefined : wilsonInterval(right, right + wrong),
    isWhole: right + wrong > 0 && right + wrong === images,
    corrections: [],
  }));
  const scope = categories.filter((_, index) => queue?.category === undefined || index === queue.category);
  const sum = (value: (category: (typeof categories)[number]) => number) =>
    categories.reduce((total, category) => total + value(category), 0);
  return {
    queue,
    reviewer: undefined,
    images: sum(({ images }) => images),
    target: sum(({ target }) => target),
    right: sum(({ right }) => right),
    wrong: sum(({ wrong }) => wrong),
    unsure,
    skipped,
    categories,
    estimate: isRandom
      ? stratifiedShare(
          scope.map(({ images, right, wrong }) => ({
            size: images,
            judged: right + wrong,
            successes: right,
          })),
        )
      : undefined,
    judgedByMany: 0,
    differing: 0,
  };
}
