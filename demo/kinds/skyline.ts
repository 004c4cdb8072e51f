import { drawHouses } from "../drawing/houses.ts";
import { tint } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { drawSky } from "../drawing/sky.ts";
import { faded, gradientRect, polygon, rect, short, stroke } from "../drawing/svg.ts";

/** Towers by the water. */
export function drawSkyline(sheet: Sheet): Drawing {
  const { chance, width, height } = sheet;
  const time = chance.pick(["day", "evening", "night", "night", "morning"] as const);
  const base = height * 0.72;
  let towers = "";
  for (let x = 0; x < width; ) {
    const towerWidth = width * chance.between(0.06, 0.12);
    const towerHeight = height * chance.between(0.14, 0.46);
    const wall =
      time === "night"
        ? chance.pick(["#202a55", "#2b3566", "#343a70"])
        : chance.pick(["#7c93ad", "#9aa9bb", "#6d7f9c", "#b4a7b8", "#8aa3a8"]);
    towers += rect(x, base - towerHeight, towerWidth, towerHeight, wall);
    if (chance.happens(0.25))
      towers += polygon(
        [
          [x + towerWidth * 0.4, base - towerHeight],
          [x + towerWidth * 0.5, base - towerHeight - height * 0.08],
          [x + towerWidth * 0.6, base - towerHeight],
        ],
        wall,
      );
    for (let y = base - towerHeight + 10; y < base - 12; y += 15) {
      for (let column = 0.18; column < 0.8; column += 0.3)
        if (chance.happens(time === "night" ? 0.6 : 0.8))
          towers += rect(
            x + towerWidth * column,
            y,
            towerWidth * 0.16,
            7,
            time === "night" ? "#ffd983" : tint(wall, 0.35),
          );
    }
    x += towerWidth + chance.between(0, 6);
  }
  return {
    seen: { place: "city", time, colour: time, people: "none" },
    content: [
      drawSky(sheet, time),
      faded(drawHouses(sheet, base, [height * 0.1, height * 0.2], time), 0.5),
      towers,
      gradientRect(
        0,
        base,
        width,
        height - base,
        time === "night" ? "#1d2a57" : "#6fa9c7",
        time === "night" ? "#0f1738" : "#4a86ab",
      ),
      [0.2, 0.45, 0.7]
        .map((share) =>
          faded(
            stroke(
              `M${short(width * share)} ${short(base + height * 0.07)}h${short(width * 0.16)}M${short(width * (share - 0.1))} ${short(base + height * 0.16)}h${short(width * 0.12)}`,
              "#ffffff",
              3,
            ),
            0.4,
          ),
        )
        .join(""),
    ].join(""),
  };
}
