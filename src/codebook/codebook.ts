/** A checked codebook: what the rest of Clipbook works with, whatever form the user's file had. */
export interface Codebook {
  readonly title?: string;
  /** BCP 47 tag of the phrases' language, as the user wrote it. */
  readonly language?: string;
  /** Texts with one `{}` each, into which every phrase is put; empty: phrases are used as they are. */
  readonly templates: readonly string[];
  readonly categories: readonly Category[];
}

/** One category in the codebook's order. */
export interface Category {
  readonly name: string;
  readonly description?: string;
  /** What human coders are told. */
  readonly instructions?: string;
  /** At least one; no phrase occurs twice in a codebook. */
  readonly phrases: readonly string[];
  /** True for the category that takes what fits nowhere else. */
  readonly residual?: boolean;
  /** Names of images that show it well, as in the results table; they do not take part in the classification. */
  readonly examples?: readonly string[];
}

/** A phrase with its place: `categoryIndex` into `codebook.categories`. */
export interface CodebookPhrase {
  readonly text: string;
  readonly categoryIndex: number;
}

/** All phrases in the codebook's order, each with its category: the order of every score vector `[P]`. */
export function codebookPhrases(codebook: Codebook): readonly CodebookPhrase[] {
  return codebook.categories.flatMap((category, categoryIndex) =>
    category.phrases.map((text) => ({ text, categoryIndex })),
  );
}

/** The text that the text tower reads for a phrase under a template. */
export function fillTemplate(template: string, phrase: string): string {
  return template.replace("{}", () => phrase);
}
