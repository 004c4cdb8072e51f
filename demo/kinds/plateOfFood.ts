import { shade, tint } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { circle, ellipse, faded, placed, short, stroke } from "../drawing/svg.ts";
import { drawMeal } from "./meal.ts";
import { drawFork, drawGlass, drawKnife, drawTable } from "./tableware.ts";

/** A meal on a plate from above. */
export function drawPlateOfFood(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const radius = Math.min(width, height) * chance.between(0.32, 0.4);
  const rim = chance.pick(["#ffffff", "#f3ede2", tint(palette.main, 0.55)]);
  const x = width / 2 + chance.between(-0.04, 0.04) * width;
  const y = height / 2 + chance.between(-0.03, 0.03) * height;
  const plate =
    circle(0, 0, radius, rim) +
    circle(0, 0, radius * 0.78, tint(rim, 0.4)) +
    stroke(
      `M${short(-radius * 0.78)} 0A${short(radius * 0.78)} ${short(radius * 0.78)} 0 0 1 0 ${short(-radius * 0.78)}`,
      shade(rim, 0.1),
      3,
    );
  return {
    seen: { place: "table", colour: palette.name, people: "none" },
    content: [
      drawTable(sheet),
      faded(ellipse(x + 8, y + 14, radius * 1.02, radius, "#2a1f1a"), 0.2),
      placed(plate + placed(drawMeal(chance, radius), { turn: chance.between(0, 360) }), { x, y }),
      drawFork(x - radius * 1.25, y, radius * 1.5) + drawKnife(x + radius * 1.2, y, radius * 1.5),
      chance.happens(0.6) ? drawGlass(width * 0.86, height * 0.14, radius * 0.28) : "",
    ].join(""),
  };
}
