import type { CodebookDraft } from "../../src/codebook/codebookDraft.ts";

/** Edits that are not in the file yet, as the browser keeps them. */
export interface UnsavedDraft {
  /** SHA-256 of the file that the editing began with; null where there was none. */
  readonly baseSha256: string | null;
  readonly baseText: string;
  readonly draft: CodebookDraft;
}

/** Where a browser keeps texts: the part of `Storage` that is needed. */
export interface TextStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Changes when the form of what is kept does. */
const form = 1;

/**
 * Keeps unsaved edits of a study's codebook: for this tab, and, should it be closed, for the next one. Undefined forgets them.
 * @returns false where the browser keeps nothing (it is full, or was told not to)
 */
export function keepUnsavedDraft(
  stores: readonly TextStore[],
  folder: string,
  unsaved: UnsavedDraft | undefined,
): boolean {
  const key = keyOf(folder);
  try {
    for (const store of stores) {
      if (unsaved === undefined) store.removeItem(key);
      else store.setItem(key, JSON.stringify({ form, ...unsaved }));
    }
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}

/** The edits that were kept, of this tab first; undefined where there are none. */
export function maybeUnsavedDraft(stores: readonly TextStore[], folder: string): UnsavedDraft | undefined {
  for (const store of stores) {
    const kept = parseKept(store.getItem(keyOf(folder)));
    if (kept !== undefined) return kept;
  }
  return undefined;
}

function keyOf(folder: string): string {
  return `clipbook-draft ${folder}`;
}

function parseKept(text: string | null): UnsavedDraft | undefined {
  if (text === null) return undefined;
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch (error) {
    // Not written by this app; there is nothing in it to bring back.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (typeof kept !== "object" || kept === null || !("form" in kept) || kept.form !== form) return undefined;
  const { baseSha256, baseText, draft } = kept as unknown as UnsavedDraft;
  return { baseSha256, baseText, draft };
}
