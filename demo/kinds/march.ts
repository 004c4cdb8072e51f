import { drawCrowdFacing, signWords } from "../drawing/crowd.ts";
import { drawHouses } from "../drawing/houses.ts";
import { drawLettering } from "../drawing/lettering.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { drawSky } from "../drawing/sky.ts";
import { slogans } from "../drawing/stage.ts";
import { gradientRect, shape, short } from "../drawing/svg.ts";

/** A march through a street behind a wide banner. */
export function drawMarch(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const time = chance.pick(["day", "day", "overcast", "morning", "evening"] as const);
  const horizon = height * 0.5;
  const banner = { y: height * 0.7, height: height * 0.15 };
  const words = chance.happens(0.5) ? chance.pick(slogans)[0] : chance.pick(signWords);
  return {
    seen: { place: "street", time, colour: palette.name, people: "many" },
    content: [
      drawSky(sheet, time),
      drawHouses(sheet, horizon + height * 0.04, [height * 0.2, height * 0.4], time),
      gradientRect(0, horizon, width, height - horizon, "#9a9ca6", "#7e818d"),
      drawCrowdFacing(
        chance,
        { width, bottomY: height * 0.93, rows: 3, heightPx: height * 0.5, props: 0.4 },
        palette,
      ),
      shape(
        `M${short(-10)} ${short(banner.y)}Q${short(width / 2)} ${short(banner.y + 18)} ${short(width + 10)} ${short(banner.y)}V${short(banner.y + banner.height)}Q${short(width / 2)} ${short(banner.y + banner.height + 18)} -10 ${short(banner.y + banner.height)}Z`,
        palette.main,
      ),
      drawLettering(words, {
        x: width / 2,
        y: banner.y + banner.height * 0.42,
        size: banner.height * 0.46,
        colour: palette.paper,
        weight: 0.2,
        maxWidth: width * 0.78,
      }),
    ].join(""),
  };
}
