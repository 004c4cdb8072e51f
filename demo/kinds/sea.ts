import { drawPalm } from "../drawing/plants.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { drawSky } from "../drawing/sky.ts";
import { gradientRect, polygon, rect, shape, short, stroke } from "../drawing/svg.ts";
import { drawRidge, pickDaylight } from "./terrain.ts";

/** The sea with a beach and perhaps a boat. */
export function drawSea(sheet: Sheet): Drawing {
  const { chance, width, height } = sheet;
  const time = pickDaylight(chance);
  const horizon = height * chance.between(0.42, 0.52);
  const beach = height * chance.between(0.76, 0.86);
  let waves = "";
  for (let index = 0; index < 12; index++) {
    const x = width * chance.between(0, 1);
    const y = horizon + (beach - horizon) * chance.between(0.08, 0.9);
    waves += stroke(
      `M${short(x)} ${short(y)}q${short(width * 0.03)} -6 ${short(width * 0.06)} 0t${short(width * 0.06)} 0`,
      "#e9f6fa",
      2.5,
    );
  }
  const boat = chance.happens(0.7)
    ? drawSailingBoat(
        width * chance.between(0.25, 0.75),
        horizon + height * 0.06,
        height * chance.between(0.12, 0.2),
      )
    : "";
  const parasol = chance.happens(0.6)
    ? drawParasol(width * chance.between(0.2, 0.8), height * 0.96, height * 0.2)
    : drawPalm(width * chance.pick([0.12, 0.88]), height, height * 0.6);
  return {
    seen: { place: "sea", time, colour: "blue", people: "none" },
    content: [
      drawSky(sheet, time),
      chance.happens(0.4) ? drawRidge(sheet, horizon - height * 0.04, height * 0.03, "#8fa9b8", 9) : "",
      gradientRect(0, horizon, width, height - horizon, "#3f93b8", "#7fd0d4"),
      waves,
      boat,
      shape(
        `M0 ${short(beach)}Q${short(width * 0.5)} ${short(beach - height * 0.06)} ${short(width)} ${short(beach + height * 0.03)}V${short(height)}H0Z`,
        "#f1ddb0",
      ),
      stroke(
        `M0 ${short(beach)}Q${short(width * 0.5)} ${short(beach - height * 0.06)} ${short(width)} ${short(beach + height * 0.03)}`,
        "#ffffff",
        7,
      ),
      parasol,
    ].join(""),
  };
}

function drawSailingBoat(x: number, y: number, size: number): string {
  return (
    polygon(
      [
        [x + 3, y - size * 0.12],
        [x + 3, y - size],
        [x + size * 0.5, y - size * 0.12],
      ],
      "#ffffff",
    ) +
    polygon(
      [
        [x - 3, y - size * 0.12],
        [x - 3, y - size * 0.82],
        [x - size * 0.36, y - size * 0.12],
      ],
      "#f0664d",
    ) +
    shape(
      `M${short(x - size * 0.45)} ${short(y - size * 0.08)}H${short(x + size * 0.52)}L${short(x + size * 0.36)} ${short(y + size * 0.1)}H${short(x - size * 0.32)}Z`,
      "#7a4a33",
    )
  );
}

function drawParasol(x: number, y: number, size: number): string {
  return (
    stroke(`M${short(x)} ${short(y)}V${short(y - size)}`, "#8a6a4f", size * 0.05) +
    shape(
      `M${short(x - size * 0.6)} ${short(y - size * 0.72)}Q${short(x)} ${short(y - size * 1.4)} ${short(x + size * 0.6)} ${short(y - size * 0.72)}Z`,
      "#e4572e",
    ) +
    shape(
      `M${short(x - size * 0.2)} ${short(y - size * 0.72)}Q${short(x)} ${short(y - size * 1.36)} ${short(x + size * 0.2)} ${short(y - size * 0.72)}Z`,
      "#fff3df",
    ) +
    rect(x + size * 0.15, y - size * 0.06, size * 0.7, size * 0.12, "#2f6fb5", 4)
  );
}
