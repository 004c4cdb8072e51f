import type { SourcePosition } from "../../codebook/sourcePosition.ts";

/** What a codebook would do to a run's images if it were saved and run: every number is what a run would store. */
export interface DraftReport {
  /** By this the images that it moves are asked for. */
  readonly draftId: string;
  /** The run that it is compared with; undefined in a study without one, where a draft is only checked. */
  readonly runId: number | undefined;
  /** What would keep the text from being a codebook; without answers below as long as there are any. */
  readonly mistakes: readonly DraftNote[];
  /** What `clipbook check` warns of. */
  readonly warnings: readonly DraftNote[];
  /** Tokens of each phrase in its longest template, in the order of `codebookPhrases`; undefined where the model is not at hand. `[P]` */
  readonly tokens: readonly number[] | undefined;
  /** Most tokens that the model reads, special ones included; undefined where the model is not at hand. */
  readonly contextLength: number | undefined;
  /** undefined while there are mistakes, or a new phrase cannot be embedded (then `cannotScore` says why). */
  readonly scores: DraftScores | undefined;
  readonly cannotScore: { readonly error: string; readonly hint: string | undefined } | undefined;
  readonly elapsedMs: number;
}

/** A mistake or warning, at the part of the draft that it is about, and its place in the text that would be saved. */
export interface DraftNote extends SourcePosition {
  /** Of a warning as `clipbook check` has it; else `mistake`, or `phrase-too-long`. */
  readonly code: string;
  readonly what: string;
  readonly hint: string;
  /** Index into the draft's categories, where it is about one. */
  readonly category?: number | undefined;
  /** Index among all phrases of the draft, where it is about one. */
  readonly phrase?: number | undefined;
}

/** The draft's answers for all images of the run. */
export interface DraftScores {
  /** Classified units. */
  readonly units: number;
  /** In the draft's order. `[C]` */
  readonly categories: readonly DraftCategoryScore[];
  /** In the order of `codebookPhrases`. `[P]` */
  readonly phrases: readonly DraftPhraseScore[];
  /** Units whose category would be another one; a renamed category is the same one. */
  readonly moved: number;
  /** The largest first; `from` is a category of the run, `to` one of the draft, both by name. */
  readonly moves: readonly { readonly from: string; readonly to: string; readonly count: number }[];
  /** Cosine of every pair of phrases, row by row, to four decimals; undefined with more than 200 phrases. `[P, P]` */
  readonly similarities: readonly number[] | undefined;
  /** What it would do to images that people have judged; undefined where nobody has. */
  readonly judged: JudgedEffect | undefined;
}

/** A category under the draft, beside the run. */
export interface DraftCategoryScore {
  readonly count: number;
  /** 0..1 of the classified units; undefined when there are none. */
  readonly share: number | undefined;
  /** 0..1 over its units; undefined without units. */
  readonly meanProbability: number | undefined;
  /** In the run, for the category that it was there; undefined for a new one. */
  readonly countInRun: number | undefined;
}

/** A phrase under the draft, beside the run. */
export interface DraftPhraseScore {
  readonly wins: number;
  /** 0..1 over the units that it wins; undefined without any. */
  readonly meanProbability: number | undefined;
  /** In the run, for the phrase that it was there; undefined for a new one. */
  readonly winsInRun: number | undefined;
  /** Whose units of the run it wins now, the most first; at most 20. */
  readonly stealsFrom: readonly PhraseShift[];
  /** Which phrases win the units that it won in the run, the most first; at most 20. */
  readonly givesTo: readonly PhraseShift[];
}

/** Units that one phrase had in the run and another has under the draft. */
export interface PhraseShift {
  readonly phrase: string;
  readonly category: string;
  readonly count: number;
}

/** Right and wrong among judged units, under the run and under the draft. */
export interface JudgedEffect {
  /** Units whose right category is known, and others that are known not to be what the run said. */
  readonly judged: number;
  readonly rightInRun: number;
  readonly rightInDraft: number;
  /** Judged wrong without saying what would be right, and moved elsewhere: nobody knows whether that is right. */
  readonly unknownInDraft: number;
}
