import { drawChannelLogo } from "../drawing/equipment.ts";
import { drawPerson } from "../drawing/figure.ts";
import { drawSpotlights } from "../drawing/hall.ts";
import { drawLettering } from "../drawing/lettering.ts";
import { pickLook } from "../drawing/look.ts";
import { mix, shade, tint } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { ellipse, gradientRect, polyline, rect } from "../drawing/svg.ts";
import { channelNames, drawArmchair, drawLowerThird } from "./broadcast.ts";

/** The lit wall of a studio: panels, a skyline or a map, and the channel's sign. */
function drawStudioWall({ chance, width, height, palette }: Sheet, channel: string): string {
  const base = shade(palette.main, 0.45);
  let panels = "";
  const count = chance.whole(4, 7);
  for (let index = 0; index < count; index++) {
    panels += rect(
      (index / count) * width + 5,
      0,
      width / count - 10,
      height * 0.7,
      mix(base, palette.main, chance.between(0.1, 0.6)),
      6,
    );
  }
  const strip = rect(0, height * 0.62, width, 6, tint(palette.second, 0.4));
  const screen = {
    x: width * chance.between(0.3, 0.36),
    y: height * 0.12,
    width: width * 0.36,
    height: height * 0.24,
  };
  return [
    gradientRect(0, 0, width, height, base, shade(base, 0.3)),
    panels,
    strip,
    rect(screen.x - 6, screen.y - 6, screen.width + 12, screen.height + 12, "#1b1a26", 8),
    gradientRect(screen.x, screen.y, screen.width, screen.height, palette.main, palette.second),
    drawLettering(channel, {
      x: screen.x + screen.width / 2,
      y: screen.y + screen.height * 0.36,
      size: screen.height * 0.28,
      colour: "#ffffff",
      weight: 0.2,
      maxWidth: screen.width * 0.82,
    }),
  ].join("");
}

/** Guests in armchairs on a studio set. */
export function drawStudioTalk(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const channel = chance.pick(channelNames);
  const guests = chance.pick([2, 2, 3, 4]);
  const floor = height * 0.86;
  const heightPx = Math.min(height * 0.64, (width / guests) * 1.5);
  let people = "";
  for (let index = 0; index < guests; index++) {
    const x = width * ((index + 0.5) / guests) * 0.9 + width * 0.05;
    const facing = index < guests / 2 ? 1 : -1;
    people +=
      drawArmchair(x, floor, heightPx, tint(palette.second, 0.2)) +
      drawPerson(
        pickLook(chance, { formal: chance.happens(0.7) }),
        {
          sitting: true,
          leftHand: [-62, -215],
          rightHand: chance.happens(0.5) ? [92, -300] : [62, -215],
          tilt: facing * 4,
          expression: { mouth: chance.pick(["talk", "smile", "calm", "laugh"] as const), gaze: facing },
        },
        { x, y: floor, heightPx },
      );
  }
  return {
    seen: { place: "studio", time: "indoors", colour: palette.name, people: String(guests) },
    content: [
      drawStudioWall(sheet, channel),
      drawSpotlights(width, height * 0.7, 4, "#ffffff"),
      ellipse(width / 2, floor + height * 0.02, width * 0.62, height * 0.13, shade(palette.second, 0.35)),
      people,
      drawSideTable(width / 2, floor + height * 0.06, height * 0.2),
      chance.happens(0.6)
        ? drawLowerThird(sheet, channel)
        : drawChannelLogo(width * 0.87, height * 0.08, width * 0.045, palette),
    ].join(""),
  };
}

function drawSideTable(x: number, y: number, height: number): string {
  return (
    polyline(
      [
        [x, y - height * 0.6],
        [x, y],
      ],
      "#2a2835",
      height * 0.06,
    ) +
    ellipse(x, y, height * 0.24, height * 0.05, "#2a2835") +
    ellipse(x, y - height * 0.62, height * 0.4, height * 0.09, "#e9e3d6") +
    rect(x - height * 0.2, y - height * 0.8, height * 0.13, height * 0.18, "#ffffff", 3) +
    rect(x + height * 0.06, y - height * 0.82, height * 0.12, height * 0.2, "#bfe0ee", 3)
  );
}
