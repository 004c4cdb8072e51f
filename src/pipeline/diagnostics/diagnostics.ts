import type { Scoring } from "../../classify.ts";
import type { AlphaInterval } from "../../stats/alphaInterval.ts";
import type { AlphaUndefinedReason } from "../../stats/krippendorffAlpha.ts";
import type { CategoryMean } from "../../stats/macroF1.ts";
import type { MacroF1Change } from "../../stats/macroF1Change.ts";
import type { McNemarTest } from "../../stats/mcnemarTest.ts";
import type { Interval } from "../../stats/wilsonInterval.ts";
import type { SamplePurpose } from "../../validation/sampleSpec.ts";
import type { WeakPoint } from "./weakPoints.ts";

/** What a figure is, or why there is none: a sentence without a full stop. */
export type Known<Figure> = Figure | { readonly why: string };

/** How a run's codebook works on its images; every index is one of `categories` or `phrases`. */
export interface Diagnostics {
  readonly runId: number;
  readonly modelName: string;
  readonly scoring: Scoring;
  /** Classified. */
  readonly units: number;
  /** Without an image, and in no figure. */
  readonly failedUnits: number;
  readonly categories: readonly CategoryDiagnosis[];
  readonly phrases: readonly PhraseDiagnosis[];
  readonly similarities: PhraseSimilarities;
  readonly scorings: ScoringComparison;
  readonly templates: Known<PromptStability>;
  readonly gold: Known<DiagnosticGoldSummary>;
  /** Most tokens that the model reads, special tokens included, or why the model is not at hand. */
  readonly contextLength: Known<{ readonly tokens: number }>;
  /** The weakest first. */
  readonly weakPoints: readonly WeakPoint[];
}

/** A category of the run. */
export interface CategoryDiagnosis {
  readonly name: string;
  readonly count: number;
  /** Of the classified units, 0..1; undefined without any. */
  readonly share: number | undefined;
}

/** What a phrase is worth. */
export interface PhraseDiagnosis {
  readonly text: string;
  readonly category: number;
  /** Units that it stands for: the most probable phrase of their category. */
  readonly wins: number;
  /** Of the classified units, 0..1; undefined without any. */
  readonly share: number | undefined;
  /** Share of the gold units it stands for whose category is right, design-weighted. */
  readonly precision: Known<PhrasePrecision>;
  readonly nearestRival: Known<NearestRival>;
  /** In the longest template; undefined where the model is not at hand. */
  readonly tokens: number | undefined;
  readonly without: Known<WithoutPhrase>;
}

/** How often a phrase is right. */
export interface PhrasePrecision {
  /** 0..1 */
  readonly share: number;
  /** 95% */
  readonly interval: Interval;
  /** Gold units. */
  readonly units: number;
}

/** The phrase of another category that is most alike. */
export interface NearestRival {
  readonly phrase: number;
  readonly cosine: number;
  /** More alike than half of the pairs of phrases in one category are. */
  readonly isConfusable: boolean;
}

/** What changes when a phrase is left out. */
export interface WithoutPhrase {
  /** Units whose category changes. */
  readonly moved: number;
  /** Of the classified units, 0..1; undefined without any. */
  readonly share: number | undefined;
  /** Of design-weighted macro-F1: below 0 the phrase helps. */
  readonly macroF1: Known<MacroF1Change>;
}

/** Cosines to four decimals. */
export interface PhraseSimilarities {
  /** Of the categories' mean embeddings, unit length again. [K, K] */
  readonly categories: readonly (readonly number[])[];
  /** [P, P]; undefined for more than 200 phrases. */
  readonly phrases: readonly (readonly number[])[] | undefined;
  /** Median cosine of two phrases of one category; undefined where every category has one phrase. */
  readonly medianWithin: number | undefined;
}

/** The scoring rules beside each other. */
export interface ScoringComparison {
  readonly rules: readonly Known<ScoringRule>[];
  readonly pairs: readonly ScoringPair[];
  /** Units on which not all rules agree. */
  readonly disagreements: number;
  /** Of the classified units, 0..1; undefined without any. */
  readonly share: number | undefined;
}

/** How good a rule is; the run's own is among them. */
export interface ScoringRule {
  readonly scoring: Scoring;
  readonly quality: Known<GoldQuality>;
  /** Of macro-F1, against the run's own rule. */
  readonly macroF1Change: Known<MacroF1Change>;
}

/** Two rules. */
export interface ScoringPair {
  readonly first: Scoring;
  readonly second: Scoring;
  /** Units on which they differ. */
  readonly disagreements: number;
  /** Of the classified units, 0..1; undefined without any. */
  readonly share: number | undefined;
  /** On the same gold units, without weights. */
  readonly test: Known<
    McNemarTest & {
      /** Gold units that only the first has right. */
      readonly onlyFirst: number;
      /** Gold units that only the second has right. */
      readonly onlySecond: number;
    }
  >;
}

/** Design-weighted. */
export interface GoldQuality {
  /** 0..1 */
  readonly accuracy: number;
  readonly macroF1: CategoryMean;
}

/** How much the wording round the phrases decides: templates as coders. */
export interface PromptStability {
  readonly templates: readonly TemplateDiagnosis[];
  /** Distinct images that were compared. */
  readonly images: number;
  /** Distinct images of the run. */
  readonly of: number;
  /** Of the draw, where not all were compared. */
  readonly seed: number | undefined;
  readonly alpha: Known<AlphaInterval>;
  readonly perCategory: readonly {
    readonly alpha: AlphaInterval | undefined;
    readonly reason: AlphaUndefinedReason | undefined;
  }[];
}

/** One wording. */
export interface TemplateDiagnosis {
  /** undefined: the codebook as it is. */
  readonly template: string | undefined;
  /** Images with another category than the codebook as it is gives them. */
  readonly moved: number;
  /** 0..1; undefined without any image. */
  readonly share: number | undefined;
  /** Phrases that lose their end in it, because the model reads no further; undefined where nobody could count. */
  readonly cutShort: number | undefined;
}

/** Where the gold figures come from. */
export interface DiagnosticGoldSummary {
  readonly sample: string;
  readonly purpose: SamplePurpose;
  /** What decides the true category, in words. */
  readonly rule: string;
  /** Images with a true category and a prediction. */
  readonly units: number;
  /** Strata that have images, of which none is coded: the figures say nothing of them. */
  readonly uncoveredStrata: number;
  readonly quality: GoldQuality;
  readonly bootstrapDraws: number;
  readonly seed: number;
}

/** Whether a figure is there. */
export function isKnown<Figure extends object>(known: Known<Figure>): known is Figure {
  return !("why" in known);
}
