import type { CodebookDraft } from "./codebookDraft.ts";
import { CodebookError } from "./codebookError.ts";
import { readDraft } from "./readDraft.ts";
import { codebookTextForm } from "./text/codebookTextForm.ts";
import { categoryParts, isFullForm } from "./text/draftOfLayout.ts";
import { editValue } from "./text/editValue.ts";
import { looseComments } from "./text/looseComments.ts";
import { isSameDraft, normaliseDraft } from "./text/normaliseDraft.ts";
import { isComment } from "./text/partComment.ts";
import { maybeWrittenDraft, type WrittenDraft } from "./text/readWritten.ts";
import { linesOf } from "./text/textLines.ts";
import { ownManner, type TextManner, textManner } from "./text/textManner.ts";
import { valueText } from "./text/textPart.ts";
import { hasSettings, needsFullForm, wantedText } from "./text/wantedText.ts";
import { widenText } from "./text/widenText.ts";

/**
 * A draft as a codebook's text. What did not change stays as it is written, to the byte: comments, quotes, order, blank lines;
 * comments go where their phrases and categories go. A text in lines or in JSON keeps its form, any other one is written in
 * lines once something in it changes. Texts are trimmed, as codebooks are read; settings that are empty are left out.
 * @param baseText the text that the editing began with, which `source` refers to
 */
export function writeDraft(baseText: string, draft: CodebookDraft): string {
  const base = maybeWrittenDraft(baseText);
  const form = codebookTextForm(baseText);
  const hasComments = form !== "json";
  const wanted = normaliseDraft(draft, { hasComments });
  // Comments of the file's own, too, may hold what would not be written so.
  const isSaidBy = (written: WrittenDraft) =>
    isSameDraft(wanted, normaliseDraft(written.draft, { hasComments }));
  if (base === undefined) return isSaidIn(baseText, wanted) ? baseText : writeAnew(wanted, baseText, base);
  if (isSaidBy(base)) return baseText;
  if (form !== "braces") {
    const edited = base.mark + editText(base, wanted, form === "json");
    const read = maybeWrittenDraft(edited);
    if (read !== undefined && isSaidBy(read)) return edited;
  }
  return writeAnew(wanted, baseText, base);
}

/** Whether a text that cannot be edited piece by piece says a draft already. */
function isSaidIn(text: string, draft: CodebookDraft): boolean {
  try {
    return isSameDraft(normaliseDraft(readDraft(text, ""), { hasComments: false }), draft);
  } catch (error) {
    if (!(error instanceof CodebookError)) throw error;
    return false;
  }
}

function editText(base: WrittenDraft, draft: CodebookDraft, json: boolean): string {
  const manner = textManner(base.layout, base.text, json);
  const { text, layout } = widened(base, draft, manner);
  const root = editValue(wantedText(draft, layout), layout.root, {
    manner,
    indent: undefined,
    inBrackets: false,
    isMoved: false,
    depth: isFullForm(layout) ? 0 : 1,
  });
  const edited = layout.prefix + valueText(root) + layout.suffix;
  return /[\r\n]$/u.test(text) ? edited : edited.replace(/(?:\r\n|\r|\n)$/u, "");
}

/** The text with the keys that the draft needs, if it lacks them. */
function widened(base: WrittenDraft, draft: CodebookDraft, manner: TextManner): WrittenDraft {
  const toSettings = new Set(
    draft.categories.flatMap((category) => {
      const { source } = category;
      const part = source === undefined ? undefined : categoryParts(base.layout)[source];
      const isList = part !== undefined && part.value.kind !== "scalar" && part.value.holds === "list";
      return source !== undefined && isList && hasSettings(category) ? [source] : [];
    }),
  );
  const toFullForm = needsFullForm(draft) && !isFullForm(base.layout);
  if (!toFullForm && toSettings.size === 0) return base;
  return maybeWrittenDraft(widenText(base.layout, { toFullForm, toSettings }, manner)) ?? base;
}

/** A text that is new but for its comments: those at the top stay there, those that are nobody's go to the end. */
function writeAnew(draft: CodebookDraft, baseText: string, base: WrittenDraft | undefined): string {
  const lines = linesOf(baseText.replace(/^\uFEFF/u, ""));
  const end = lines.findIndex((line) => line.trim() !== "" && !line.startsWith("#"));
  const top = lines.slice(0, end).join("");
  const loose = base === undefined ? lines.slice(end).filter(isComment) : looseComments(base.layout);
  const value = editValue(wantedText(draft, undefined), undefined, {
    manner: ownManner,
    indent: undefined,
    inBrackets: false,
    isMoved: false,
    depth: needsFullForm(draft) ? 0 : 1,
  });
  const rest = loose.map((line) => `${line.trim()}\n`).join("");
  const written = valueText(value);
  // A blank line keeps what stands at the top from becoming the first category's comment.
  const apart = needsFullForm(draft) || /\n\s*\n$/u.test(top) ? "" : "\n";
  return (top.includes("#") ? top + apart : "") + written + (rest === "" ? "" : `\n${rest}`);
}
