import type { McNemarTest } from "../stats/mcnemarTest.ts";
import type { Interval } from "../stats/wilsonInterval.ts";
import type { CodingSource } from "./coding.ts";
import type { DrawnDesign } from "./drawnDesign.ts";
import type { GoldMissing, GoldRule } from "./goldStandard.ts";
import type { SamplePurpose } from "./sampleSpec.ts";

/** An estimated figure with how sure it is, or why it could not be estimated. */
export interface Estimate {
  /** undefined: not estimable, and `why` says why. */
  readonly value: number | undefined;
  /** Of the design; undefined where it cannot be had. */
  readonly standardError: number | undefined;
  /** 95% */
  readonly interval: Interval | undefined;
  /** How the interval was made: `Korn-Graubard`, `stratified beta posterior, Jeffreys' prior`. */
  readonly method: string | undefined;
  /** A sentence without a full stop: why there is no value, or no interval; beside both, what has to be known of them. */
  readonly why: string | undefined;
}

/** What the figures are about: the images of this collection, or the process that they came from. */
export type Target = "collection" | "process";

/** All that an evaluation says; every index is one of `categories`. Nothing in it needs the study any more. */
export interface Evaluation {
  /** ISO 8601, when it was made. */
  readonly madeAt: string;
  readonly clipbookVersion: string;
  readonly title: string;
  /** Names, in the codebook's order. */
  readonly categories: readonly string[];
  readonly target: Target;
  readonly run: EvaluatedRun;
  readonly sample: EvaluatedSample;
  readonly gold: GoldSummary;
  readonly reliability: Reliability;
  /** What part of the images that could be drawn all figures are about. */
  readonly coverage: FigureCoverage;
  readonly quality: Quality;
  readonly calibration: Calibration;
  readonly shares: readonly ShareEstimate[];
  /** How `shares` were corrected; those of groups are always corrected by the difference estimator. */
  readonly shareMethod: ShareMethod;
  /** By each column of the user's table that was asked for. */
  readonly groups: readonly GroupedShares[];
  readonly baselines: readonly Baseline[];
  readonly abstention: Abstention;
  /** With another run, if that was asked for. */
  readonly comparison?: RunComparison | undefined;
  /** The coded images, for the galleries behind the confusion matrix. */
  readonly images: readonly EvaluatedImage[];
  /** What could not be estimated, and why, in the order of the report. */
  readonly notEstimable: readonly { readonly what: string; readonly why: string }[];
  /** What a reader has to know before believing the figures, in whole sentences. */
  readonly warnings: readonly string[];
  readonly methods: MethodsText;
}

/** The run whose predictions are evaluated. */
export interface EvaluatedRun {
  readonly id: number;
  readonly model: string;
  /** Repository and revision, or what else identifies it. */
  readonly modelSource: string;
  readonly precision: string;
  /** Set where the embeddings were made elsewhere: the model is what Clipbook was told to believe. */
  readonly importedFrom?: string;
  readonly view: string;
  readonly scoring: string;
  readonly phraseCount: number;
  /** `measureDigest`, hexadecimal. */
  readonly digest: string;
  /** The sample was drawn from this run. */
  readonly isSampledRun: boolean;
  /** Units of the run with a prediction, and without one. */
  readonly classifiedUnits: number;
  readonly failedUnits: number;
  /** Distinct images that the units with a prediction show. */
  readonly distinctImages: number;
}

/** The sample and what became of it. */
export interface EvaluatedSample {
  readonly name: string;
  readonly purpose: SamplePurpose;
  readonly seed: number;
  readonly drawnAt: string;
  readonly design: DrawnDesign;
  /** `stratified by predicted category, at least 50 of each` */
  readonly designText: string;
  readonly leastProbability: number;
  readonly greatestProbability: number;
  /** Drawn images. */
  readonly size: number;
  readonly isSealed: boolean;
  /** Every freeze of the codebook so far. */
  readonly freezes: readonly {
    readonly runId: number;
    readonly sha256: string;
    readonly frozenAt: string;
  }[];
  /** Looks at this sample's results so far, this one included. */
  readonly openings: number;
}

/** How the true categories came about. */
export interface GoldSummary {
  readonly rule: GoldRule;
  readonly ruleText: string;
  /** Images with a true category. */
  readonly known: number;
  /** Images by what decided them. */
  readonly by: Readonly<Record<"agreement" | "majority" | "adjudication" | "coder", number>>;
  /** Adjudications by where they came from. */
  readonly adjudicationSources: Readonly<Record<CodingSource, number>>;
  readonly missing: Readonly<Record<GoldMissing, number>>;
  /** Per stratum of the design: drawn, with a true category, without one. */
  readonly strata: readonly {
    readonly label: string;
    readonly size: number;
    readonly drawn: number;
    readonly known: number;
  }[];
  /** Images with each true category, unweighted. */
  readonly perCategory: readonly number[];
}

