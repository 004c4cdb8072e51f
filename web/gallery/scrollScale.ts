// Browsers cannot scroll through elements of any height: Firefox ends at 17.9 million pixels, Chromium and Safari at 33 million. A
// list that is higher is scrolled through a lower element: in small steps pixel by pixel, and in leaps (the scroll bar is dragged)
// by the share of the whole.

/** No element is higher. */
export const mostScrollPx = 8_000_000;

/** A list's height, and how much of it is in sight at once. */
export interface ScrollExtent {
  /** Of the whole list. */
  readonly listPx: number;
  readonly sightPx: number;
}

/** Where somebody is in a list: `shiftPx` lies between the element's own scroll position and that in the list. */
export interface ScrollPlace {
  readonly scrolledPx: number;
  readonly shiftPx: number;
}

/** The height of the element that is scrolled. */
export function scrollHeight({ listPx }: ScrollExtent): number {
  return Math.min(listPx, mostScrollPx);
}

/** The place after scrolling to `scrolledPx`, from 0. */
export function afterScroll(extent: ScrollExtent, before: ScrollPlace, scrolledPx: number): ScrollPlace {
  const { mostList, mostScroll } = ends(extent);
  if (mostList <= mostScroll) return { scrolledPx, shiftPx: 0 };
  if (scrolledPx <= 0) return { scrolledPx, shiftPx: 0 };
  if (scrolledPx >= mostScroll) return { scrolledPx, shiftPx: mostList - mostScroll };
  const isLeap = Math.abs(scrolledPx - before.scrolledPx) > 2 * extent.sightPx;
  const inList = isLeap ? (scrolledPx / mostScroll) * mostList : scrolledPx + before.shiftPx;
  return { scrolledPx, shiftPx: Math.min(mostList, Math.max(0, inList)) - scrolledPx };
}

/** The place at which `topPx` of the list is at the top, as near to the present one as the element allows; negative above the list. */
export function placeFor(extent: ScrollExtent, before: ScrollPlace, topPx: number): ScrollPlace {
  const { mostList, mostScroll } = ends(extent);
  if (topPx <= 0) return { scrolledPx: topPx, shiftPx: 0 };
  const inList = Math.min(mostList, topPx);
  if (mostList <= mostScroll) return { scrolledPx: inList, shiftPx: 0 };
  const near = inList - before.shiftPx;
  const isNear = Math.abs(near - before.scrolledPx) <= 2 * extent.sightPx && near > 0 && near < mostScroll;
  const scrolledPx = isNear ? near : Math.round((inList / mostList) * mostScroll);
  return { scrolledPx, shiftPx: inList - scrolledPx };
}

/** A place when the browser has scrolled to it as near as it can. */
export function settled(extent: ScrollExtent, place: ScrollPlace, reachedPx: number): ScrollPlace {
  const { mostList, mostScroll } = ends(extent);
  if (mostList <= mostScroll || reachedPx <= 0) return { scrolledPx: reachedPx, shiftPx: 0 };
  return { scrolledPx: reachedPx, shiftPx: place.scrolledPx + place.shiftPx - reachedPx };
}

function ends(extent: ScrollExtent): { readonly mostList: number; readonly mostScroll: number } {
  const { listPx, sightPx } = extent;
  return {
    mostList: Math.max(0, listPx - sightPx),
    mostScroll: Math.max(0, scrollHeight(extent) - sightPx),
  };
}
