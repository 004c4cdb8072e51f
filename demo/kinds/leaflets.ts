import { drawHouses } from "../drawing/houses.ts";
import { drawLettering } from "../drawing/lettering.ts";
import { pickLook } from "../drawing/look.ts";
import { pickPalette, shade, tint } from "../drawing/palette.ts";
import { drawRoom } from "../drawing/room.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { drawSky } from "../drawing/sky.ts";
import { circle, faded, gradientRect, polyline, rect } from "../drawing/svg.ts";
import { drawPrint, laid } from "./print.ts";

/** Leaflets fanned out on a table. */
export function drawLeaflets({ chance, width, height, palette }: Sheet): Drawing {
  const table = chance.pick(["#b98a62", "#e8dfd0", "#7c8a8f", "#c9b79c", "#6f8f86"]);
  const count = chance.whole(3, 5);
  let planks = "";
  for (let y = 0; y < height; y += height / 6) planks += rect(0, y, width, 2, shade(table, 0.15));
  const side = Math.min(width, height);
  let pages = "";
  for (let index = 0; index < count; index++) {
    const share = count === 1 ? 0 : index / (count - 1) - 0.5;
    const fan = chance.happens(0.7);
    pages += laid(drawPrint(chance, chance.happens(0.75) ? palette : pickPalette(chance)), {
      x: width / 2 + share * side * (fan ? 0.62 : 0.5),
      y: height / 2 + Math.abs(share) * side * 0.16 + chance.between(-0.08, 0.08) * side,
      width: side * chance.between(0.4, 0.48),
      turn: share * 44 + chance.between(-6, 6),
    });
  }
  const pin = chance.happens(0.6)
    ? circle(width * 0.13, height * 0.86, side * 0.07, palette.accent) +
      circle(width * 0.13, height * 0.86, side * 0.055, palette.paper) +
      drawLettering("YES", {
        x: width * 0.13,
        y: height * 0.86 - side * 0.018,
        size: side * 0.036,
        colour: palette.main,
        weight: 0.22,
      })
    : "";
  const pen = chance.happens(0.5)
    ? polyline(
        [
          [width * 0.76, height * 0.92],
          [width * 0.92, height * 0.76],
        ],
        palette.main,
        11,
      ) +
      polyline(
        [
          [width * 0.75, height * 0.93],
          [width * 0.76, height * 0.92],
        ],
        "#2a2732",
        7,
      )
    : "";
  return {
    seen: { place: "table", colour: palette.name, people: "none" },
    content: gradientRect(0, 0, width, height, tint(table, 0.1), table) + planks + pages + pin + pen,
  };
}

/** Hands that hold a leaflet or two. */
export function drawBrochure(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const side = Math.min(width, height);
  const room = chance.happens(0.5);
  const skin = pickLook(chance);
  const y = height * 0.46;
  const turn = chance.between(-8, 8);
  const folded = chance.happens(0.5);
  const pages = folded
    ? laid(drawPrint(chance, palette), { x: width / 2 - side * 0.2, y, width: side * 0.4, turn: turn - 3 }) +
      laid(drawPrint(chance, palette), { x: width / 2 + side * 0.2, y, width: side * 0.4, turn: turn + 3 })
    : laid(drawPrint(chance, palette), { x: width / 2, y, width: side * 0.56, turn });
  const hand = (x: number, sign: number) =>
    polyline(
      [
        [x + sign * side * 0.2, height * 1.08],
        [x, height * 0.78],
      ],
      skin.top,
      side * 0.15,
    ) +
    polyline(
      [
        [x + sign * side * 0.02, height * 0.8],
        [x - sign * side * 0.04, height * 0.68],
      ],
      skin.skin,
      side * 0.1,
    ) +
    polyline(
      [
        [x - sign * side * 0.04, height * 0.7],
        [x - sign * side * 0.09, height * 0.63],
      ],
      shade(skin.skin, 0.06),
      side * 0.045,
    );
  return {
    seen: { place: room ? "room" : "outdoors", colour: palette.name, people: "hands" },
    content: [
      room
        ? drawRoom(sheet, height * 0.8)
        : drawSky(sheet, "day") +
          faded(drawHouses(sheet, height * 0.8, [height * 0.2, height * 0.4], "day"), 0.6) +
          rect(0, height * 0.8, width, height * 0.2, "#a9b995"),
      pages,
      hand(width / 2 - side * 0.3, -1) + (folded ? hand(width / 2 + side * 0.3, 1) : ""),
    ].join(""),
  };
}
