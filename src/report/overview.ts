import type { Codebook } from "../codebook/codebook.ts";
import type { Judgement, ReviewSummary } from "../review/reviewSummary.ts";

/** Everything the overview page shows, as plain data: `renderOverview` reads nothing else. */
export interface Overview {
  readonly title: string;
  /** ISO 8601 with the user's own offset: the page prints its calendar day as written. */
  readonly writtenAt: string;
  readonly codebook: Codebook;
  readonly counts: OverviewCounts;
  /** In the codebook's order, categories without an image included. */
  readonly categories: readonly OverviewCategory[];
  /** The whole study's smallest margins, smallest first. */
  readonly lookHereFirst: readonly OverviewImage[];
  /** May be fewer than `counts.failed`; the page says so. */
  readonly failures: readonly OverviewFailure[];
  /** Classified units with something odd about their files; may be fewer than `counts.warned`. */
  readonly warnings?: readonly OverviewWarning[] | undefined;
  readonly failuresByCode: readonly { readonly code: string; readonly count: number }[];
  readonly sampling: OverviewSampling;
  readonly scoring: "max" | "sum" | "mean";
  readonly probabilityKind: "softmax" | "sigmoid";
  readonly settings: readonly { readonly label: string; readonly value: string }[];
  /** What has to be known of the model before anything else on the page is believed. */
  readonly aboutTheModel?: string | undefined;
  readonly versions: readonly { readonly name: string; readonly version: string }[];
  /** undefined where nobody has judged anything. */
  readonly review?: OverviewReview | undefined;
  /** The command that makes this page again. */
  readonly reproduce: string;
}

/** What reviewers said of the run's predictions. */
export interface OverviewReview {
  /** Of every random sample that was reviewed. */
  readonly summary: ReviewSummary;
  /** Judged besides these, because they were the most uncertain ones. */
  readonly notDrawn: Readonly<Record<Exclude<Judgement, "skipped">, number>>;
  readonly reviewers: number;
}

/** How many units there were and what became of them. */
export interface OverviewCounts {
  /** `classified + failed`. */
  readonly units: number;
  /** Distinct images among the classified units; fewer than these when some show the same image. */
  readonly images: number;
  readonly classified: number;
  readonly failed: number;
  /** Units that were classified although something about their file was odd. */
  readonly warned: number;
  /** Files in the input folders that are no pictures. */
  readonly ignoredFiles: number;
}

/** One category with its share, its phrases and its sampled images. */
export interface OverviewCategory {
  readonly name: string;
  readonly description?: string | undefined;
  readonly residual: boolean;
  /** Units sorted here. */
  readonly count: number;
  /** 0..1 of the classified units; undefined when none was classified. */
  readonly share: number | undefined;
  /** 0..1, over the units sorted here; undefined when there are none. */
  readonly meanProbability: number | undefined;
  /** In the codebook's order; `wins` adds up to `count`. */
  readonly phrases: readonly { readonly text: string; readonly wins: number }[];
  readonly samples: readonly OverviewImage[];
}

/** One classified unit as a card. */
export interface OverviewImage {
  readonly name: string;
  /** undefined when the file can no longer be read. */
  readonly thumbnail: Thumbnail | undefined;
  /** The embedding was made elsewhere, and there is no file on this machine. */
  readonly isAway?: boolean;
  readonly category: string;
  /** The category's best phrase. */
  readonly phrase: string;
  /** 0..1 */
  readonly probability: number;
  /** The best of the other categories; undefined in a codebook of one category. */
  readonly runnerUp:
    | { readonly category: string; readonly phrase: string; readonly probability: number }
    | undefined;
  /** Probability minus the runner-up's, 0..1. */
  readonly margin: number | undefined;
  /** What was said of it last; undefined where it was not judged. */
  readonly verdict?:
    | { readonly judgement: Exclude<Judgement, "skipped">; readonly correctCategory?: string | undefined }
    | undefined;
}

/** A small picture, upright, with its aspect ratio kept. */
export interface Thumbnail {
  readonly mimeType: "image/avif" | "image/jpeg" | "image/png" | "image/webp";
  readonly base64: string;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A unit without a result, with the code and sentence of the results table. */
export interface OverviewFailure {
  readonly name: string;
  readonly code: string;
  readonly sentence: string;
}

/** A unit that was classified, and what is odd about its file. */
export interface OverviewWarning {
  readonly name: string;
  readonly sentence: string;
}

/** How the cards of each category were drawn and sorted. */
export interface OverviewSampling {
  readonly perCategory: number;
  readonly seed: number;
  readonly sort: "probability" | "margin" | "name" | "random";
}
