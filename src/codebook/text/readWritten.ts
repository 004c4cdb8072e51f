import type { CodebookDraft } from "../codebookDraft.ts";
import { decodeCodebook } from "../decodeCodebook.ts";
import { parseYamlTree } from "../parseYamlTree.ts";
import { draftOfLayout } from "./draftOfLayout.ts";
import { maybeTextLayout, type TextLayout } from "./readTextLayout.ts";

/** A text taken apart, and what it says, mistakes included. */
export interface WrittenDraft {
  /** The byte-order mark, if there is one. */
  readonly mark: string;
  /** Without the mark. */
  readonly text: string;
  readonly layout: TextLayout;
  readonly draft: CodebookDraft;
}

/** Takes a text apart; undefined where it has a mistake in its YAML, or is written in a way that cannot be edited in parts. */
export function maybeWrittenDraft(marked: string): WrittenDraft | undefined {
  const text = marked.replace(/^\uFEFF/u, "");
  const mark = marked.slice(0, marked.length - text.length);
  const decoded = decodeCodebook(new TextEncoder().encode(text)).text;
  // Offsets are those of the text itself, unless characters were lost on the way.
  if (decoded?.length !== text.length) return undefined;
  const { root, mistakes } = parseYamlTree(decoded);
  if (root === undefined || mistakes.length > 0) return undefined;
  const layout = maybeTextLayout(text, root);
  return layout && { mark, text, layout, draft: draftOfLayout(layout) };
}
