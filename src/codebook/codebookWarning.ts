import type { SourcePosition } from "./sourcePosition.ts";

/** What a warning is about; codes do not change between versions. */
export type CodebookWarningCode =
  | "near-identical-phrases"
  | "unequal-phrase-counts"
  | "no-residual-category"
  | "single-category"
  | "negation"
  | "one-word-phrase"
  | "comment-in-phrase"
  | "typographic-quotes";

/** Something that is allowed in a codebook but probably spoils the classification. */
export interface CodebookWarning extends SourcePosition {
  readonly code: CodebookWarningCode;
  readonly what: string;
  readonly hint: string;
}
