import { codebookPhrases, fillTemplate } from "./codebook.ts";
import type { CodebookMistake } from "./codebookError.ts";
import type { ParsedCodebook } from "./parsedCodebook.ts";
import { quoteText } from "./quoteText.ts";

/**
 * Phrases that, put into the longest template, have more tokens than a model reads. `countTokens` counts a text's
 * tokens with the special ones, `contextLength` is the most that the model reads, these included (CLIP 77, SigLIP 64).
 */
export function checkPhraseLengths(
  parsed: ParsedCodebook,
  countTokens: (text: string) => number,
  contextLength: number,
): readonly CodebookMistake[] {
  const { codebook, phrasePositions } = parsed;
  const templates = codebook.templates.length > 0 ? codebook.templates : ["{}"];
  return codebookPhrases(codebook).flatMap(({ text }, index): CodebookMistake[] => {
    const place = phrasePositions[index];
    if (place === undefined) throw new RangeError("every phrase of a parsed codebook has its place");
    const counts = templates.map((template) => ({
      template,
      tokens: countTokens(fillTemplate(template, text)),
    }));
    const longest = counts.reduce((most, filled) => (filled.tokens > most.tokens ? filled : most));
    if (longest.tokens <= contextLength) return [];
    const filled = longest.template === "{}" ? "" : ` in the template ${quoteText(longest.template)}`;
    const what = `phrase ${quoteText(text)}${filled} has ${longest.tokens} tokens, the model reads ${contextLength}`;
    const hint = "shorten it, or accept with --truncate that its end is not read";
    return [{ line: place.line, column: place.column, what, hint }];
  });
}
