import { drawCrowdFromBehind } from "../drawing/crowd.ts";
import { drawCameraFromBehind, drawChannelLogo, drawMicrophone } from "../drawing/equipment.ts";
import { drawPerson } from "../drawing/figure.ts";
import { drawLettering } from "../drawing/lettering.ts";
import { pickLook } from "../drawing/look.ts";
import { shade, tint } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { gradientRect, rect } from "../drawing/svg.ts";

/** People behind a desk with microphones, before a wall of logos. */
export function drawPressConference(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const count = chance.pick([1, 1, 2, 3]);
  const heightPx = height * (count === 1 ? 0.92 : 0.72);
  const table = height * 0.66;
  const words = chance.pick(["PRESS", "MEDIA", "CITY HALL", "NEWS"]);
  let wall = gradientRect(0, 0, width, height, tint(palette.second, 0.55), tint(palette.second, 0.3));
  for (let row = 0; row < 5; row++) {
    for (let column = 0; column < 4; column++) {
      const x = width * ((column + (row % 2 === 0 ? 0.2 : 0.7)) / 4);
      wall +=
        (row + column) % 2 === 0
          ? drawLettering(words, {
              x,
              y: height * (0.06 + row * 0.12),
              size: height * 0.034,
              colour: palette.main,
              weight: 0.2,
              maxWidth: width * 0.2,
            })
          : drawChannelLogo(x, height * (0.077 + row * 0.12), width * 0.028, palette);
    }
  }
  let people = "";
  let microphones = "";
  for (let index = 0; index < count; index++) {
    const x = width * ((index + 0.5) / count);
    people += drawPerson(
      pickLook(chance, { formal: true }),
      {
        leftHand: [-40, -250],
        rightHand: chance.happens(0.4) ? [100, -380] : [40, -250],
        expression: {
          mouth: index === 0 ? "talk" : chance.pick(["calm", "smile"] as const),
          gaze: chance.between(-0.8, 0.8),
        },
      },
      { x, y: table + heightPx * 0.42, heightPx },
    );
    const number = count === 1 ? chance.whole(4, 7) : 2;
    for (let place = 0; place < number; place++) {
      microphones += drawMicrophone(chance, {
        x: x + (place - (number - 1) / 2) * width * 0.062,
        y: table + height * 0.05,
        size: height * chance.between(0.13, 0.17),
        lean: (place - (number - 1) / 2) * -7,
      });
    }
  }
  const desk =
    rect(0, table, width, height - table, shade(palette.main, 0.35)) +
    rect(0, table, width, height * 0.02, tint(palette.main, 0.3)) +
    drawLettering(words, {
      x: width / 2,
      y: table + height * 0.12,
      size: height * 0.05,
      colour: palette.paper,
      weight: 0.2,
    });
  const press = chance.happens(0.6)
    ? drawCrowdFromBehind(
        chance,
        {
          width,
          topY: height * 0.95,
          bottomY: height * 0.97,
          rows: 1,
          headPx: width * 0.15,
          shadow: 0.6,
          props: 0,
        },
        palette,
      ) + drawCameraFromBehind(width * chance.pick([0.2, 0.8]), height * 0.86, width * 0.16)
    : "";
  return {
    seen: { place: "press room", time: "indoors", colour: palette.name, people: String(count) },
    content: wall + people + desk + microphones + press,
  };
}
