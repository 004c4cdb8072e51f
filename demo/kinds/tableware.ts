import { shade, tint } from "../drawing/palette.ts";
import type { Sheet } from "../drawing/sheet.ts";
import { circle, faded, gradientRect, polyline, rect, shape, short, stroke } from "../drawing/svg.ts";

/** A table seen from above, with a cloth or boards. */
export function drawTable({ chance, width, height, palette }: Sheet): string {
  const colour = chance.pick([
    "#b98a62",
    "#e9dfcf",
    "#8b6446",
    "#9fb8b3",
    "#d9c1a0",
    tint(palette.second, 0.3),
  ]);
  let pattern = "";
  if (chance.happens(0.3)) {
    for (let x = 0; x < width; x += width / 7)
      pattern += faded(rect(x, 0, width / 14, height, palette.main), 0.22);
    for (let y = 0; y < height; y += width / 7)
      pattern += faded(rect(0, y, width, width / 14, palette.main), 0.22);
  } else {
    for (let y = 0; y < height; y += height / 5) pattern += rect(0, y, width, 2, shade(colour, 0.14));
  }
  return gradientRect(0, 0, width, height, tint(colour, 0.1), colour) + pattern;
}

/** A fork. */
export function drawFork(x: number, y: number, size: number): string {
  const fork = stroke(
    `M${short(x)} ${short(y - size * 0.5)}v${short(size * 0.22)}M${short(x - size * 0.05)} ${short(y - size * 0.5)}v${short(size * 0.16)}q0 8 ${short(size * 0.05)} 10q${short(size * 0.05)} -2 ${short(size * 0.05)} -10v${short(-size * 0.16)}`,
    "#c9ccd2",
    size * 0.022,
  );
  return (
    fork +
    polyline(
      [
        [x, y - size * 0.26],
        [x, y + size * 0.45],
      ],
      "#c9ccd2",
      size * 0.035,
    )
  );
}

/** A knife. */
export function drawKnife(x: number, y: number, size: number): string {
  return (
    shape(
      `M${short(x)} ${short(y - size * 0.5)}q${short(size * 0.07)} ${short(size * 0.2)} ${short(size * 0.05)} ${short(size * 0.5)}h${short(-size * 0.05)}Z`,
      "#d5d8de",
    ) +
    polyline(
      [
        [x + size * 0.02, y + size * 0.04],
        [x + size * 0.02, y + size * 0.45],
      ],
      "#5c4a3e",
      size * 0.045,
    )
  );
}

/** A glass of juice from above. */
export function drawGlass(x: number, y: number, radius: number): string {
  return (
    circle(x, y, radius, "#d8eef2") +
    circle(x, y, radius * 0.82, "#f3c14d") +
    circle(x - radius * 0.2, y - radius * 0.25, radius * 0.25, "#fbe2a0")
  );
}
