import { signWords } from "../drawing/crowd.ts";
import { drawHouses } from "../drawing/houses.ts";
import { drawLettering, drawTextLines } from "../drawing/lettering.ts";
import { mix } from "../drawing/palette.ts";
import { drawTree } from "../drawing/plants.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { drawSky } from "../drawing/sky.ts";
import { gradientRect, polyline, rect } from "../drawing/svg.ts";

/** Signs on a lawn. */
export function drawYardSigns(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const time = chance.pick(["day", "day", "morning", "overcast", "evening"] as const);
  const ground = height * 0.56;
  const count = chance.whole(1, 4);
  let signs = "";
  for (let index = 0; index < count; index++) {
    const size = width * (count === 1 ? 0.6 : count === 2 ? 0.42 : 0.32);
    const x = width * ((index + 0.5) / count);
    const y = height * (0.52 + (index % 2) * 0.08);
    const colours = index % 2 === 0 ? [palette.main, palette.paper] : [palette.paper, palette.main];
    signs +=
      polyline(
        [
          [x - size * 0.34, y],
          [x - size * 0.34, y + height * 0.3],
        ],
        "#8d8d94",
        7,
      ) +
      polyline(
        [
          [x + size * 0.34, y],
          [x + size * 0.34, y + height * 0.3],
        ],
        "#8d8d94",
        7,
      ) +
      rect(x - size / 2, y - size * 0.3, size, size * 0.62, colours[0] as string, 8) +
      rect(x - size / 2, y + size * 0.2, size, size * 0.06, palette.accent) +
      drawLettering(chance.pick(["VOTE", "VOTE", "YES!", ...signWords]), {
        x,
        y: y - size * 0.2,
        size: size * 0.2,
        colour: colours[1] as string,
        weight: 0.22,
        maxWidth: size * 0.84,
      }) +
      drawTextLines(
        { x: x - size * 0.36, y: y + size * 0.08, width: size * 0.72, lineHeight: size * 0.08 },
        [1],
        mix(colours[0] as string, colours[1] as string, 0.6),
      );
  }
  return {
    seen: { place: "garden", time, colour: palette.name, people: "none" },
    content: [
      drawSky(sheet, time),
      drawHouses(sheet, ground, [height * 0.12, height * 0.24], time),
      gradientRect(0, ground, width, height - ground, "#9cc47c", "#79a860"),
      drawTree(chance, width * 0.9, ground + 12, height * 0.32),
      signs,
    ].join(""),
  };
}
