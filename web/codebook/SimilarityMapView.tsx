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
  onCell,
}: {
  readonly phrases: readonly MappedPhrase[];
  /** `[P, P]` */
  readonly similarities: readonly number[];
  readonly cell: MapCell;
  readonly onCell: (cell: MapCell) => void;
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
  const go = (row: number, column: number) => {
    const within = (index: number) => Math.max(0, Math.min(count - 1, index));
    onCell({ row: within(row), column: within(column) });
  };
  const cellAt = (event: MouseEvent): MapCell => {
    const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    return {
      row: Math.floor((event.clientY - top) / cellPx),
      column: Math.floor((event.clientX - left) / cellPx),
    };
  };
  const groups = useMemo(() => groupsOf(phrases), [phrases]);
  const row = phrases[cell.row];
  const column = phrases[cell.column];
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
        {/* biome-ignore lint/a11y/useFocusableInteractive: it is focusable */}
        <div
          role="grid"
          class="map-grid"
          tabIndex={0}
          aria-label="Similarity of every pair of phrases"
          aria-rowcount={count}
          aria-colcount={count}
          aria-activedescendant="map-cell"
          style={{ width: `${sizePx}px`, height: `${sizePx}px` }}
          onMouseMove={(event) => {
            const at = cellAt(event);
            if (at.row !== cell.row || at.column !== cell.column) go(at.row, at.column);
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
            go(...step);
          }}
        >
          <canvas
            ref={canvas}
            aria-hidden="true"
            style={{ width: `${sizePx}px`, height: `${sizePx}px` }}
          />
          <div role="row" aria-rowindex={cell.row + 1}>
            <div
              role="gridcell"
              id="map-cell"
              class="map-cell"
              aria-colindex={cell.column + 1}
              aria-selected="true"
              style={{
                left: `${cell.column * cellPx}px`,
                top: `${cell.row * cellPx}px`,
                width: `${cellPx}px`,
                height: `${cellPx}px`,
              }}
            >
              <span class="unseen">
                {row?.text}, {row?.categoryName}, and {column?.text}, {column?.categoryName}:{" "}
                {formatDecimal(similarities[cell.row * count + cell.column] ?? 0)}
              </span>
            </div>
          </div>
        </div>
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
