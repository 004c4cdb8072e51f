import "./grid.css";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { GridCell } from "./GridCell.tsx";
import { gapPx, gridLayout } from "./gridLayout.ts";
import type { UnitPages } from "./unitPages.ts";
import { useVirtualRows } from "./useVirtualRows.ts";
import { useWidth } from "./useWidth.ts";

/** Where the grid is asked to put the focus; a new object each time. */
export interface FocusRequest {
  readonly index: number;
}

/**
 * The units of a listing as a grid of which only the rows in sight exist. The arrow keys go from unit to unit, Home, End, Page up
 * and Page down further, Enter opens.
 */
export function ImageGrid({
  pages,
  label,
  withCategory,
  active,
  focus,
  coveredPx,
  hrefOf,
  onActive,
  onOpen,
}: {
  readonly pages: UnitPages;
  readonly label: string;
  readonly withCategory: boolean;
  /** Index of the unit that the tabulator comes to. */
  readonly active: number;
  readonly focus: FocusRequest | undefined;
  /** How much of the page's top is covered. */
  readonly coveredPx: () => number;
  readonly hrefOf: (position: number | undefined) => string;
  readonly onActive: (index: number) => void;
  readonly onOpen: (index: number) => void;
}) {
  const holder = useRef<HTMLTableElement>(null);
  const widthPx = useWidth(holder);
  // Asked while the page still is as it was: what is drawn now may move the element that has the focus.
  const hadFocus = holder.current?.contains(document.activeElement) ?? false;
  const focusActive = () => {
    const link = holder.current?.querySelector<HTMLElement>('a[tabindex="0"]');
    if (document.activeElement !== link) link?.focus({ preventScroll: true });
  };
  useLayoutEffect(() => {
    if (hadFocus) focusActive();
  });
  const total = pages.total ?? 0;
  const layout = gridLayout(widthPx, total);
  const { columns, cellPx, rowPx, rows } = layout;
  const view = useVirtualRows(holder, { rows, rowPx, coveredPx });
  const { firstRow, lastRow } = view;
  useEffect(() => {
    if (widthPx > 0) pages.want("grid", { first: firstRow * columns, last: (lastRow + 1) * columns - 1 });
  }, [pages, firstRow, lastRow, columns, widthPx]);
  // Another listing begins at its beginning.
  const shown = useRef(pages);
  useLayoutEffect(() => {
    if (shown.current !== pages) view.showBeginning();
    shown.current = pages;
  }, [pages]);
  // What is in sight stays so when the window becomes wider or narrower and the rows hold more or fewer.
  const top = useRef({ columns, unit: 0 });
  useLayoutEffect(() => {
    const hasOtherColumns = columns !== top.current.columns;
    if (hasOtherColumns && top.current.unit > 0) view.showTop(top.current.unit / columns);
    top.current = { columns, unit: hasOtherColumns ? top.current.unit : view.topRow * columns };
  });
  useLayoutEffect(() => {
    if (focus === undefined || total === 0) return;
    view.show(Math.floor(focus.index / columns));
    focusActive();
  }, [focus]);
  const goTo = (index: number) => {
    const next = Math.min(total - 1, Math.max(0, index));
    onActive(next);
    view.show(Math.floor(next / columns));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const page = columns * view.countInSight();
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: active - 1,
      ArrowRight: active + 1,
      ArrowUp: active - columns,
      ArrowDown: Math.min(active + columns, Math.max(active, total - 1)),
      PageUp: active - page < 0 ? active % columns : active - page,
      PageDown: active + page,
      Home: 0,
      End: total - 1,
    };
    if (event.key === "Enter") {
      event.preventDefault();
      onOpen(active);
      return;
    }
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    // Above the first row there is nothing.
    if (next >= 0) goTo(next);
  };
  const shownRows = rowsToShow(firstRow, lastRow, Math.floor(active / columns), rows);
  return (
    <table
      ref={holder}
      class="image-grid"
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the arrow keys go from cell to cell (ARIA practices, grid)
      role="grid"
      aria-label={label}
      aria-rowcount={rows}
      aria-colcount={columns}
      style={{ height: `${view.heightPx}px` }}
      onKeyDown={onKeyDown}
    >
      <tbody>
        {widthPx > 0 &&
          shownRows.map((row) => (
            <tr
              key={row}
              aria-rowindex={row + 1}
              class="row"
              style={{ transform: `translateY(${view.topOf(row)}px)` }}
            >
              {indicesOf(row, columns, total).map((index, column) => {
                const card = pages.maybeCard(index);
                return (
                  <GridCell
                    key={index}
                    card={card}
                    column={column}
                    leftPx={column * (cellPx + gapPx)}
                    boxPx={cellPx}
                    href={hrefOf(card?.position)}
                    isActive={index === active}
                    withCategory={withCategory}
                    onFocus={() => {
                      if (index !== active) onActive(index);
                    }}
                    onOpen={() => onOpen(index)}
                  />
                );
              })}
            </tr>
          ))}
      </tbody>
    </table>
  );
}

/** The rows in sight, and the active one wherever it is: an element that goes would lose the focus. */
function rowsToShow(first: number, last: number, active: number, rows: number): readonly number[] {
  const shown = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
  if (active >= rows || (active >= first && active <= last)) return shown;
  return active < first ? [active, ...shown] : [...shown, active];
}

function indicesOf(row: number, columns: number, total: number): readonly number[] {
  const first = row * columns;
  return Array.from({ length: Math.max(0, Math.min(columns, total - first)) }, (_, i) => first + i);
}
