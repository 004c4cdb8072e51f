/** What a sample is for. Only a `test` one may be sealed, and only from it are the published figures computed. */
export const samplePurposes = ["pilot", "training", "reliability", "test"] as const;

/** One of `samplePurposes`. */
export type SamplePurpose = (typeof samplePurposes)[number];

/** How images are drawn; every design knows each image's inclusion probability. Sizes are numbers of distinct images. */
export type DesignSpec =
  /** Simple random, without replacement. */
  | { readonly kind: "simple"; readonly size: number }
  /**
   * Stratified by predicted category: `floor` of each category (all, where it has fewer), the rest in proportion; with `isSplit` each
   * category is two strata, below its median probability and from there on.
   */
  | {
      readonly kind: "stratified";
      readonly size: number;
      readonly floor: number;
      readonly isSplit: boolean;
    }
  /**
   * Poisson: each image by itself, with a probability that rises with its uncertainty, one minus the prediction's probability. No
   * image has less than `least` times the mean; `size` is the expected one.
   */
  | { readonly kind: "uncertainty"; readonly size: number; readonly least: number };

/** Which images are not drawn. */
export interface SampleExclusions {
  /** Names of samples whose images are left out. */
  readonly samples: readonly string[];
  /** Leave out what was judged in a review. */
  readonly reviewed: boolean;
  /** Leave out the codebook's examples. */
  readonly examples: boolean;
}

/** A sample as it is asked for; the same spec of the same run draws the same images. */
export interface SampleSpec {
  readonly name: string;
  readonly purpose: SamplePurpose;
  readonly design: DesignSpec;
  readonly seed: number;
  readonly isSealed: boolean;
  readonly exclusions: SampleExclusions;
}

/** A Poisson design's smallest probability, as a share of the mean. */
export const defaultLeast = 0.25;
