import type { Chance } from "../drawing/chance.ts";
import { drawCameraFromBehind, drawSoftbox } from "../drawing/equipment.ts";
import { drawPerson } from "../drawing/figure.ts";
import { drawSpotlights } from "../drawing/hall.ts";
import { drawLabel, drawTextLines } from "../drawing/lettering.ts";
import { pickLook } from "../drawing/look.ts";
import { tint } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { gradientRect, rect } from "../drawing/svg.ts";
import { drawArmchair } from "./broadcast.ts";

/** An interview as the camera crew sees it. */
export function drawBehindTheCamera(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const floor = height * 0.84;
  const heightPx = height * 0.56;
  const side = chance.pick([0.34, 0.66]);
  return {
    seen: { place: "studio", time: "indoors", colour: palette.name, people: "crew" },
    content: [
      gradientRect(0, 0, width, height, "#3a3850", "#282636"),
      rect(width * 0.16, height * 0.08, width * 0.68, height * 0.7, tint(palette.second, 0.1), 4),
      drawSpotlights(width, floor, 3, "#ffffff"),
      rect(0, floor - height * 0.06, width, height * 0.3, "#4a4658"),
      drawArmchair(width * 0.5, floor, heightPx, palette.main),
      drawPerson(
        pickLook(chance, { formal: true }),
        {
          sitting: true,
          rightHand: [84, -290],
          leftHand: [-60, -215],
          expression: { mouth: "talk", gaze: side < 0.5 ? -0.8 : 0.8 },
        },
        { x: width * 0.5, y: floor, heightPx },
      ),
      drawSoftbox(
        width * (side < 0.5 ? 0.93 : 0.07),
        floor + height * 0.08,
        height * 0.7,
        side < 0.5 ? -1 : 1,
      ),
      chance.happens(0.6)
        ? drawPerson(
            pickLook(chance),
            { fromBehind: true, rightHand: [40, -330] },
            { x: width * (side < 0.5 ? 0.12 : 0.88), y: height * 1.1, heightPx: height * 0.86 },
          )
        : "",
      drawCameraFromBehind(width * side, height * 0.68, width * 0.26),
      drawLabel("REC", {
        x: width * 0.12,
        y: height * 0.07,
        size: height * 0.026,
        fill: "#d33a35",
        colour: "#ffffff",
      }),
      drawClapper(chance, width * (side < 0.5 ? 0.62 : 0.28), height * 0.9, width * 0.13),
    ].join(""),
  };
}

function drawClapper(chance: Chance, x: number, y: number, size: number): string {
  if (chance.happens(0.5)) return "";
  return (
    rect(x, y - size * 0.6, size, size * 0.6, "#1f1d29", 4) +
    rect(x, y - size * 0.76, size, size * 0.14, "#f4f1ea", 2) +
    [0.1, 0.4, 0.7]
      .map((share) => rect(x + size * share, y - size * 0.76, size * 0.15, size * 0.14, "#1f1d29"))
      .join("") +
    drawTextLines(
      { x: x + size * 0.1, y: y - size * 0.44, width: size * 0.8, lineHeight: size * 0.16 },
      [0.9, 0.6],
      "#8d8a9a",
    )
  );
}
