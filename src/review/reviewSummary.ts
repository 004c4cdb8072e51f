import type { StratifiedShare } from "../stats/stratifiedShare.ts";
import type { Interval } from "../stats/wilsonInterval.ts";
import type { QueueSpec } from "./queueSpec.ts";

/** What a reviewer may say of a prediction; `skipped` says nothing yet. */
export type Judgement = "right" | "wrong" | "unsure" | "skipped";

/** How many images got which judgement. */
export type JudgementCounts = Readonly<Record<Judgement, number>>;

/** What was said of one category's images. */
export interface CategoryReview extends JudgementCounts {
  readonly name: string;
  /** Different images that the run sorted here. */
  readonly images: number;
  /** Of them in the queue. */
  readonly target: number;
  /** Right ones of right and wrong ones, 0..1; undefined where there are neither. */
  readonly share: number | undefined;
  /** Wilson's, 95%; undefined also where all of the category was judged, and where the pictures were not drawn at random. */
  readonly interval: Interval | undefined;
  /** All of the category's images were judged right or wrong. */
  readonly isWhole: boolean;
  /** Where the wrong ones belong, as far as it was said: index of a category, the most frequent first. */
  readonly corrections: readonly { readonly category: number; readonly count: number }[];
}

/** What a review of a run comes to. */
export interface ReviewSummary extends JudgementCounts {
  /** undefined: every random sample that was reviewed in the run, taken together. */
  readonly queue: QueueSpec | undefined;
  /** undefined: whoever judged last. */
  readonly reviewer: string | undefined;
  /** Different images that the run classified. */
  readonly images: number;
  /** Of the queue. */
  readonly target: number;
  /** In the codebook's order. */
  readonly categories: readonly CategoryReview[];
  /**
   * The share right of all images (or of the queue's only category), categories weighted by their size; undefined before the first
   * judgement, and where the pictures were not drawn at random.
   */
  readonly estimate: StratifiedShare | undefined;
  /** Images that several reviewers judged, and of them those on which they differ. */
  readonly judgedByMany: number;
  readonly differing: number;
}
