import { drawCrowdFromBehind } from "../drawing/crowd.ts";
import { drawPerson } from "../drawing/figure.ts";
import { drawSpotlights } from "../drawing/hall.ts";
import { pickLook } from "../drawing/look.ts";
import { shade, tint } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { drawBalloons, drawLectern, drawSloganWall } from "../drawing/stage.ts";
import { gradientRect, polygon, rect } from "../drawing/svg.ts";

/** Inside a big hall: rows of delegates, screens, balloons and hanging banners. */
export function drawConventionHall(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const wall = tint(palette.second, 0.35);
  let banners = "";
  for (const x of [0.08, 0.2, 0.8, 0.92]) {
    banners += polygon(
      [
        [width * (x - 0.045), 0],
        [width * (x + 0.045), 0],
        [width * (x + 0.045), height * 0.3],
        [width * x, height * 0.26],
        [width * (x - 0.045), height * 0.3],
      ],
      x < 0.5 ? palette.accent : palette.main,
    );
  }
  const person = height * 0.2;
  return {
    seen: { place: "hall", time: "indoors", colour: palette.name, people: "many" },
    content: [
      gradientRect(0, 0, width, height, shade(wall, 0.25), wall),
      drawSpotlights(width, height * 0.5, 5, "#ffffff"),
      banners,
      drawSloganWall(
        chance,
        { x: width * 0.28, y: height * 0.1, width: width * 0.44, height: height * 0.26 },
        palette,
      ),
      rect(width * 0.2, height * 0.46, width * 0.6, height * 0.09, shade(palette.main, 0.5), 4),
      drawPerson(
        pickLook(chance, { formal: true }),
        { expression: { mouth: "talk" }, leftHand: [-110, -430] },
        { x: width * 0.5, y: height * 0.47, heightPx: person },
      ),
      drawLectern(width * 0.5, height * 0.475, person * 0.5, palette),
      gradientRect(0, height * 0.55, width, height * 0.45, "#6d5f77", "#4b4258"),
      drawBalloons(chance, width * 0.5, height * 0.05, width * 0.07, chance.whole(6, 16), palette),
      drawCrowdFromBehind(
        chance,
        {
          width,
          topY: height * 0.6,
          bottomY: height * 0.94,
          rows: 4,
          headPx: width * chance.between(0.1, 0.13),
          shadow: 0.18,
          props: chance.pick([0.05, 0.3]),
        },
        palette,
      ),
    ].join(""),
  };
}
