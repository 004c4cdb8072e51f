import type { CodebookDraft } from "../../codebook/codebookDraft.ts";
import { CodebookError, type CodebookMistake } from "../../codebook/codebookError.ts";
import type { CodebookWarning } from "../../codebook/codebookWarning.ts";
import { draftPartFinder } from "../../codebook/findDraftPart.ts";
import { parseCodebook } from "../../codebook/parseCodebook.ts";
import type { ParsedCodebook } from "../../codebook/parsedCodebook.ts";
import { writeDraft } from "../../codebook/writeDraft.ts";
import type { DraftNote } from "./draftReport.ts";

/** A draft as text, and what is wrong with it. */
export interface CheckedDraft {
  readonly text: string;
  /** undefined while there are mistakes. */
  readonly parsed: ParsedCodebook | undefined;
  readonly mistakes: readonly DraftNote[];
  /** A mistake or warning of this text, at the part of the draft that it is about. */
  noteOf(found: CodebookMistake | CodebookWarning, code?: string): DraftNote;
}

/** Writes a draft and reads it again: what is wrong is said of the text that would be saved. */
export function checkDraft(baseText: string, draft: CodebookDraft, file: string): CheckedDraft {
  const text = writeDraft(baseText, draft);
  const partOf = draftPartFinder(text);
  const noteOf = (found: CodebookMistake | CodebookWarning, code = "mistake"): DraftNote => ({
    code: "code" in found ? found.code : code,
    what: withoutPlaces(found.what),
    hint: found.hint,
    line: found.line,
    column: found.column,
    ...partOf(found),
  });
  try {
    const parsed = parseCodebook(new TextEncoder().encode(text), file);
    return { text, parsed, mistakes: [], noteOf };
  } catch (error) {
    if (!(error instanceof CodebookError)) throw error;
    return { text, parsed: undefined, mistakes: error.mistakes.map((mistake) => noteOf(mistake)), noteOf };
  }
}

/** Lines and columns help in an editor, not on a board. */
function withoutPlaces(what: string): string {
  return what.replace(/(, first)? at line \d+, column \d+| \(line \d+, column \d+\)/g, "");
}
