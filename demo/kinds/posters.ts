import { pickPalette, shade } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { gradientRect, rect, windowed } from "../drawing/svg.ts";
import { drawBricks, drawPrint, laid } from "./print.ts";

/** One poster that fills the sheet or hangs on a wall. */
export function drawFullPoster({ chance, width, height, palette }: Sheet): Drawing {
  const bleed = chance.happens(0.5);
  const print = drawPrint(chance, palette);
  const wall = chance.pick(["#d8d2c7", "#b8c0c4", "#caa58a", "#dfe2dc"]);
  const size = Math.min(width, (height / 420) * 300) * (bleed ? 1 : 0.84);
  const content = bleed
    ? gradientRect(0, 0, width, height, palette.main, shade(palette.main, 0.2)) +
      windowed(
        print,
        {
          x: (width - size) / 2,
          y: (height - (size / 300) * 420) / 2,
          width: size,
          height: (size / 300) * 420,
        },
        { width: 300, height: 420 },
      )
    : rect(0, 0, width, height, wall) +
      drawBricks(width, height, shade(wall, 0.1)) +
      laid(print, { x: width / 2, y: height / 2, width: size, turn: chance.between(-3, 3) });
  return { seen: { place: bleed ? "print" : "wall", colour: palette.name, people: "none" }, content };
}

/** A wall full of posters. */
export function drawPosterWall({ chance, width, height, palette }: Sheet): Drawing {
  const wall = chance.pick(["#c8b8a6", "#9aa6ad", "#b98f7a", "#d9d4ca", "#7f8b80"]);
  const columns = width > height ? 4 : 3;
  const size = (width / columns) * 0.9;
  const rows = Math.ceil(height / (size * 1.5)) + 1;
  let posters = "";
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      posters += laid(drawPrint(chance, chance.happens(0.6) ? palette : pickPalette(chance)), {
        x: width * ((column + 0.5) / columns),
        y: size * 0.76 + row * size * 1.48 - height * 0.03,
        width: size * 0.94,
        turn: chance.between(-2.5, 2.5),
      });
    }
  }
  return {
    seen: { place: "wall", colour: palette.name, people: "none" },
    content: rect(0, 0, width, height, wall) + drawBricks(width, height, shade(wall, 0.12)) + posters,
  };
}
