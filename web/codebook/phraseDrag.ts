/** The phrase that is dragged. */
export interface DraggedPhrase {
  readonly key: string;
  readonly text: string;
}

/** Where a dragged phrase would be dropped. */
export interface DropPlace {
  readonly categoryKey: string;
  /** The phrase before which it would stand; undefined: at the category's end. */
  readonly beforeKey: string | undefined;
  /** Where that is on the screen: a line across its box, or the whole box of a folded category. In pixels. */
  readonly mark: {
    readonly leftPx: number;
    readonly topPx: number;
    readonly widthPx: number;
    readonly heightPx: number;
  };
}

/** A drag under way. */
export interface DragState {
  readonly phrase: DraggedPhrase;
  readonly xPx: number;
  readonly yPx: number;
  readonly place: DropPlace | undefined;
}

/** A pointer that moved less than this has only clicked. */
const clickPx = 4;

/** So near to the edge of what shows the board it scrolls. */
const edgePx = 56;

/**
 * Follows a pointer from the handle of a phrase until it is let go. Mouse, pen and finger alike; Escape gives up.
 * @param onMove told of every move once it is a drag; undefined at its end
 * @param onDrop told where the phrase was let go
 */
export function followDrag(
  down: PointerEvent,
  phrase: DraggedPhrase,
  onMove: (state: DragState | undefined) => void,
  onDrop: (place: DropPlace) => void,
): void {
  const handle = down.currentTarget as HTMLElement;
  handle.setPointerCapture(down.pointerId);
  let at = { xPx: down.clientX, yPx: down.clientY };
  let isDrag = false;
  let frame = 0;
  const show = () => onMove({ phrase, ...at, place: maybeDropPlace(at.xPx, at.yPx, phrase.key) });
  const scroller = scrollerOf(handle);
  const scroll = () => {
    const { top, bottom } =
      scroller === null ? { top: 0, bottom: innerHeight } : scroller.getBoundingClientRect();
    const above = top + edgePx - at.yPx;
    const below = at.yPx - Math.min(bottom, innerHeight) + edgePx;
    const by = above > 0 ? -above : Math.max(0, below);
    if (by !== 0) {
      (scroller ?? window).scrollBy(0, by / 4);
      show();
    }
    frame = requestAnimationFrame(scroll);
  };
  const move = (event: PointerEvent) => {
    at = { xPx: event.clientX, yPx: event.clientY };
    if (!isDrag) {
      if (Math.hypot(at.xPx - down.clientX, at.yPx - down.clientY) < clickPx) return;
      isDrag = true;
      frame = requestAnimationFrame(scroll);
    }
    show();
  };
  const end = () => {
    cancelAnimationFrame(frame);
    handle.removeEventListener("pointermove", move);
    handle.removeEventListener("pointerup", up);
    handle.removeEventListener("pointercancel", end);
    removeEventListener("keydown", giveUp, true);
    onMove(undefined);
  };
  const up = () => {
    const place = isDrag ? maybeDropPlace(at.xPx, at.yPx, phrase.key) : undefined;
    end();
    if (place !== undefined) onDrop(place);
  };
  const giveUp = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    end();
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("pointerup", up);
  handle.addEventListener("pointercancel", end);
  addEventListener("keydown", giveUp, true);
}

/** What scrolls the board: an element round it, or (null) the window. */
function scrollerOf(element: HTMLElement): HTMLElement | null {
  for (let around = element.parentElement; around !== null; around = around.parentElement) {
    if (around.scrollHeight > around.clientHeight && getComputedStyle(around).overflowY === "auto")
      return around;
  }
  return null;
}

/** Where a phrase would go that is let go at a point of the window; undefined where nothing takes it. */
function maybeDropPlace(xPx: number, yPx: number, draggedKey: string): DropPlace | undefined {
  const hit = document.elementFromPoint(xPx, yPx);
  const category = hit?.closest<HTMLElement>("[data-category]");
  const categoryKey = category?.dataset.category;
  if (category === null || category === undefined || categoryKey === undefined) return undefined;
  const row = hit?.closest<HTMLElement>("[data-phrase]");
  if (row !== null && row !== undefined) {
    const box = row.getBoundingClientRect();
    const isUpper = yPx < box.top + box.height / 2;
    let before: Element | null = isUpper ? row : row.nextElementSibling;
    // Before itself is where it is: before the one behind it is the same place, and its own row goes away.
    if ((before as HTMLElement | null)?.dataset.phrase === draggedKey)
      before = before?.nextElementSibling ?? null;
    return {
      categoryKey,
      beforeKey: (before as HTMLElement | null)?.dataset.phrase,
      mark: lineAcross(box, isUpper ? box.top : box.bottom),
    };
  }
  const rows = category.querySelectorAll<HTMLElement>("[data-phrase]");
  const last = rows[rows.length - 1]?.getBoundingClientRect();
  const box = category.getBoundingClientRect();
  if (last === undefined || last.height === 0) {
    return { categoryKey, beforeKey: undefined, mark: boxMark(box) };
  }
  return { categoryKey, beforeKey: undefined, mark: lineAcross(last, last.bottom) };
}

function lineAcross(box: DOMRect, yPx: number): DropPlace["mark"] {
  return { leftPx: box.left, topPx: yPx - 1, widthPx: box.width, heightPx: 2 };
}

function boxMark({ left, top, width, height }: DOMRect): DropPlace["mark"] {
  return { leftPx: left, topPx: top, widthPx: width, heightPx: height };
}