/** How much of what could be drawn has images with a true category that stand for it. */
export interface FigureCoverage {
  /** Images that could be drawn, and those of them that the figures are about. */
  readonly size: number;
  readonly coveredSize: number;
  /** Strata and predicted categories of which no image has a true category. */
  readonly uncovered: readonly { readonly label: string; readonly size: number }[];
}

/** Agreement between the coders. */
export interface Reliability {
  readonly coders: readonly {
    readonly name: string;
    readonly coded: number;
    /** The codings by where they came from: only of the screen and of offline pages is known what the coder saw. */
    readonly sources: Readonly<Record<CodingSource, number>>;
    readonly medianSeconds: number | undefined;
  }[];
  /** Images that at least two coders gave a category. */
  readonly units: number;
  /** `the sample as drawn` or `weighted to the collection`: what the coefficients describe. */
  readonly describes: string;
  readonly alpha: Estimate;
  /** Of the bootstrap over units. */
  readonly bootstrap:
    | {
        readonly interval: Interval;
        readonly replicates: number;
        readonly belowTwoThirds: number;
        readonly belowEighty: number;
      }
    | undefined;
  /** Percent agreement, Fleiss' kappa, Gwet's AC1 and so on. */
  readonly coefficients: readonly { readonly name: string; readonly estimate: Estimate }[];
  /** In the codebook that the coders had, which is that of the run that was drawn from. */
  readonly perCategory: readonly {
    readonly name: string;
    /** Images to which at least one coder gave it. */
    readonly units: number;
    readonly agreement: number | undefined;
    readonly alpha: Estimate;
  }[];
  /** Cohen's kappa of every two, the model's beside the coders'. */
  readonly pairs: readonly {
    readonly a: string;
    readonly b: string;
    /** One of them is the model. */
    readonly isModel: boolean;
    readonly units: number;
    readonly kappa: Estimate;
  }[];
  /** With the categories as grades in the codebook's order, if that was asked for. */
  readonly ordinal?: OrdinalReliability | undefined;
  readonly alternativeAnnotator:
    | {
        readonly winningRate: number;
        readonly advantageProbability: number;
        readonly passes: boolean;
        readonly epsilon: number;
      }
    | { readonly why: string };
}

/** Agreement in which near categories count as less of a disagreement than far ones. */
export interface OrdinalReliability {
  /** Names of the categories without a place in the order, whose codes are left out. */
  readonly leftOut: readonly string[];
  readonly alpha: Estimate;
  readonly pairs: readonly {
    readonly a: string;
    readonly b: string;
    /** One of them is the model. */
    readonly isModel: boolean;
    readonly units: number;
    readonly linear: Estimate;
    readonly quadratic: Estimate;
  }[];
}

/** How often the predictions are right. */
export interface Quality {
  /** Images with a true category and a prediction. */
  readonly units: number;
  /** `[true][predicted]`, images as counted. */
  readonly counts: readonly (readonly number[])[];
  /** `[true][predicted]`, shares of the target, 0..1, that add up to 1. */
  readonly weighted: readonly (readonly number[])[];
  readonly accuracy: Estimate;
  readonly balancedAccuracy: Estimate;
  readonly macroF1: Estimate;
  /** Categories that the macro mean could take in. */
  readonly macroCategories: number;
  readonly kappa: Estimate;
  readonly matthews: Estimate;
  /** Share with the true category among the k best, for k = 2, 3. */
  readonly topK: readonly { readonly k: number; readonly estimate: Estimate }[];
  readonly perCategory: readonly CategoryQuality[];
}

/** A category's figures. */
export interface CategoryQuality {
  readonly category: number;
  /** Coded images that truly are of it, and that were predicted to be, unweighted. */
  readonly trueCount: number;
  readonly predictedCount: number;
  readonly precision: Estimate;
  readonly recall: Estimate;
  readonly f1: Estimate;
}

