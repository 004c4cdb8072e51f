import { drawCrowdFacing } from "../drawing/crowd.ts";
import { drawSpotlights } from "../drawing/hall.ts";
import { drawHouses } from "../drawing/houses.ts";
import { shade } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { drawSky } from "../drawing/sky.ts";
import { gradientRect, rect } from "../drawing/svg.ts";

/** Supporters close by, cheering with signs and flags. */
export function drawCheeringAudience(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const indoors = chance.happens(0.45);
  const time = indoors ? "indoors" : chance.pick(["day", "day", "evening", "overcast"] as const);
  const setting =
    time === "indoors"
      ? gradientRect(0, 0, width, height, shade(palette.main, 0.55), shade(palette.main, 0.25)) +
        drawSpotlights(width, height * 0.6, 5, "#fff3c9")
      : drawSky(sheet, time) +
        drawHouses(sheet, height * 0.5, [height * 0.1, height * 0.26], time) +
        rect(0, height * 0.5, width, height * 0.5, "#b3ae9a");
  return {
    seen: { place: indoors ? "hall" : "outdoors", time, colour: palette.name, people: "many" },
    content: [
      setting,
      drawCrowdFacing(
        chance,
        {
          width,
          bottomY: height * 1.12,
          rows: 4,
          heightPx: height * chance.between(0.55, 0.66),
          props: 0.45,
          cheering: true,
        },
        palette,
      ),
    ].join(""),
  };
}
