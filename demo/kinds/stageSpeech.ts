import { drawCrowdFromBehind } from "../drawing/crowd.ts";
import { drawPerson } from "../drawing/figure.ts";
import { drawSpotlights } from "../drawing/hall.ts";
import { pickLook } from "../drawing/look.ts";
import { shade } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { drawLectern, drawSloganWall, drawStandingFlag } from "../drawing/stage.ts";
import { ellipse, gradientRect, rect } from "../drawing/svg.ts";

/** Somebody speaks at a lectern on a lit stage; the audience is dark before it. */
export function drawStageSpeech(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const floor = height * 0.7;
  const person = height * chance.between(0.4, 0.48);
  const x = width * chance.between(0.42, 0.58);
  const others = chance.whole(0, 2);
  let company = "";
  for (let index = 0; index < others; index++) {
    const side = index === 0 ? 0.22 : 0.79;
    company += drawPerson(
      pickLook(chance, { formal: true }),
      { leftHand: [-8, -270], rightHand: [10, -262] },
      { x: width * side, y: floor + 4, heightPx: person * 0.92 },
    );
  }
  return {
    seen: { place: "stage", time: "indoors", colour: palette.name, people: "speaker" },
    content: [
      gradientRect(0, 0, width, height, shade(palette.main, 0.75), shade(palette.main, 0.5)),
      drawSloganWall(
        chance,
        { x: width * 0.12, y: height * 0.1, width: width * 0.76, height: height * 0.4 },
        palette,
      ),
      drawSpotlights(width, floor, chance.whole(3, 6), "#fff3c9"),
      rect(0, floor, width, height * 0.08, shade(palette.second, 0.35)),
      rect(0, floor + height * 0.08, width, height * 0.3, "#1c1a2a"),
      drawStandingFlag(width * 0.07, floor, height * 0.38, palette),
      drawStandingFlag(width * 0.88, floor, height * 0.38, palette),
      company,
      ellipse(x, floor + 4, person * 0.3, 8, shade(palette.second, 0.5)),
      drawPerson(
        pickLook(chance, { formal: true }),
        {
          rightHand: chance.pick([
            [120, -420],
            [60, -300],
            [110, -500],
          ] as const),
          leftHand: [-50, -262],
          expression: { mouth: chance.pick(["talk", "laugh", "smile"] as const) },
        },
        { x, y: floor + 4, heightPx: person },
      ),
      drawLectern(x, floor + 8, person * 0.52, palette),
      drawCrowdFromBehind(
        chance,
        {
          width,
          topY: height * 0.84,
          bottomY: height * 0.95,
          rows: 2,
          headPx: width * 0.12,
          shadow: 0.72,
          props: 0.2,
        },
        palette,
      ),
    ].join(""),
  };
}
