import { drawCrowdFromBehind } from "../drawing/crowd.ts";
import { drawPerson } from "../drawing/figure.ts";
import { drawBunting } from "../drawing/hall.ts";
import { drawHouses } from "../drawing/houses.ts";
import { pickLook } from "../drawing/look.ts";
import { shade } from "../drawing/palette.ts";
import { drawTree } from "../drawing/plants.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { drawSky, pickTime } from "../drawing/sky.ts";
import { drawLectern, drawSloganWall } from "../drawing/stage.ts";
import { rect } from "../drawing/svg.ts";

/** An open-air rally: a small stage, a speaker, and many people from behind with signs. */
export function drawRally(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const time = pickTime(chance);
  const horizon = height * chance.between(0.48, 0.56);
  const stageX = width * chance.between(0.26, 0.4);
  const stageWidth = width * 0.38;
  const person = height * 0.17;
  return {
    seen: { place: "outdoors", time, colour: palette.name, people: "many" },
    content: [
      drawSky(sheet, time),
      drawHouses(sheet, horizon, [height * 0.12, height * 0.26], time),
      drawTree(chance, width * chance.between(0.02, 0.12), horizon, height * 0.26),
      drawTree(chance, width * chance.between(0.88, 0.98), horizon, height * 0.24),
      rect(0, horizon, width, height - horizon, time === "night" ? "#3a4058" : "#b7b49c"),
      rect(stageX - 8, horizon - height * 0.27, 6, height * 0.3, "#5d5a66"),
      rect(stageX + stageWidth + 2, horizon - height * 0.27, 6, height * 0.3, "#5d5a66"),
      drawSloganWall(
        chance,
        { x: stageX, y: horizon - height * 0.27, width: stageWidth, height: height * 0.25 },
        palette,
      ),
      rect(stageX - 16, horizon - height * 0.02, stageWidth + 32, height * 0.07, shade(palette.main, 0.45)),
      drawPerson(
        pickLook(chance, { formal: true }),
        { rightHand: [105, -455], expression: { mouth: "talk" } },
        { x: stageX + stageWidth * 0.5, y: horizon, heightPx: person },
      ),
      drawLectern(stageX + stageWidth * 0.5, horizon + 2, person * 0.5, palette),
      chance.happens(0.4)
        ? drawBunting(width, height * 0.08, height * 0.05, [palette.main, palette.accent, palette.second])
        : "",
      drawCrowdFromBehind(
        chance,
        {
          width,
          topY: horizon + height * 0.1,
          bottomY: height * 0.93,
          rows: chance.whole(4, 5),
          headPx: width * chance.between(0.1, 0.13),
          props: 0.34,
          shadow: time === "night" ? 0.25 : 0,
        },
        palette,
      ),
    ].join(""),
  };
}
