import type { OfflineCoding } from "../../src/validation/codingsFile.ts";
import type { OfflinePage } from "../../src/validation/offlinePage.ts";
import { textDigest } from "../../src/validation/sha256.ts";

/** An answer as it is kept; its note is kept beside it, because it may be there before. */
export interface KeptAnswer extends Omit<OfflineCoding, "image" | "note"> {
  /** Later answers have greater numbers: clocks can be set back. */
  readonly number: number;
}

/** What a coder has done so far; by the images' digests. */
export interface KeptCodings {
  readonly answers: Readonly<Record<string, KeptAnswer>>;
  readonly notes: Readonly<Record<string, string>>;
  /** `codingsState` of what was exported last. */
  readonly exported: string | undefined;
  /** Whether the coder has put the instructions away. */
  readonly hidesInstructions: boolean;
}

/** Where the codings of one page are kept. */
export interface CodingsKeeper {
  read(): KeptCodings;
  /** Changes what is kept now, by whichever tab. */
  change(change: (kept: KeptCodings) => KeptCodings): KeptCodings;
  /** Whether the browser keeps it when the page is closed. */
  isKept(): boolean;
  /** Told when another tab has changed it. @returns ends it */
  follow(onChange: (kept: KeptCodings) => void): () => void;
}

const nothing: KeptCodings = { answers: {}, notes: {}, exported: undefined, hidesInstructions: false };

/**
 * The browser's own storage, under a name that no other sample, coder or study has; where the browser has none, the page's memory.
 * @param storage undefined where the browser does not even show it
 */
export function openKeeper(page: OfflinePage, storage: Storage | undefined): CodingsKeeper {
  const key = `clipbook codings ${page.sampleDigest} ${page.coder}`;
  let memory = nothing;
  let isKept = storage !== undefined;
  const read = (): KeptCodings => {
    if (!isKept) return memory;
    const text = storage?.getItem(key) ?? undefined;
    return text === undefined ? memory : (maybeKept(text) ?? memory);
  };
  return {
    read,
    change: (change) => {
      memory = change(read());
      try {
        storage?.setItem(key, JSON.stringify(memory));
      } catch (error) {
        // Full, or forbidden by the browser's settings: the page says so, and goes on without.
        if (!(error instanceof DOMException)) throw error;
        isKept = false;
      }
      return memory;
    },
    isKept: () => isKept,
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

/** The codings in the page's order. */
export function codingsOf(page: OfflinePage, { answers, notes }: KeptCodings): readonly OfflineCoding[] {
  return page.images.flatMap((image) => {
    const answer = answers[image];
    if (answer === undefined) return [];
    return [
      {
        image,
        answer: answer.answer,
        value: answer.value,
        note: notes[image] ?? "",
        seconds: answer.seconds,
        codedAt: answer.codedAt,
      },
    ];
  });
}

/** Tells whether codings were changed since they were exported. */
export function codingsState(codings: readonly OfflineCoding[]): string {
  return textDigest(JSON.stringify(codings));
}

/** Text that is no longer what this page wrote counts as nothing. */
function maybeKept(text: string): KeptCodings | undefined {
  try {
    const { answers, notes, exported, hidesInstructions = false } = JSON.parse(text) as Partial<KeptCodings>;
    if (typeof answers !== "object" || typeof notes !== "object") return undefined;
    return { answers, notes, exported, hidesInstructions };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
