import { browserStores } from "../shell/browserStores.ts";
import { keepText } from "../shell/keepText.ts";

/** What a note belongs to. */
export interface NoteOf {
  /** The study's folder: every study on this port shares the browser's storage. */
  readonly study: string;
  readonly runId: number;
  readonly reviewer: string;
  readonly position: number;
}

const keyOf = ({ study, runId, reviewer, position }: NoteOf) =>
  `clipbook-note ${JSON.stringify([study, runId, reviewer, position])}`;

/** A note that was typed and is not saved yet, kept while this tab is open, whatever is pressed or reloaded. */
export function maybeDraft(of: NoteOf): string | undefined {
  return browserStores()[0]?.getItem(keyOf(of)) ?? undefined;
}

/** Keeps what was typed; undefined once it is saved. A browser that keeps nothing still has it in the field. */
export function keepDraft(of: NoteOf, note: string | undefined): void {
  keepText(browserStores()[0], keyOf(of), note);
}
