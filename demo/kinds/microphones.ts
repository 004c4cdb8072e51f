import { drawMicrophone } from "../drawing/equipment.ts";
import { drawPerson } from "../drawing/figure.ts";
import { pickLook } from "../drawing/look.ts";
import { shade } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { circle, faded, gradientRect } from "../drawing/svg.ts";
import { channelNames, drawLowerThird } from "./broadcast.ts";

/** A speaker before microphones that others hold. */
export function drawMicrophones(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const heightPx = height * 1.35;
  const number = chance.pick([1, 2, 3, 4, 5]);
  let hands = "";
  for (let index = 0; index < number; index++) {
    const share = number === 1 ? chance.pick([0.36, 0.64]) : 0.22 + (index / (number - 1)) * 0.56;
    const x = width * share;
    const lean = (0.5 - share) * 50;
    hands += drawMicrophone(chance, {
      x,
      y: height * chance.between(0.92, 1),
      size: height * chance.between(0.28, 0.36),
      lean,
      held: chance.pick(["#2f4a78", "#40444f", "#8a5a3c", "#c8473a"]),
    });
  }
  let blur = "";
  for (let index = 0; index < 12; index++)
    blur += faded(
      circle(
        width * chance.between(0, 1),
        height * chance.between(0, 0.7),
        width * chance.between(0.02, 0.07),
        "#fff6d8",
      ),
      0.22,
    );
  return {
    seen: { place: "indoors", time: "indoors", colour: palette.name, people: "1" },
    content: [
      gradientRect(0, 0, width, height, shade(palette.second, 0.4), shade(palette.second, 0.15)),
      blur,
      drawPerson(
        pickLook(chance, { formal: true }),
        {
          expression: { mouth: "talk", detailed: true, gaze: chance.between(-0.8, 0.8) },
          tilt: chance.between(-5, 5),
        },
        { x: width / 2, y: height * 0.38 + heightPx * 0.89, heightPx },
      ),
      hands,
      chance.happens(0.4) ? drawLowerThird(sheet, chance.pick(channelNames)) : "",
    ].join(""),
  };
}
