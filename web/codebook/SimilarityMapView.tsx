import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { formatDecimal } from "../format.ts";
import type { MappedPhrase } from "./mappedPhrases.ts";
import { colorsOfPage, drawSimilarities } from "./similarityCanvas.ts";
import { similarityRange } from "./similarPairs.ts";
import { useMediaQuery } from "./useMediaQuery.ts";

/** Room for the categories' names at the left. */
const labelPx = 152;
const cellRangePx = { least: 5, most: 30 };

/** A cell of the map. */
export interface MapCell {
  readonly row: number;
  readonly column: number;
}

/** The map of all pairs of phrases. One tab stop: arrow keys walk through its cells. */
export function SimilarityMapView({
  phrases,
  similarities,
  cell,
  onHover,
  onChoose,
}: {
  readonly phrases: readonly MappedPhrase[];
  /** `[P, P]` */
  readonly similarities: readonly number[];
  readonly cell: MapCell;
  /** Told of the cell under the pointer. */
  readonly onHover: (cell: MapCell | undefined) => void;
  /** Told of a cell that was clicked, or walked to. */
  readonly onChoose: (cell: MapCell) => void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [widthPx, setWidthPx] = useState(0);
  const isDark = useMediaQuery("(prefers-color-scheme: dark)");
  const count = phrases.length;
  const range = useMemo(() => similarityRange(similarities, count), [similarities, count]);
  const fitting = Math.floor((widthPx - labelPx) / Math.max(1, count));
  const cellPx = Math.max(cellRangePx.least, Math.min(cellRangePx.most, fitting));
  useLayoutEffect(() => {
    if (box.current === null) return;
    const observer = new ResizeObserver(([entry]) => setWidthPx(entry?.contentRect.width ?? 0));
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (canvas.current === null || widthPx === 0 || range === undefined) return;
    const categories = phrases.map(({ category }) => category);
    drawSimilarities(canvas.current, { similarities, categories, ...range, cellPx }, colorsOfPage());
  }, [phrases, similarities, range, cellPx, widthPx, isDark]);
  const sizePx = count * cellPx;
  const within = (index: number) => Math.max(0, Math.min(count - 1, index));
  const cellAt = (event: MouseEvent): MapCell => {
    const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    return {
      row: within(Math.floor((event.clientY - top) / cellPx)),
      column: within(Math.floor((event.clientX - left) / cellPx)),
    };
  };
  const groups = useMemo(() => groupsOf(phrases), [phrases]);
  return (
    <div class="similarity-map" ref={box}>
      <div class="map-frame" style={{ gridTemplateColumns: `${labelPx}px ${sizePx}px` }}>
        <ol class="map-labels" aria-hidden="true" style={{ height: `${sizePx}px` }}>
          {groups.map(({ name, first, length }) => (
            <li
              key={first}
              style={{ top: `${first * cellPx}px`, height: `${length * cellPx}px` }}
              class={length * cellPx < 13 ? "cramped" : undefined}
            >
              <span dir="auto">{name}</span>
            </li>
          ))}
        </ol>
        <button
          type="button"
          class="map-grid"
          aria-label="Map of every pair of phrases; arrow keys walk through it"
          aria-describedby="map-readout"
          style={{ width: `${sizePx}px`, height: `${sizePx}px` }}
          onMouseMove={(event) => onHover(cellAt(event))}
          onMouseLeave={() => onHover(undefined)}
          onClick={(event) => {
            // A click by the keyboard has no place.
            if (event.detail > 0) onChoose(cellAt(event));
          }}
          onKeyDown={(event) => {
            const steps: Record<string, readonly [number, number]> = {
              ArrowUp: [cell.row - 1, cell.column],
              ArrowDown: [cell.row + 1, cell.column],
              ArrowLeft: [cell.row, cell.column - 1],
              ArrowRight: [cell.row, cell.column + 1],
              Home: [cell.row, 0],
              End: [cell.row, count - 1],
              PageUp: [cell.row - 10, cell.column],
              PageDown: [cell.row + 10, cell.column],
            };
            const step = steps[event.key];
            if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
            event.preventDefault();
            onHover(undefined);
            onChoose({ row: within(step[0]), column: within(step[1]) });
          }}
        >
          <canvas ref={canvas} style={{ width: `${sizePx}px`, height: `${sizePx}px` }} />
          <span
            class="map-cell"
            style={{
              left: `${cell.column * cellPx}px`,
              top: `${cell.row * cellPx}px`,
              width: `${cellPx}px`,
              height: `${cellPx}px`,
            }}
          />
        </button>
      </div>
      {range !== undefined && (
        <p class="map-legend small">
          <span>{formatDecimal(range.least)}</span>
          <span class="map-scale" aria-hidden="true" />
          <span>{formatDecimal(range.most)}</span>
          <span class="soft">cosine, the least and the most alike pair</span>
        </p>
      )}
    </div>
  );
}

interface PhraseGroup {
  readonly name: string;
  readonly first: number;
  readonly length: number;
}

function groupsOf(phrases: readonly MappedPhrase[]): readonly PhraseGroup[] {
  const groups: PhraseGroup[] = [];
  for (const [index, { category, categoryName }] of phrases.entries()) {
    const last = groups.at(-1);
    if (last !== undefined && phrases[index - 1]?.category === category) {
      groups[groups.length - 1] = { ...last, length: last.length + 1 };
    } else groups.push({ name: categoryName, first: index, length: 1 });
  }
  return groups;
}
