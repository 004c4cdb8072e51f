import { drawPerson } from "../drawing/figure.ts";
import { drawLettering } from "../drawing/lettering.ts";
import { pickLook } from "../drawing/look.ts";
import { shade, tint } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { circle, polygon, rect, short, stroke } from "../drawing/svg.ts";
import { drawPlace, shadowAt } from "./place.ts";

/** Two or three people who talk, perhaps at a stall. */
export function drawConversation(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const { content, seen } = drawPlace(sheet);
  const heightPx = height * chance.between(0.68, 0.82);
  const y = height * 0.95;
  const stall = chance.happens(0.5);
  const left = { x: width * 0.3, y: stall ? y - height * 0.04 : y, heightPx };
  const right = { x: width * 0.68, y, heightPx: heightPx * chance.between(0.9, 1.03) };
  const third = chance.happens(0.4);
  return {
    seen: { ...seen, people: third ? "3" : "2" },
    content: [
      content,
      stall ? drawStallRoof(width * 0.34, height * 0.22, width * 0.56, palette.main, palette.paper) : "",
      third
        ? drawPerson(
            pickLook(chance),
            { expression: { mouth: "smile", gaze: -0.6 }, leftHand: [-20, -270] },
            { x: width * 0.88, y: y - 6, heightPx: heightPx * 0.94 },
          )
        : "",
      shadowAt(left.x, left.y, heightPx),
      drawPerson(
        pickLook(chance, { formal: chance.happens(0.5) }),
        {
          rightHand: chance.pick([
            [122, -312],
            [110, -268],
            [128, -372],
          ] as const),
          expression: { mouth: "talk", gaze: 1 },
          tilt: 4,
        },
        left,
      ),
      stall ? drawStallTable(width * 0.34, y, width * 0.5, heightPx * 0.4, palette.main, palette.paper) : "",
      shadowAt(right.x, right.y, heightPx),
      drawPerson(
        pickLook(chance),
        {
          ...(chance.happens(0.5) ? { leftHand: [-112, -290] as const } : {}),
          expression: { mouth: chance.pick(["smile", "laugh", "talk"] as const), gaze: -1 },
          tilt: -4,
        },
        right,
      ),
      chance.happens(0.4) ? drawSpeechBubbles(width, height * 0.1, palette.paper, palette.main) : "",
    ].join(""),
  };
}

function drawStallRoof(x: number, y: number, width: number, colour: string, paper: string): string {
  let stripes = "";
  for (let index = 0; index < 8; index++) {
    const left = x - width / 2 + (index * width) / 8;
    stripes +=
      rect(left, y, width / 8, width * 0.13, index % 2 === 0 ? colour : paper) +
      circle(left + width / 16, y + width * 0.13, width / 16, index % 2 === 0 ? colour : paper);
  }
  return (
    rect(x - width * 0.46, y, width * 0.02, width * 1.4, "#8a6a4f") +
    rect(x + width * 0.44, y, width * 0.02, width * 1.4, "#8a6a4f") +
    stripes
  );
}

function drawStallTable(
  x: number,
  y: number,
  width: number,
  height: number,
  colour: string,
  paper: string,
): string {
  return [
    rect(x - width / 2, y - height, width, height, tint(colour, 0.15), 4),
    rect(x - width / 2 - 8, y - height - 10, width + 16, 18, paper, 6),
    drawLettering("LET'S TALK", {
      x,
      y: y - height * 0.62,
      size: height * 0.2,
      colour: paper,
      weight: 0.2,
      maxWidth: width * 0.8,
    }),
    rect(x - width * 0.3, y - height - 22, width * 0.2, 12, "#ffffff", 2),
    rect(x - width * 0.28, y - height - 30, width * 0.2, 10, shade(paper, 0.1), 2),
  ].join("");
}

function drawSpeechBubbles(width: number, y: number, paper: string, ink: string): string {
  const bubble = (x: number, size: number, tail: number) =>
    rect(x - size, y - size * 0.5, size * 2, size, paper, size * 0.4) +
    polygon(
      [
        [x + tail * size * 0.2, y + size * 0.44],
        [x + tail * size * 0.7, y + size * 0.44],
        [x + tail * size * 0.3, y + size * 0.85],
      ],
      paper,
    );
  const dots = (x: number, size: number) =>
    [-0.5, 0, 0.5].map((step) => circle(x + step * size, y, size * 0.12, ink)).join("");
  const size = width * 0.08;
  return (
    bubble(width * 0.38, size, -1) +
    dots(width * 0.38, size) +
    bubble(width * 0.62, size, 1) +
    stroke(`M${short(width * 0.62 - size * 0.5)} ${short(y)}h${short(size)}`, ink, size * 0.14)
  );
}
