import { shade, tint } from "../drawing/palette.ts";
import { drawTree } from "../drawing/plants.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { drawSky } from "../drawing/sky.ts";
import { gradientRect, shape, short } from "../drawing/svg.ts";
import { drawFirs, drawHills, pickDaylight } from "./terrain.ts";

/** Trees in rows, perhaps with a path. */
export function drawForest(sheet: Sheet): Drawing {
  const { chance, width, height } = sheet;
  const time = pickDaylight(chance);
  const ground = height * 0.62;
  const autumn = chance.happens(0.3);
  const green = autumn ? "#c98a3f" : "#6fa566";
  let trees = "";
  for (let row = 0; row < 3; row++) {
    for (let index = 0; index < 7; index++)
      trees += drawTree(
        chance,
        width * ((index + chance.between(0.1, 0.9)) / 7),
        ground + height * (0.02 + row * 0.06),
        height * (0.34 + row * 0.1),
      );
  }
  const path = chance.happens(0.6)
    ? shape(
        `M${short(width * 0.36)} ${short(height)}Q${short(width * 0.62)} ${short(height * 0.82)} ${short(width * 0.5)} ${short(ground + height * 0.12)}Q${short(width * 0.72)} ${short(height * 0.84)} ${short(width * 0.7)} ${short(height)}Z`,
        "#dcc59a",
      )
    : "";
  return {
    seen: { place: "forest", time, colour: autumn ? "autumn" : "green", people: "none" },
    content: [
      drawSky(sheet, time),
      drawHills(sheet, height * 0.5, tint(green, 0.3)),
      drawFirs(chance, width, ground, height * 0.3, 10),
      gradientRect(0, ground, width, height - ground, green, shade(green, 0.2)),
      trees,
      path,
    ].join(""),
  };
}
