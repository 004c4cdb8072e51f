/**
 * A codebook while it is edited. `source` tells what a part was in the text that the editing began with, so that comments,
 * quotes and order of the file are kept when it is saved, and a renamed category is still the one that it was.
 */
export interface CodebookDraft {
  readonly title?: string | undefined;
  readonly language?: string | undefined;
  readonly templates: readonly string[];
  readonly categories: readonly DraftCategory[];
}

/** A category while it is edited. */
export interface DraftCategory {
  /** Its index in the text that the editing began with; undefined for a new one. */
  readonly source?: number | undefined;
  readonly name: string;
  readonly description?: string | undefined;
  readonly instructions?: string | undefined;
  readonly residual?: boolean | undefined;
  /** Names of images that show it well, as in the results table. */
  readonly examples?: readonly string[] | undefined;
  /** The comment at or above its name in the file, without `#`. */
  readonly comment?: string | undefined;
  readonly phrases: readonly DraftPhrase[];
}

/** A phrase while it is edited. */
export interface DraftPhrase {
  /** Its index among all phrases of the text that the editing began with (`codebookPhrases`); undefined for a new one. */
  readonly source?: number | undefined;
  readonly text: string;
  /** The comment behind or above it in the file, without `#`. */
  readonly comment?: string | undefined;
}
