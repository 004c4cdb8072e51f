import { drawPalm } from "../drawing/plants.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { circle, ellipse, glow, gradientRect, rect, short, stroke } from "../drawing/svg.ts";
import { drawHills, drawRidge } from "./terrain.ts";

/** The sun low over water or hills. */
export function drawSunset(sheet: Sheet): Drawing {
  const { chance, width, height } = sheet;
  const horizon = height * chance.between(0.56, 0.64);
  const x = width * chance.between(0.3, 0.7);
  const sky = chance.pick([
    ["#5b4b8a", "#ffb36b"],
    ["#d8576b", "#ffd28f"],
    ["#3f5a9a", "#ff9d76"],
  ] as const);
  const water = chance.happens(0.5);
  let bands = "";
  if (water)
    for (let index = 1; index < 8; index++)
      bands += rect(
        x - width * 0.14 + index * 7 * (index % 2 === 0 ? 1 : -1),
        horizon + index * height * 0.042,
        width * (0.28 - index * 0.015),
        6,
        "#ffe3b0",
        3,
      );
  const birds = [0, 1, 2]
    .map((index) =>
      stroke(
        `M${short(width * (0.2 + index * 0.09))} ${short(height * (0.2 + (index % 2) * 0.05))}q9 -10 16 0q8 -10 16 0`,
        "#3d2f4f",
        3,
      ),
    )
    .join("");
  return {
    seen: { place: water ? "sea" : "fields", time: "evening", colour: "orange", people: "none" },
    content: [
      gradientRect(0, 0, width, height, sky[0], sky[1]),
      glow(x, horizon - height * 0.05, width * 0.45, "#fff0b8"),
      circle(x, horizon - height * 0.06, width * 0.11, "#ffedb5"),
      drawRidge(sheet, horizon, height * 0.03, "#6b4a73", 12),
      water
        ? gradientRect(0, horizon + height * 0.02, width, height, "#c0607a", "#4a3a6e") + bands
        : drawHills(sheet, horizon + height * 0.06, "#5a3f66") +
          drawHills(sheet, horizon + height * 0.2, "#432f54") +
          ellipse(width * 0.8, height * 0.98, width * 0.3, height * 0.06, "#33243f"),
      chance.happens(0.6) ? birds : "",
      chance.happens(0.4) ? drawPalm(width * 0.1, height, height * 0.62) : "",
    ].join(""),
  };
}
