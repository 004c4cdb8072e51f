/** The map's colours, as the page has them now. */
export interface MapColors {
  readonly ground: string;
  readonly bar: string;
  readonly ink: string;
  readonly paper: string;
  readonly rule: string;
}

/** What is drawn. */
export interface SimilarityMap {
  /** Cosines row by row `[P, P]`. */
  readonly similarities: readonly number[];
  /** Category of each phrase `[P]`. */
  readonly categories: readonly number[];
  /** Cosines of the lightest and the darkest cell. */
  readonly least: number;
  readonly most: number;
  readonly cellPx: number;
}

/** From this size on a cell has room for its number. */
const numberedCellPx = 26;

/** The colours of the page, light or dark. */
export function colorsOfPage(): MapColors {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(name).trim();
  return {
    ground: color("--mat"),
    bar: color("--bar"),
    ink: color("--ink"),
    paper: color("--paper"),
    rule: color("--soft"),
  };
}

/** Draws the similarities of all pairs of phrases, darker where they are more alike, with lines between the categories. */
export function drawSimilarities(canvas: HTMLCanvasElement, map: SimilarityMap, colors: MapColors): void {
  const { similarities, categories, least, most, cellPx } = map;
  const count = categories.length;
  const scale = devicePixelRatio;
  const sizePx = count * cellPx;
  canvas.width = Math.round(sizePx * scale);
  canvas.height = Math.round(sizePx * scale);
  const pen = canvas.getContext("2d");
  if (pen === null) return;
  pen.scale(scale, scale);
  pen.fillStyle = colors.ground;
  pen.fillRect(0, 0, sizePx, sizePx);
  pen.fillStyle = colors.bar;
  const gapPx = cellPx >= 10 ? 1 : 0;
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (row === column) continue;
      pen.globalAlpha = shade(similarities[row * count + column] ?? 0, least, most);
      pen.fillRect(column * cellPx, row * cellPx, cellPx - gapPx, cellPx - gapPx);
    }
  }
  pen.globalAlpha = 1;
  if (cellPx >= numberedCellPx) writeNumbers(pen, map, colors);
  pen.fillStyle = colors.rule;
  for (let index = 1; index < count; index++) {
    if (categories[index] === categories[index - 1]) continue;
    pen.fillRect(index * cellPx - 1, 0, 1, sizePx);
    pen.fillRect(0, index * cellPx - 1, sizePx, 1);
  }
}

function writeNumbers(pen: CanvasRenderingContext2D, map: SimilarityMap, colors: MapColors): void {
  const { similarities, categories, least, most, cellPx } = map;
  const count = categories.length;
  pen.font = "11px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (row === column) continue;
      const cosine = similarities[row * count + column] ?? 0;
      // Paper on the bar's colour and ink on the ground both have a contrast above 4.5; between them ink has it up to here.
      pen.fillStyle = shade(cosine, least, most) > 0.62 ? colors.paper : colors.ink;
      pen.fillText(String(Math.round(cosine * 100)), (column + 0.5) * cellPx, (row + 0.5) * cellPx);
    }
  }
}

/** 0 for the least similar pair, 1 for the most. */
function shade(cosine: number, least: number, most: number): number {
  if (most <= least) return 0.5;
  return Math.max(0, Math.min(1, (cosine - least) / (most - least)));
}
