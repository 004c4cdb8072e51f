import type { CodebookDraft } from "./codebookDraft.ts";

/** A draft as a codebook's text. @param baseText the text that its editing began with */
export function writeDraft(_baseText: string, draft: CodebookDraft): string {
  const { categories, ...head } = draft;
  const written = categories.map(({ source: _, name, comment: __, phrases, ...settings }) => [
    name,
    { ...settings, phrases: phrases.map(({ text }) => text) },
  ]);
  return `${JSON.stringify({ ...head, categories: Object.fromEntries(written) }, undefined, 2)}\n`;
}
