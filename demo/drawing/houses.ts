import type { Chance } from "./chance.ts";
import { shade } from "./palette.ts";
import type { Sheet } from "./sheet.ts";
import type { TimeOfDay } from "./sky.ts";
import { type Point, polygon, rect } from "./svg.ts";

/** Houses side by side, standing on `baseY`; at night their windows are lit. */
export function drawHouses({ chance, width }: Sheet, baseY: number, heights: Point, time: TimeOfDay): string {
  const [low, high] = heights;
  const walls =
    time === "night"
      ? ["#26305a", "#2f3a66", "#3a3560", "#222a4c"]
      : ["#e8b796", "#d98f74", "#f0d6ac", "#b9c9c6", "#cfa0a0", "#a9b7cf", "#e3c1bd"];
  let drawing = "";
  for (let x = -20; x < width; ) {
    const houseWidth = width * chance.between(0.11, 0.19);
    const houseHeight = chance.between(low, high);
    const top = baseY - houseHeight;
    const wall = chance.pick(walls);
    drawing += rect(x, top, houseWidth, houseHeight, wall);
    const roof = shade(wall, 0.35);
    const form = chance.pick(["gable", "flat", "hip"]);
    if (form === "gable")
      drawing += polygon(
        [
          [x - 3, top],
          [x + houseWidth / 2, top - houseWidth * 0.4],
          [x + houseWidth + 3, top],
        ],
        roof,
      );
    else if (form === "hip")
      drawing += polygon(
        [
          [x - 3, top],
          [x + houseWidth * 0.2, top - houseWidth * 0.26],
          [x + houseWidth * 0.8, top - houseWidth * 0.26],
          [x + houseWidth + 3, top],
        ],
        roof,
      );
    else drawing += rect(x - 3, top - 6, houseWidth + 6, 8, roof);
    drawing += drawWindows(chance, x, top, houseWidth, houseHeight, time);
    x += houseWidth;
  }
  return drawing;
}

function drawWindows(
  chance: Chance,
  x: number,
  top: number,
  width: number,
  height: number,
  time: TimeOfDay,
): string {
  const columns = Math.max(2, Math.round(width / 30));
  const step = width / columns;
  let drawing = "";
  for (let y = top + step * 0.5; y < top + height - step * 0.6; y += step * 1.15) {
    for (let column = 0; column < columns; column++) {
      const lit = time === "night" ? chance.happens(0.5) : false;
      const pane = lit ? "#ffd983" : time === "night" ? "#1a2145" : "#5d7590";
      drawing += rect(x + (column + 0.25) * step, y, step * 0.5, step * 0.66, pane, 2);
    }
  }
  return drawing;
}