/** Whether probabilities mean what they say. */
export interface Calibration {
  /** undefined with too few images. */
  readonly curve:
    | readonly {
        readonly count: number;
        readonly meanProbability: number;
        readonly shareRight: number;
        readonly interval: Interval;
      }[]
    | undefined;
  readonly expectedCalibrationError: number | undefined;
  /** The same error of a perfectly calibrated model on as many images. */
  readonly errorUnderCalibration: number | undefined;
  readonly bins: number;
  readonly brier: number | undefined;
  readonly logLoss: number | undefined;
  /** By which dividing the logarithms of the categories' probabilities makes the log loss least. */
  readonly temperature: number | undefined;
  /** Which probability the curve and the calibration error judge, as a noun: `the predicted category’s probability, its phrases’ added up`. */
  readonly quantity: string;
  /** Why there is no curve. */
  readonly why: string | undefined;
  /** What else is missing, and why. */
  readonly notEstimable: readonly { readonly what: string; readonly why: string }[];
}

/** How shares are corrected for classification error: post-stratified, or with PPI++ and the trust in predictions that it found. */
export type ShareMethod =
  | { readonly kind: "post-stratified" }
  /** `lambda` is 0 (predictions are not used) to 1. */
  | { readonly kind: "ppi"; readonly lambda: number };

/** A category's share, as predicted and as corrected. */
export interface ShareEstimate {
  readonly category: number;
  /** Share of the frame's images predicted to be of it, 0..1. */
  readonly raw: number;
  readonly corrected: Estimate;
}

/** Shares and errors by the values of one column of the user's table. */
export interface GroupedShares {
  readonly column: string;
  /** A sentence about cells that could not be read. */
  readonly note?: string | undefined;
  readonly groups: readonly {
    readonly value: string;
    readonly units: number;
    /** Coded images that units of the group show. */
    readonly coded: number;
    readonly error: Estimate;
    readonly shares: readonly ShareEstimate[];
  }[];
  /** Groups that were not shown for want of room. */
  readonly more: number;
  /** Of the hypothesis that all groups have the same share of errors; undefined with too few images. */
  readonly differenceP: number | undefined;
}

/** What somebody who knows nothing would reach. */
export interface Baseline {
  readonly name: string;
  readonly explanation: string;
  readonly accuracy: number | undefined;
  readonly macroF1: number | undefined;
}

/** What leaving out the least sure predictions would bring. */
export interface Abstention {
  readonly score: "probability" | "margin";
  /** By falling threshold. */
  readonly curve: readonly {
    readonly threshold: number;
    readonly coverage: number;
    readonly precision: number;
  }[];
  readonly targets: readonly {
    readonly target: number;
    /** undefined: no threshold reaches it. */
    readonly threshold: number | undefined;
    /** Of images that the threshold was not chosen on. */
    readonly precision: Estimate;
    readonly coverage: number | undefined;
  }[];
}

/** A metric of two runs. */
export interface ComparedMetric {
  /** Weighted by the design, 0..1; undefined: not estimable. */
  readonly first: number | undefined;
  readonly second: number | undefined;
  /** The second's less the first's, with its paired interval. */
  readonly difference: Estimate;
  /** Two-sided, of no difference, by the design. */
  readonly p: number | undefined;
}

/** Two runs, such as of two codebooks, on the same images with a true category. */
export interface RunComparison {
  readonly firstRunId: number;
  readonly secondRun: EvaluatedRun;
  /** Images with a true category and a prediction of both. */
  readonly units: number;
  /** Images by who is right. */
  readonly bothRight: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly bothWrong: number;
  /** Of the images as counted; undefined where both are right and wrong on the same ones. */
  readonly mcnemar: McNemarTest | undefined;
  /** Whether McNemar's test fits the design; otherwise the accuracy's own `p` does. */
  readonly isSimpleRandom: boolean;
  readonly accuracy: ComparedMetric;
  readonly macroF1: ComparedMetric;
}

/** A coded image. */
export interface EvaluatedImage {
  readonly place: number;
  readonly name: string;
  readonly imageId: number;
  readonly unitId: number;
  /** undefined: it has no true category. */
  readonly trueCategory: number | undefined;
  readonly predicted: number;
  /** 0..1 */
  readonly probability: number;
  readonly stratum: number;
  readonly inclusionProbability: number;
  /** JPEG data URL; only in the self-contained page. */
  readonly thumbnail?: string | undefined;
  /** Why the self-contained page has no picture of it: its file is not there any more, or the page would be too large. */
  readonly withoutThumbnail?: "gone" | "size" | undefined;
}

/** The paragraph for a paper, and what it cites. */
export interface MethodsText {
  readonly paragraph: string;
  readonly references: readonly {
    readonly key: string;
    /** As a list of references shows it. */
    readonly text: string;
    readonly bibtex: string;
  }[];
}
