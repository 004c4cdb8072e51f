import { CodebookError } from "../codebook/codebookError.ts";
import type { ParsedCodebook } from "../codebook/parsedCodebook.ts";
import { checkPhraseLengths } from "../codebook/phraseLength.ts";
import type { Encoder } from "../model/openEncoder.ts";

/**
 * Checks every phrase, in its templates, against the model's context.
 * @param truncate accept phrases that are too long; they lose their end
 * @returns how many phrases are too long
 * @throws CodebookError naming each phrase with its tokens
 */
export function requirePhraseLengths(parsed: ParsedCodebook, encoder: Encoder, truncate: boolean): number {
  const mistakes = checkPhraseLengths(parsed, encoder.countTokens, encoder.contextLength);
  if (mistakes.length > 0 && !truncate) throw new CodebookError(parsed.file, mistakes);
  return mistakes.length;
}
