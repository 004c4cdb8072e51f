import type { OfflinePage } from "../../src/validation/offlinePage.ts";
import type { Coding } from "./useCoding.ts";

/** Whose codings these are, how far they are, and the way to hand them back. */
export function DeskTop({
  page,
  coding,
  isKept,
  onExport,
}: {
  readonly page: OfflinePage;
  readonly coding: Coding;
  readonly isKept: boolean;
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
            {exportState(done, coding.isExported)}
          </p>
          <button
            type="button"
            class={coding.open === 0 && !coding.isExported ? "primary" : undefined}
            aria-describedby="export-state"
            aria-disabled={done === 0}
            onClick={() => done > 0 && onExport()}
          >
            Export codings
          </button>
        </div>
      </div>
      <div class="progress">
        <progress value={done} max={total} aria-label="Coded pictures" />
        <p>
          <b>{done}</b> of {total} coded
        </p>
      </div>
      {!isKept && (
        <p class="caution" role="alert">
          This browser does not keep what you do: export your codings before you close the page.
        </p>
      )}
    </header>
  );
}

function exportState(done: number, isExported: boolean): string {
  if (done === 0) return "Nothing to export yet";
  return isExported ? "Everything is exported" : "Not exported yet";
}
