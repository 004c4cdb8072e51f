import { placed, short, stroke } from "./svg.ts";

/**
 * A geometric alphabet drawn with one pen: each letter is SVG path language on a grid where capitals stand between
 * y = 0 and y = 6, and its width. Pictures carry no fonts, so that they look the same on a machine that has none.
 */
const letters: Readonly<Record<string, readonly [width: number, line: string]>> = {
  A: [4, "M0 6L2 0L4 6M.8 4L3.2 4"],
  B: [3.6, "M0 0V6H2A1.6 1.6 0 0 0 2 2.8H0M0 0H1.8A1.4 1.4 0 0 1 1.8 2.8"],
  C: [4, "M4 1.2A2.6 3 0 1 0 4 4.8"],
  D: [4, "M0 0V6H1.2A3 3 0 0 0 1.2 0Z"],
  E: [3.2, "M3.2 0H0V6H3.2M0 3H2.7"],
  F: [3.2, "M3.2 0H0V6M0 3H2.7"],
  G: [4.2, "M4 1.2A2.6 3 0 1 0 4.2 4.2V3.3H2.6"],
  H: [3.8, "M0 0V6M3.8 0V6M0 3H3.8"],
  I: [0.2, "M.1 0V6"],
  J: [2.8, "M2.8 0V4.4A1.5 1.6 0 0 1 0 4.6"],
  K: [3.6, "M0 0V6M3.4 0L0 3.6M1.2 2.5L3.6 6"],
  L: [3, "M0 0V6H3"],
  M: [4.8, "M0 6V0L2.4 4L4.8 0V6"],
  N: [4, "M0 6V0L4 6V0"],
  O: [4.6, "M2.3 0A2.3 3 0 1 0 2.3 6A2.3 3 0 1 0 2.3 0Z"],
  P: [3.6, "M0 6V0H2A1.6 1.7 0 0 1 2 3.4H0"],
  Q: [4.6, "M2.3 0A2.3 3 0 1 0 2.3 6A2.3 3 0 1 0 2.3 0ZM3 4.4L4.5 6.3"],
  R: [3.8, "M0 6V0H2A1.6 1.6 0 0 1 2 3.2H0M2 3.2L3.8 6"],
  S: [3.6, "M3.4 1A1.7 1.55 0 1 0 1.8 3A1.7 1.55 0 1 1 .1 5"],
  T: [3.8, "M0 0H3.8M1.9 0V6"],
  U: [3.8, "M0 0V4A1.9 2 0 0 0 3.8 4V0"],
  V: [4, "M0 0L2 6L4 0"],
  W: [5.6, "M0 0L1.4 6L2.8 1.4L4.2 6L5.6 0"],
  X: [3.8, "M0 0L3.8 6M3.8 0L0 6"],
  Y: [3.8, "M0 0L1.9 3.1L3.8 0M1.9 3.1V6"],
  Z: [3.6, "M0 0H3.6L0 6H3.6"],
  "0": [4, "M2 0A2 3 0 1 0 2 6A2 3 0 1 0 2 0Z"],
  "1": [1.6, "M0 1.4L1.6 0V6"],
  "2": [3.4, "M.1 1.6A1.6 1.6 0 1 1 3 2.8L0 6H3.4"],
  "3": [3.4, "M.2 0H3.2L1.5 2.4A1.75 1.8 0 1 1 0 5"],
  "4": [3.8, "M2.8 6V0L0 4.2H3.8"],
  "5": [3.4, "M3.1 0H.5L.3 2.7A1.7 1.8 0 1 1 0 5.2"],
  "6": [3.6, "M2.8 0L.5 3.1A1.8 1.8 0 1 0 1.8 2.4"],
  "7": [3.4, "M0 0H3.4L1.2 6"],
  "8": [3.6, "M1.8 0A1.4 1.4 0 1 0 1.8 2.8A1.6 1.6 0 1 0 1.8 6A1.6 1.6 0 1 0 1.8 2.8A1.4 1.4 0 1 0 1.8 0Z"],
  "9": [3.6, "M.8 6L3.1 2.9A1.8 1.8 0 1 0 1.8 3.6"],
  "!": [0.2, "M.1 0V4M.1 5.9V6"],
  "?": [3, "M0 1.3A1.5 1.4 0 1 1 1.5 3V4M1.5 5.9V6"],
  ".": [0.2, "M.1 5.9V6"],
  ",": [0.4, "M.3 5.6L0 6.8"],
  "-": [2, "M0 3H2"],
  "+": [2.8, "M0 3.2H2.8M1.4 1.8V4.6"],
  ":": [0.2, "M.1 1.9V2M.1 5.9V6"],
  "&": [4, "M4 6L1 2A1.2 1.2 0 1 1 2.8 1.6L.7 3.6A1.6 1.6 0 0 0 3.8 4.4"],
  "#": [3.6, "M1.2 0L.6 6M3 0L2.4 6M.2 2H3.6M0 4H3.4"],
  "%": [4.2, "M4 0L.2 6M.9 0A.9 .9 0 1 0 1 0ZM3.3 4.2A.9 .9 0 1 0 3.4 4.2Z"],
  "'": [0.2, "M.1 0V1.4"],
  " ": [1.8, ""],
};
const letterGap = 1.5;

