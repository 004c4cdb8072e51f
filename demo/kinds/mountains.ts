import { mix, shade } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { drawSky } from "../drawing/sky.ts";
import { circle, faded, gradientRect, polygon, rect, short, stroke } from "../drawing/svg.ts";
import { drawFirs, drawHills, pickDaylight } from "./terrain.ts";

function drawPeak(
  x: number,
  baseY: number,
  half: number,
  height: number,
  colour: string,
  light: string,
): string {
  const top = baseY - height;
  const snow = 0.32;
  return [
    polygon(
      [
        [x - half, baseY],
        [x, top],
        [x + half, baseY],
      ],
      colour,
    ),
    polygon(
      [
        [x, top],
        [x + half, baseY],
        [x + half * 0.1, baseY],
      ],
      shade(colour, 0.16),
    ),
    polygon(
      [
        [x, top],
        [x + half * snow, top + height * snow],
        [x + half * 0.14, top + height * snow * 0.8],
        [x - half * 0.02, top + height * snow * 1.15],
        [x - half * 0.16, top + height * snow * 0.78],
        [x - half * snow, top + height * snow],
      ],
      light,
    ),
  ].join("");
}

/** Snowy peaks, perhaps with a lake and a hiker. */
export function drawMountains(sheet: Sheet): Drawing {
  const { chance, width, height } = sheet;
  const time = pickDaylight(chance);
  const base = height * chance.between(0.6, 0.68);
  const rock = chance.pick(["#6f86a6", "#7d7f9e", "#5f8a8f", "#8f7f8f"]);
  let peaks = "";
  for (let index = chance.whole(2, 4); index >= 0; index--)
    peaks += drawPeak(
      width * chance.between(0, 1),
      base + 10,
      width * chance.between(0.24, 0.4),
      height * chance.between(0.26, 0.46),
      mix(rock, "#ffffff", index * 0.08),
      "#ffffff",
    );
  const lake = chance.happens(0.5);
  const hiker = chance.happens(0.3)
    ? drawHiker(width * chance.between(0.3, 0.7), height * 0.88, height * 0.11)
    : "";
  return {
    seen: { place: "mountains", time, colour: lake ? "lake" : "meadow", people: hiker === "" ? "none" : "1" },
    content: [
      drawSky(sheet, time),
      peaks,
      drawHills(sheet, base, "#6f9f6c"),
      lake
        ? gradientRect(0, base + height * 0.05, width, height * 0.18, "#8fc9df", "#4f97ba") +
          faded(
            polygon(
              [
                [width * 0.2, base + height * 0.05],
                [width * 0.6, base + height * 0.05],
                [width * 0.4, base + height * 0.16],
              ],
              "#ffffff",
            ),
            0.35,
          )
        : "",
      drawHills(sheet, base + height * (lake ? 0.24 : 0.16), "#5a8f56"),
      drawFirs(chance, width, height * 0.86, height * 0.16, chance.whole(4, 9)),
      drawHills(sheet, height * 0.9, "#47804a"),
      hiker,
    ].join(""),
  };
}

function drawHiker(x: number, y: number, size: number): string {
  return (
    stroke(
      `M${short(x)} ${short(y - size * 0.4)}L${short(x - size * 0.12)} ${short(y)}M${short(x)} ${short(y - size * 0.4)}L${short(x + size * 0.14)} ${short(y)}M${short(x + size * 0.1)} ${short(y - size * 0.6)}L${short(x + size * 0.28)} ${short(y)}`,
      "#3a3f55",
      size * 0.07,
    ) +
    rect(x - size * 0.13, y - size * 0.8, size * 0.26, size * 0.44, "#d8432f", size * 0.1) +
    rect(x - size * 0.24, y - size * 0.78, size * 0.16, size * 0.34, "#e9ab17", size * 0.06) +
    circle(x, y - size * 0.92, size * 0.13, "#e8b088")
  );
}
