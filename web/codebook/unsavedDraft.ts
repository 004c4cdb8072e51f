import type { CodebookDraft } from "../../src/codebook/codebookDraft.ts";
import { keepText, type TextStore } from "../shell/keepText.ts";

/** Edits that are not in the file yet, as the browser keeps them. */
export interface UnsavedDraft {
  /** SHA-256 of the file that the editing began with; null where there was none. */
  readonly baseSha256: string | null;
  readonly baseText: string;
  readonly draft: CodebookDraft;
}

/** Keeps the unsaved edits of one page: for its tab, and, should that be closed, for the next one. */
export interface DraftKeeper {
  /** What an earlier page kept; undefined for nothing. */
  readonly found: UnsavedDraft | undefined;
  /** Where this page's edits stand beyond the tab; each page has a place of its own. */
  readonly place: string;
  /**
   * Keeps edits in place of those before; undefined forgets them.
   * @returns false where the browser keeps nothing (it is full, or was told not to)
   */
  keep(unsaved: UnsavedDraft | undefined): boolean;
  /** Keeps the last edits once more, after another tab has taken them for those of a closed one. */
  keepAgain(): void;
}

/** Who keeps, and when. */
export interface KeptBy {
  /** Names the page among all of this browser. */
  readonly page: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface Kept {
  readonly place: string;
  readonly keptAt: number;
  readonly unsaved: UnsavedDraft;
}

/** Changes when the form of what is kept does. */
const form = 2;

/**
 * Looks for unsaved edits of a study's codebook: of this tab first, else the newest ones of any. They move to this page's place when
 * it first keeps something; nothing that another page has kept is touched otherwise.
 * @param stores of the tab, and of the browser; none where it keeps nothing
 */
export function openDraftKeeper(
  stores: readonly TextStore[],
  folder: string,
  { page, now }: KeptBy,
): DraftKeeper {
  const [tab, browser] = stores;
  const tabKey = `clipbook-draft ${folder}`;
  const place = `${placesOf(folder)}${JSON.stringify(page)}]`;
  const found = parseKept(tab?.getItem(tabKey) ?? null) ?? maybeNewest(browser, folder);
  let earlier = found?.place;
  let last: UnsavedDraft | undefined;
  const keep = (unsaved: UnsavedDraft | undefined): boolean => {
    last = unsaved;
    const text = unsaved && JSON.stringify({ form, place, keptAt: now(), ...unsaved });
    const inTab = keepText(tab, tabKey, text);
    const inBrowser = keepText(browser, place, text);
    if (earlier !== undefined && inBrowser) {
      keepText(browser, earlier, undefined);
      earlier = undefined;
    }
    return inTab && inBrowser;
  };
  return {
    found: found?.unsaved,
    place,
    keep,
    keepAgain: () => {
      if (last !== undefined) keep(last);
    },
  };
}

function placesOf(folder: string): string {
  return `clipbook-draft [${JSON.stringify(folder)},`;
}

function maybeNewest(store: TextStore | undefined, folder: string): Kept | undefined {
  let newest: Kept | undefined;
  for (let i = 0; i < (store?.length ?? 0); i++) {
    const key = store?.key(i) ?? "";
    if (!key.startsWith(placesOf(folder))) continue;
    const kept = parseKept(store?.getItem(key) ?? null);
    if (kept !== undefined && kept.keptAt > (newest?.keptAt ?? 0)) newest = { ...kept, place: key };
  }
  return newest;
}

function parseKept(text: string | null): Kept | undefined {
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
  const { place, keptAt, baseSha256, baseText, draft } = kept as Partial<Kept & UnsavedDraft>;
  if (typeof place !== "string" || typeof keptAt !== "number" || typeof baseText !== "string")
    return undefined;
  if (baseSha256 === undefined || !Array.isArray(draft?.categories)) return undefined;
  return { place, keptAt, unsaved: { baseSha256, baseText, draft } };
}
