import { drawBunting, drawSpotlights } from "../drawing/hall.ts";
import { drawHouses } from "../drawing/houses.ts";
import { shade, tint } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { drawSky } from "../drawing/sky.ts";
import { drawBalloons, drawChair, drawLectern, drawSloganWall, drawStandingFlag } from "../drawing/stage.ts";
import { gradientRect, rect } from "../drawing/svg.ts";

/** A place made ready for an event, with nobody there yet. */
export function drawEmptyVenue(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const outdoors = chance.happens(0.4);
  const floor = height * 0.52;
  let chairs = "";
  for (let row = 0; row < 4; row++) {
    const size = width * (0.075 + row * 0.018);
    const y = floor + height * (0.17 + row * 0.105);
    const count = Math.ceil(width / (size * 1.25)) + 1;
    for (let place = 0; place < count; place++) {
      const x = (place - 0.5 * (row % 2)) * size * 1.25;
      if (Math.abs(x - width / 2) > size * 0.8)
        chairs += drawChair(x, y, size, row % 2 === 0 ? palette.second : tint(palette.second, 0.2));
    }
  }
  return {
    seen: {
      place: outdoors ? "outdoors" : "hall",
      time: outdoors ? "day" : "indoors",
      colour: palette.name,
      people: "none",
    },
    content: [
      outdoors
        ? drawSky(sheet, "day") + drawHouses(sheet, floor, [height * 0.1, height * 0.22], "day")
        : gradientRect(0, 0, width, floor, shade(palette.second, 0.2), tint(palette.second, 0.4)),
      outdoors
        ? rect(0, floor, width, height - floor, "#9cbf7d")
        : gradientRect(0, floor, width, height - floor, "#b98f6a", "#94704f"),
      outdoors ? "" : drawSpotlights(width, floor, 4, "#ffffff"),
      drawSloganWall(
        chance,
        { x: width * 0.24, y: height * 0.12, width: width * 0.52, height: height * 0.3 },
        palette,
      ),
      rect(width * 0.17, floor - height * 0.06, width * 0.66, height * 0.11, shade(palette.main, 0.45), 3),
      drawStandingFlag(width * 0.22, floor - height * 0.05, height * 0.3, palette),
      drawStandingFlag(width * 0.74, floor - height * 0.05, height * 0.3, palette),
      drawLectern(width * 0.5, floor - height * 0.03, height * 0.15, palette),
      chance.happens(0.5)
        ? drawBunting(width, height * 0.04, height * 0.05, [palette.main, palette.accent, palette.paper])
        : drawBalloons(chance, width * 0.14, height * 0.24, width * 0.08, 6, palette) +
          drawBalloons(chance, width * 0.86, height * 0.24, width * 0.08, 6, palette),
      chairs,
    ].join(""),
  };
}
