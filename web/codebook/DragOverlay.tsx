import type { DragState } from "./phraseDrag.ts";

/** The phrase under the pointer, and the place where it would be dropped. */
export function DragOverlay({ state: { phrase, xPx, yPx, place } }: { readonly state: DragState }) {
  return (
    <div class="drag" aria-hidden="true">
      {place !== undefined && (
        <div
          class={place.mark.heightPx > 2 ? "drop-box" : "drop-line"}
          style={{
            left: `${place.mark.leftPx}px`,
            top: `${place.mark.topPx}px`,
            width: `${place.mark.widthPx}px`,
            height: `${place.mark.heightPx}px`,
          }}
        />
      )}
      <p class="drag-text" dir="auto" style={{ left: `${xPx + 12}px`, top: `${yPx + 10}px` }}>
        {phrase.text}
      </p>
    </div>
  );
}
