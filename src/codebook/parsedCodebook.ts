import type { Codebook } from "./codebook.ts";
import type { SourcePosition } from "./sourcePosition.ts";

/** A phrase's place in the file. */
export interface PhrasePosition extends SourcePosition {
  /** A comment that begins right behind the unquoted phrase, such as `#1`: it may have been meant as text. */
  readonly adjoiningComment?: string;
}

/** A checked codebook with the places of its parts, for messages. */
export interface ParsedCodebook {
  /** The file's name as given, for messages. */
  readonly file: string;
  readonly codebook: Codebook;
  /** Where each category's name stands, in the order of `codebook.categories`. */
  readonly categoryPositions: readonly SourcePosition[];
  /** Where each phrase stands, in the order of `codebookPhrases(codebook)`. */
  readonly phrasePositions: readonly PhrasePosition[];
}
