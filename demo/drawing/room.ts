import { mix, tint } from "./palette.ts";
import { drawPlant } from "./plants.ts";
import type { Sheet } from "./sheet.ts";
import { circle, ellipse, gradientRect, rect } from "./svg.ts";

/** A room: wall, floor and a few things on the wall. */
export function drawRoom({ chance, width, height }: Sheet, floorY: number): string {
  const wall = chance.pick(["#e9dccb", "#cfe0dd", "#e7cfc7", "#d7d3e6", "#f0e2bf", "#c9d6e4", "#dfe5d2"]);
  const parts = [
    gradientRect(0, 0, width, floorY, tint(wall, 0.15), wall),
    gradientRect(0, floorY, width, height - floorY, "#c79a6d", "#a97d55"),
    rect(0, floorY - 8, width, 8, "#fbf7ef"),
  ];
  if (chance.happens(0.7))
    parts.push(drawWindow(width * chance.pick([0.06, 0.62]), height * 0.1, width * 0.3, height * 0.34));
  if (chance.happens(0.6))
    parts.push(drawPlant(chance, width * chance.pick([0.06, 0.94]), floorY + height * 0.04, height * 0.3));
  if (chance.happens(0.5)) {
    const x = width * chance.between(0.42, 0.5);
    parts.push(
      rect(x, height * 0.12, width * 0.13, height * 0.15, "#fffaf0"),
      rect(x + 6, height * 0.12 + 6, width * 0.13 - 12, height * 0.15 - 12, mix(wall, "#d9694e", 0.5)),
      circle(x + width * 0.065, height * 0.195, width * 0.03, "#f6d9a2"),
    );
  }
  return parts.join("");
}

function drawWindow(x: number, y: number, width: number, height: number): string {
  return (
    rect(x - 8, y - 8, width + 16, height + 16, "#ffffff", 4) +
    gradientRect(x, y, width, height, "#9fd4f3", "#e3f3f8") +
    ellipse(x + width * 0.6, y + height, width * 0.4, height * 0.3, "#8fbf86") +
    rect(x, y + height * 0.88, width, height * 0.12, "#8fbf86") +
    rect(x + width / 2 - 3, y, 6, height, "#ffffff") +
    rect(x, y + height * 0.45, width, 6, "#ffffff")
  );
}
