import { drawPerson } from "../drawing/figure.ts";
import { drawHouses } from "../drawing/houses.ts";
import { drawLettering } from "../drawing/lettering.ts";
import { pickLook } from "../drawing/look.ts";
import { shade, tint } from "../drawing/palette.ts";
import { drawTree } from "../drawing/plants.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { drawSky, pickTime } from "../drawing/sky.ts";
import { slogans } from "../drawing/stage.ts";
import { circle, gradientRect, rect, windowed } from "../drawing/svg.ts";

/** A large advertising board over a street. */
export function drawBillboard(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const time = pickTime(chance);
  const ground = height * 0.86;
  const board = { x: width * 0.1, y: height * 0.16, width: width * 0.8, height: height * 0.46 };
  const [first, second] = chance.pick(slogans);
  const side = chance.pick([0.22, 0.78]);
  const person = drawPerson(
    pickLook(chance, { formal: true }),
    { expression: { mouth: "smile", detailed: true } },
    { x: board.width * side, y: board.height * 2.1, heightPx: board.height * 1.95 },
  );
  const textX = board.width * (side < 0.5 ? 0.66 : 0.36);
  const print = [
    gradientRect(0, 0, board.width, board.height, palette.main, shade(palette.main, 0.15)),
    circle(board.width * side, board.height * 0.55, board.height * 0.48, palette.second),
    person,
    drawLettering(first, {
      x: textX,
      y: board.height * 0.26,
      size: board.height * 0.17,
      colour: palette.paper,
      weight: 0.22,
      maxWidth: board.width * 0.5,
    }),
    drawLettering(second, {
      x: textX,
      y: board.height * 0.54,
      size: board.height * 0.08,
      colour: tint(palette.second, 0.5),
      weight: 0.2,
      maxWidth: board.width * 0.48,
    }),
    rect(0, board.height * 0.92, board.width, board.height * 0.08, palette.accent),
  ].join("");
  return {
    seen: { place: "street", time, colour: palette.name, people: "none" },
    content: [
      drawSky(sheet, time),
      drawHouses(sheet, ground, [height * 0.1, height * 0.3], time),
      rect(0, ground, width, height, "#8f9199") + rect(0, ground + height * 0.06, width, 4, "#e9e4d2"),
      rect(
        width * 0.24,
        board.y + board.height,
        width * 0.03,
        ground - board.y - board.height + 8,
        "#5d5a66",
      ) +
        rect(
          width * 0.73,
          board.y + board.height,
          width * 0.03,
          ground - board.y - board.height + 8,
          "#5d5a66",
        ),
      rect(board.x - 9, board.y - 9, board.width + 18, board.height + 18, "#3f3d4a", 5),
      windowed(print, board, board),
      drawTree(chance, width * chance.pick([0.05, 0.95]), ground + 6, height * 0.3),
    ].join(""),
  };
}
