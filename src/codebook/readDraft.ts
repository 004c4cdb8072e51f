import type { CodebookDraft } from "./codebookDraft.ts";
import { parseCodebook } from "./parseCodebook.ts";
import { maybeWrittenDraft } from "./text/readWritten.ts";

/**
 * A codebook's text as the draft that its editing begins with: every part with its index as `source`, and with the comments
 * above it and behind it.
 * @throws CodebookError with every mistake of the text
 */
export function readDraft(text: string, file: string): CodebookDraft {
  const { codebook } = parseCodebook(new TextEncoder().encode(text), file);
  const written = maybeWrittenDraft(text)?.draft;
  let phrase = 0;
  return {
    ...codebook,
    categories: codebook.categories.map((category, source) => {
      const { comment, phrases = [] } = written?.categories[source] ?? {};
      return {
        ...category,
        source,
        ...(comment !== undefined && { comment }),
        phrases: category.phrases.map((phraseText, i) => {
          const said = phrases[i]?.comment;
          return { source: phrase++, text: phraseText, ...(said !== undefined && { comment: said }) };
        }),
      };
    }),
  };
}
