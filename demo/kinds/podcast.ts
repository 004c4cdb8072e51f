import { drawPerson } from "../drawing/figure.ts";
import { drawLabel } from "../drawing/lettering.ts";
import { pickLook } from "../drawing/look.ts";
import { shade } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { gradientRect, polyline, rect, short, stroke } from "../drawing/svg.ts";

/** People with headphones before a microphone. */
export function drawPodcast(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const pair = chance.happens(0.5);
  const heightPx = height * (pair ? 0.95 : 1.15);
  let foam = gradientRect(0, 0, width, height, shade(palette.main, 0.5), shade(palette.main, 0.65));
  const cell = width / 9;
  for (let row = 0; row * cell < height * 0.7; row++) {
    for (let column = 0; column < 9; column++)
      foam += rect(
        column * cell + 4,
        row * cell + 4,
        cell - 8,
        cell - 8,
        (row + column) % 2 === 0 ? shade(palette.main, 0.42) : shade(palette.main, 0.56),
        8,
      );
  }
  const table = height * 0.8;
  const guest = (x: number, gaze: number) => {
    const headphones = (headX: number, headY: number, size: number) =>
      stroke(
        `M${short(headX - size)} ${short(headY)}A${short(size)} ${short(size * 1.15)} 0 0 1 ${short(headX + size)} ${short(headY)}`,
        "#23212c",
        size * 0.2,
      ) +
      rect(headX - size * 1.2, headY - size * 0.3, size * 0.42, size * 0.75, "#23212c", size * 0.2) +
      rect(headX + size * 0.78, headY - size * 0.3, size * 0.42, size * 0.75, "#23212c", size * 0.2);
    const y = table + heightPx * 0.42;
    return (
      drawPerson(
        pickLook(chance),
        {
          leftHand: [-46, -236],
          rightHand: [46, -236],
          expression: { mouth: chance.pick(["talk", "laugh", "smile"] as const), gaze, detailed: !pair },
        },
        { x, y, heightPx },
      ) + headphones(x, y - heightPx * 0.905, heightPx * 0.1)
    );
  };
  const arm = (x: number, turn: number) =>
    polyline(
      [
        [x + turn * width * 0.2, table],
        [x + turn * width * 0.26, height * 0.55],
        [x + turn * width * 0.07, height * 0.6],
      ],
      "#3d3a4a",
      7,
    ) + placedMicrophone(x + turn * width * 0.06, height * 0.6, height * 0.1);
  return {
    seen: { place: "studio", time: "indoors", colour: palette.name, people: pair ? "2" : "1" },
    content: [
      foam,
      drawLabel("ON AIR", {
        x: width * (pair ? 0.5 : 0.2),
        y: height * 0.1,
        size: height * 0.045,
        fill: "#d33a35",
        colour: "#ffffff",
      }),
      pair ? guest(width * 0.27, 0.8) + guest(width * 0.73, -0.8) : guest(width * 0.5, 0),
      rect(0, table, width, height - table, "#8b6446") + rect(0, table, width, 10, "#b58862"),
      pair ? arm(width * 0.27, 1) + arm(width * 0.73, -1) : arm(width * 0.5, chance.pick([-1, 1])),
      rect(width * 0.44, table + height * 0.03, width * 0.12, height * 0.07, palette.paper, 8),
    ].join(""),
  };
}

function placedMicrophone(x: number, y: number, size: number): string {
  return (
    rect(x - size * 0.28, y - size * 0.5, size * 0.56, size, "#2a2835", size * 0.26) +
    [-0.25, 0, 0.25]
      .map((step) => rect(x - size * 0.28, y + size * step - 2, size * 0.56, 3, "#5c586b"))
      .join("")
  );
}
