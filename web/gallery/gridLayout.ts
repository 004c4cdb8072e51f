/** How a grid's cells lie, in CSS pixels. */
export interface GridLayout {
  readonly columns: number;
  readonly cellPx: number;
  /** From one row's top to the next one's. */
  readonly rowPx: number;
  readonly rows: number;
}

/** A thumbnail's box on a screen of one device pixel per CSS pixel: no cell is wider. */
const widestCellPx = 192;

/** Between cells, each way. */
export const gapPx = 10;

/** Below a picture: two lines of text. */
export const captionPx = 46;

/** So many cells, each as wide as the others and no wider than a thumbnail, at least two beside each other. */
export function gridLayout(widthPx: number, cells: number): GridLayout {
  const columns = Math.max(2, Math.ceil((widthPx + gapPx) / (widestCellPx + gapPx)));
  const cellPx = Math.max(1, (widthPx - gapPx * (columns - 1)) / columns);
  return { columns, cellPx, rowPx: cellPx + captionPx + gapPx, rows: Math.ceil(cells / columns) };
}

/** A picture's size in a square box; it is not made larger. */
export function fitInto(
  boxPx: number,
  widthPx: number,
  heightPx: number,
): { readonly widthPx: number; readonly heightPx: number } {
  const scale = Math.min(1, boxPx / Math.max(widthPx, heightPx));
  return {
    widthPx: Math.max(1, Math.round(widthPx * scale)),
    heightPx: Math.max(1, Math.round(heightPx * scale)),
  };
}
