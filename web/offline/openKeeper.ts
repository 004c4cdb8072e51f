import type { OfflinePage } from "../../src/validation/offlinePage.ts";
import { type KeptAnswer, type KeptCodings, nothingKept } from "./keptCodings.ts";

/** Where the codings of one page are kept. */
export interface CodingsKeeper {
  read(): KeptCodings;
  /** Changes what is kept now, by whichever tab. */
  change(change: (kept: KeptCodings) => KeptCodings): KeptCodings;
  /** Whether the browser keeps it when the page is closed. */
  isKept(): boolean;
  /** Under which name something lies that was kept and could not be read; undefined where everything could. */
  asideKey(): string | undefined;
  /** Told when another tab has changed it. @returns ends it */
  follow(onChange: (kept: KeptCodings) => void): () => void;
}

/** A browser's storage, the part of it that is needed. */
export type KeeperStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/**
 * The browser's own storage, under a name that no other sample, coder or study has; where the browser has none, the page's memory. What
 * stands there and cannot be read is never overwritten: it goes under a name of its own.
 * @param storage undefined where the browser does not even show it
 */
export function openKeeper(page: OfflinePage, storage: KeeperStorage | undefined): CodingsKeeper {
  const key = `clipbook codings ${page.sampleDigest} ${page.coder}`;
  let memory = nothingKept;
  let isKept = storage !== undefined;
  let aside: string | undefined;
  const store = (edit: (storage: KeeperStorage) => void) => {
    if (!isKept || storage === undefined) return;
    try {
      edit(storage);
    } catch (error) {
      // Full, or forbidden by the browser's settings: the page says so, and goes on without.
      if (!(error instanceof DOMException)) throw error;
      isKept = false;
    }
  };
  const putAside = (text: string) => {
    let number = 1;
    const nameOf = () => `${key} unreadable ${number}`;
    while ((storage?.getItem(nameOf()) ?? text) !== text) number += 1;
    aside = nameOf();
    store((open) => {
      open.setItem(nameOf(), text);
      open.removeItem(key);
    });
    // Nothing could be set aside, so that it stays where it is, and nothing is written over it.
    if (!isKept) aside = key;
  };
  const read = (): KeptCodings => {
    if (!isKept) return memory;
    const text = storage?.getItem(key) ?? undefined;
    if (text === undefined) return memory;
    const kept = maybeKept(text);
    if (kept === undefined) putAside(text);
    return kept ?? memory;
  };
  return {
    read,
    change: (change) => {
      memory = change(read());
      store((open) => open.setItem(key, JSON.stringify(memory)));
      return memory;
    },
    isKept: () => isKept,
    asideKey: () => aside,
    follow: (onChange) => {
      const listener = (event: StorageEvent) => {
        if (event.key === key) onChange(read());
      };
      addEventListener("storage", listener);
      return () => removeEventListener("storage", listener);
    },
  };
}

/** The browser's storage; undefined where its settings forbid it. */
export function maybeStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

/** Undefined for text that this page did not write. */
function maybeKept(text: string): KeptCodings | undefined {
  try {
    const kept: unknown = JSON.parse(text);
    return isKeptCodings(kept) ? kept : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isKeptCodings(value: unknown): value is KeptCodings {
  return (
    isRecord(value) &&
    isRecord(value.answers) &&
    Object.values(value.answers).every(isKeptAnswer) &&
    isRecord(value.notes) &&
    Object.values(value.notes).every((note) => typeof note === "string") &&
    ["everything", "a part", "nothing"].includes(value.exported as string) &&
    typeof value.showsInstructions === "boolean"
  );
}

function isKeptAnswer(value: unknown): value is KeptAnswer {
  return (
    isRecord(value) &&
    ["category", "unsure", "uncodable", "withdrawn"].includes(value.answer as string) &&
    (value.answer === "category" ? typeof value.value === "string" : value.value === null) &&
    (value.seconds === null || typeof value.seconds === "number") &&
    typeof value.codedAt === "string" &&
    typeof value.number === "number"
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