/** How words are set; `x` is the middle unless `align` says start. */
export interface Setting {
  readonly x: number;
  readonly y: number;
  /** Height of capitals. */
  readonly size: number;
  readonly colour: string;
  /** Pen width as a share of the size. */
  readonly weight?: number;
  readonly align?: "start" | "middle";
  /** Words wider than this are set smaller. */
  readonly maxWidth?: number;
}

/** Width of words in SVG units. @throws RangeError for a character that the alphabet does not have */
export function measureLettering(text: string, size: number): number {
  const widths = [...text.toUpperCase()].map((character) => letterOf(character)[0] + letterGap);
  return ((widths.reduce((sum, width) => sum + width, 0) - letterGap) * size) / 6;
}

/** Words as drawn lines; `y` is the top of the capitals. @throws RangeError for a character without a drawing */
export function drawLettering(text: string, setting: Setting): string {
  const { x, y, colour, weight = 0.16, align = "middle", maxWidth = Number.POSITIVE_INFINITY } = setting;
  const size = setting.size * Math.min(1, maxWidth / measureLettering(text, setting.size));
  const width = measureLettering(text, size);
  let pen = align === "middle" ? x - width / 2 : x;
  let drawing = "";
  for (const character of text.toUpperCase()) {
    const [letterWidth, line] = letterOf(character);
    if (line !== "") {
      drawing += `<g transform="translate(${short(pen)} ${short(y)}) scale(${(size / 6).toFixed(4)})">${stroke(line, colour, weight * 6)}</g>`;
    }
    pen += ((letterWidth + letterGap) * size) / 6;
  }
  return drawing;
}

/** Lines of unreadable small text, as grey bars seen from afar. `ragged` gives each line's share of the width. */
export function drawTextLines(
  at: { x: number; y: number; width: number; lineHeight: number },
  ragged: readonly number[],
  colour: string,
): string {
  const height = at.lineHeight * 0.42;
  return ragged
    .map((share, index) => {
      const y = at.y + index * at.lineHeight;
      return `<rect x="${short(at.x)}" y="${short(y)}" width="${short(at.width * share)}" height="${short(height)}" rx="${short(height / 2)}" fill="${colour}"/>`;
    })
    .join("");
}

/** Words in a coloured lozenge round their middle. */
export function drawLabel(
  text: string,
  at: { x: number; y: number; size: number; fill: string; colour: string; turn?: number },
): string {
  const width = measureLettering(text, at.size) + at.size * 1.6;
  const height = at.size * 2.1;
  const box = `<rect x="${short(-width / 2)}" y="${short(-height / 2)}" width="${short(width)}" height="${short(height)}" rx="${short(at.size * 0.4)}" fill="${at.fill}"/>`;
  const words = drawLettering(text, {
    x: 0,
    y: -at.size / 2,
    size: at.size,
    colour: at.colour,
    weight: 0.18,
  });
  return placed(box + words, { x: at.x, y: at.y, turn: at.turn ?? 0 });
}

function letterOf(character: string): readonly [number, string] {
  const letter = letters[character];
  if (letter === undefined) throw new RangeError(`the drawn alphabet has no "${character}"`);
  return letter;
}
