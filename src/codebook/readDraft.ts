import type { CodebookDraft } from "./codebookDraft.ts";
import { parseCodebook } from "./parseCodebook.ts";

/**
 * A codebook's text as the draft that its editing begins with.
 * @throws CodebookError with every mistake of the text
 */
export function readDraft(text: string, file: string): CodebookDraft {
  const { codebook } = parseCodebook(new TextEncoder().encode(text), file);
  let phrase = 0;
  return {
    ...codebook,
    categories: codebook.categories.map((category, source) => ({
      ...category,
      source,
      phrases: category.phrases.map((phraseText) => ({ source: phrase++, text: phraseText })),
    })),
  };
}
