import type { OfflinePage } from "../../src/validation/offlinePage.ts";
import type { Coding } from "./useCoding.ts";

/** Whose codings these are, how far they are, and the way to hand them back. */
export function DeskTop({
  page,
  coding,
  isKept,
  asideKey,
  onExport,
}: {
  readonly page: OfflinePage;
  readonly coding: Coding;
  readonly isKept: boolean;
  /** Under which name something lies that could not be read. */
  readonly asideKey: string | undefined;
  readonly onExport: () => void;
}) {
  const total = page.images.length;
  const done = total - coding.open;
  return (
    <header>
      <div class="top">
        <h1 dir="auto">{page.title ?? page.sample}</h1>
        <p class="who soft">
          <bdi>{page.sample}</bdi> · coded by <bdi>{page.coder}</bdi>
        </p>
        <div class="hand-back">
          <p class="soft" id="export-state">
            {exportState(coding)}
          </p>
          <button
            type="button"
            class={coding.open === 0 && !coding.isExported ? "primary" : undefined}
            aria-describedby="export-state"
            aria-disabled={!coding.canExport}
            onClick={() => coding.canExport && onExport()}
          >
            Export codings
          </button>
        </div>
      </div>
      <div class="progress">
        <progress value={done} max={total} aria-label="Coded images" />
        <p>
          <b>{done}</b> of {total} coded
        </p>
      </div>
      {asideKey !== undefined && (
        <p class="caution" role="alert">
          What this browser had kept of this page cannot be read, and you begin anew. It was not deleted: it
          lies in the browser’s storage as “<bdi>{asideKey}</bdi>”. Tell the researcher before you go on.
        </p>
      )}
      {!isKept && (
        <p class="caution" role="alert">
          This browser does not keep what you do: export your codings before you close the page.
        </p>
      )}
    </header>
  );
}

function exportState({ canExport, isExported, openNotes }: Coding): string {
  const state = !canExport
    ? "Nothing to export yet"
    : isExported
      ? "Everything is exported"
      : "Not exported yet";
  if (openNotes === 0) return state;
  const notes = openNotes === 1 ? "1 note is on an image" : `${openNotes} notes are on images`;
  return `${state}; ${notes} without an answer, and not in the file`;
}
