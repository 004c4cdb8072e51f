import { seededRandom } from "../../seededRandom.ts";

type Rgb = readonly [number, number, number];
/** A picture's colour at a place, both coordinates from 0 to 255. */
type Drawing = (x: number, y: number) => Rgb;

const white: Rgb = [255, 255, 255];
const dark: Rgb = [30, 30, 40];

const drawings: readonly Drawing[] = [
  (x, y) => (isWithin(x, y, 128, 128, 80, 80) ? [214, 40, 40] : white),
  (x, y) => ((x + y) % 64 < 32 ? [29, 53, 145] : [247, 201, 72]),
  (_x, y) => (y < 150 ? [120 + y / 2, 180 + y / 4, 255] : [60, 140 - (y - 150) / 2, 50]),
  (x, y) => ((Math.floor(x / 32) + Math.floor(y / 32)) % 2 === 0 ? dark : white),
  drawFace,
  drawPatches(),
];

/**
 * The pictures of the self-test as square views, RGB `[sizePx, sizePx, 3]` 0-255: a disc, stripes, a landscape, a chequerboard, a
 * face, coloured patches. They are computed, not decoded, so that the towers alone are tested, and are the same everywhere.
 */
export function drawTestViews(sizePx: number): readonly Uint8Array[] {
  return drawings.map((colourAt) => {
    const view = new Uint8Array(sizePx * sizePx * 3);
    for (let at = 0; at < sizePx * sizePx; at++) {
      const [row, column] = [Math.floor(at / sizePx), at % sizePx];
      const colour = colourAt(Math.floor((column * 256) / sizePx), Math.floor((row * 256) / sizePx));
      view.set(colour.map(Math.floor), at * 3);
    }
    return view;
  });
}

/** The phrases of the self-test. */
export const testPhrases: readonly string[] = [
  "a photo of a dog",
  "a red circle on a white background",
  "people at a political rally",
  "a portrait of a person, smiling",
  "a plate of food on a table",
  "text",
];

function drawFace(x: number, y: number): Rgb {
  const isEye = isWithin(x, y, 98, 105, 10, 7) || isWithin(x, y, 158, 105, 10, 7);
  if (isEye) return dark;
  if (isWithin(x, y, 128, 170, 30, 8)) return [170, 50, 60];
  return isWithin(x, y, 128, 128, 70, 95) ? [224, 182, 150] : [110, 120, 125];
}

function drawPatches(): Drawing {
  const random = seededRandom(1);
  const colours = Array.from({ length: 256 }, (): Rgb => {
    const channel = () => Math.floor(random() * 256);
    return [channel(), channel(), channel()];
  });
  return (x, y) => colours[Math.floor(y / 16) * 16 + Math.floor(x / 16)] as Rgb;
}

/** Whether a place is in an ellipse round (a, b). */
function isWithin(x: number, y: number, a: number, b: number, radiusX: number, radiusY: number): boolean {
  return ((x - a) * radiusY) ** 2 + ((y - b) * radiusX) ** 2 <= (radiusX * radiusY) ** 2;
}
