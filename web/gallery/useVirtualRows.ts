import type { RefObject } from "preact";
import { useCallback, useLayoutEffect, useRef, useState } from "preact/hooks";
import { afterScroll, placeFor, type ScrollPlace, scrollHeight, settled } from "./scrollScale.ts";

/** Rows beyond both edges of what is in sight. */
const overscanRows = 2;

/** Rows of equal height of which only those in sight exist; the page itself is scrolled. */
export interface VirtualRows {
  /** Height of the element that holds them. */
  readonly heightPx: number;
  readonly firstRow: number;
  readonly lastRow: number;
  /** Where a row is in that element. */
  topOf(row: number): number;
  /** How many whole rows are in sight at once, at least one. */
  countInSight(): number;
  /** The row at the screen's top edge, and how much of it is above that; negative above the first row. */
  readonly topRow: number;
  /** Scrolls as little as brings a row into sight. */
  show(row: number): void;
  /** Scrolls until a place, as `topRow` tells it, is at the screen's top edge. */
  showTop(row: number): void;
  /** Scrolls to the first row, if the beginning is out of sight. */
  showBeginning(): void;
}

/**
 * @param holder the element that holds the rows
 * @param coveredPx how much of the page's top is covered: rows behind that are not in sight
 */
export function useVirtualRows(
  holder: RefObject<HTMLElement | null>,
  {
    rows,
    rowPx,
    coveredPx,
  }: { readonly rows: number; readonly rowPx: number; readonly coveredPx: () => number },
): VirtualRows {
  const [sightPx, setSightPx] = useState(() => innerHeight);
  const [place, setPlace] = useState<ScrollPlace>({ scrolledPx: 0, shiftPx: 0 });
  const latest = useRef(place);
  const extent = { listPx: rows * rowPx, sightPx };
  const extentNow = useRef(extent);
  extentNow.current = extent;
  const take = useCallback((next: ScrollPlace) => {
    latest.current = next;
    setPlace(next);
  }, []);
  const scrolled = useCallback(() => -(holder.current?.getBoundingClientRect().top ?? 0), [holder]);
  useLayoutEffect(() => {
    let frame = 0;
    const look = () => {
      frame = 0;
      setSightPx(innerHeight);
      const now = scrolled();
      // A scroll that `show` made itself is known already.
      if (Math.abs(now - latest.current.scrolledPx) < 1) return;
      take(afterScroll(extentNow.current, latest.current, now));
    };
    // Once per picture of the screen, however many events there are.
    const soon = () => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    look();
    addEventListener("scroll", soon, { passive: true });
    addEventListener("resize", soon);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener("scroll", soon);
      removeEventListener("resize", soon);
    };
  }, [scrolled, take]);
  // What stands above the rows may have grown, or they may have become fewer.
  useLayoutEffect(() => {
    const now = scrolled();
    if (Math.abs(now - latest.current.scrolledPx) >= 1)
      take(afterScroll(extentNow.current, { ...latest.current, scrolledPx: now }, now));
  }, [extent.listPx, scrolled, take]);
  const inList = place.scrolledPx + place.shiftPx;
  const scrollTo = (topPx: number) => {
    const next = placeFor(extent, latest.current, topPx);
    window.scrollTo({ top: scrollY - scrolled() + next.scrolledPx, behavior: "instant" });
    take(settled(extent, next, scrolled()));
  };
  return {
    heightPx: scrollHeight(extent),
    firstRow: Math.max(0, Math.floor(inList / rowPx) - overscanRows),
    lastRow: Math.min(rows - 1, Math.floor((inList + sightPx) / rowPx) + overscanRows),
    topOf: (row) => row * rowPx - place.shiftPx,
    topRow: inList / rowPx,
    countInSight: () => Math.max(1, Math.floor((sightPx - coveredPx()) / rowPx)),
    show: (row) => {
      const top = row * rowPx;
      const now = latest.current.scrolledPx + latest.current.shiftPx;
      if (top < now + coveredPx()) scrollTo(top - coveredPx());
      else if (top + rowPx > now + sightPx) scrollTo(top + rowPx - sightPx);
    },
    showTop: (row) => scrollTo(row * rowPx),
    showBeginning: () => {
      if (latest.current.scrolledPx + latest.current.shiftPx > 0) scrollTo(-coveredPx());
    },
  };
}
