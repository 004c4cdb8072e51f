import type { Chance } from "../drawing/chance.ts";
import { drawChannelLogo } from "../drawing/equipment.ts";
import { drawPerson } from "../drawing/figure.ts";
import { drawLettering } from "../drawing/lettering.ts";
import { pickLook } from "../drawing/look.ts";
import { shade, tint } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { ellipse, faded, gradientRect, rect, shape, short, stroke } from "../drawing/svg.ts";
import { channelNames, drawLowerThird } from "./broadcast.ts";

/** One or two presenters behind a news desk. */
export function drawNewsDesk(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const channel = chance.pick(channelNames);
  const pair = width > height * 0.95 && chance.happens(0.4);
  const heightPx = height * (pair ? 0.95 : 1.05);
  const anchor = (x: number) =>
    drawPerson(
      pickLook(chance, { formal: true }),
      {
        leftHand: [-44, -232],
        rightHand: [44, -232],
        expression: { mouth: chance.pick(["talk", "smile", "calm"] as const) },
      },
      { x, y: height * 0.74 + heightPx * 0.42, heightPx },
    );
  const desk = height * 0.7;
  return {
    seen: { place: "studio", time: "indoors", colour: palette.name, people: pair ? "2" : "1" },
    content: [
      gradientRect(0, 0, width, height, shade(palette.main, 0.55), palette.main),
      drawWorldMap(chance, width, height, tint(palette.main, 0.3)),
      drawLettering(channel, {
        x: width * (pair ? 0.5 : 0.72),
        y: height * 0.1,
        size: height * 0.06,
        colour: "#ffffff",
        weight: 0.2,
        maxWidth: width * 0.42,
      }),
      pair ? anchor(width * 0.32) + anchor(width * 0.68) : anchor(width * chance.between(0.4, 0.5)),
      shape(
        `M0 ${short(desk + 20)}Q${short(width / 2)} ${short(desk - 14)} ${short(width)} ${short(desk + 20)}V${short(height)}H0Z`,
        tint(palette.second, 0.45),
      ),
      shape(
        `M0 ${short(desk + 44)}Q${short(width / 2)} ${short(desk + 10)} ${short(width)} ${short(desk + 44)}V${short(height)}H0Z`,
        shade(palette.main, 0.2),
      ),
      rect(width * 0.18, desk + 4, width * 0.12, 8, "#ffffff", 2),
      drawLowerThird(sheet, channel),
      drawChannelLogo(width * 0.1, height * 0.08, width * 0.045, palette),
    ].join(""),
  };
}

function drawWorldMap(chance: Chance, width: number, height: number, colour: string): string {
  let land = "";
  for (let index = 0; index < 16; index++) {
    land += ellipse(
      width * chance.between(0, 1),
      height * chance.between(0.12, 0.55),
      width * chance.between(0.03, 0.12),
      height * chance.between(0.02, 0.06),
      colour,
    );
  }
  const lines = [0.15, 0.3, 0.45].map((y) =>
    stroke(
      `M0 ${short(height * y)}Q${short(width / 2)} ${short(height * (y - 0.06))} ${short(width)} ${short(height * y)}`,
      colour,
      1.5,
    ),
  );
  return faded(land + lines.join(""), 0.5);
}
