import type { DesignSpec, SampleExclusions } from "./sampleSpec.ts";

/** A part of the frame that is drawn from by itself. */
export interface SampleStratum {
  /** Index of the predicted category that all its images have; undefined where strata are no categories. */
  readonly category: number | undefined;
  /** Below its category's median probability, or from there on; undefined where categories are not split. */
  readonly half: "lower" | "upper" | undefined;
  /** Distinct images that it has. */
  readonly size: number;
  /** How many of them were drawn. */
  readonly drawn: number;
}

/** How a sample came about: all that its estimates need to know, beside each image's inclusion probability. */
export interface DrawnDesign {
  readonly spec: DesignSpec;
  readonly exclusions: SampleExclusions;
  /** A single one for simple random and Poisson designs. Empty ones are kept: nothing can be said of them. */
  readonly strata: readonly SampleStratum[];
  /** Distinct images that could be drawn. */
  readonly frameSize: number;
  /** What the coders' orders hang on, unknown to them: 128 bits, base64url. Of samples drawn before there were keys: undefined. */
  readonly orderKey?: string | undefined;
  /** What the run has and the frame has not. */
  readonly left: {
    /** Units without a prediction. */
    readonly failedUnits: number;
    /** Units whose image another unit shows. */
    readonly doubledUnits: number;
    /** Distinct images left out by each exclusion; one that several leave out counts with the first. */
    readonly inSamples: number;
    readonly reviewed: number;
    readonly examples: number;
  };
}
