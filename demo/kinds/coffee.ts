import { shade, tint } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { circle, ellipse, faded, gradientRect, rect, shape, short, stroke } from "../drawing/svg.ts";
import { drawTable } from "./tableware.ts";

/** A cup of coffee, from above or from the side. */
export function drawCoffee(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const radius = Math.min(width, height) * chance.between(0.22, 0.3);
  const above = chance.happens(0.5);
  const cup = chance.pick(["#ffffff", palette.main, tint(palette.accent, 0.2), "#3f4a5c"]);
  const x = width * chance.between(0.44, 0.56);
  const y = height * 0.52;
  const latte =
    circle(x, y, radius * 0.72, "#7a4a2c") +
    shape(
      `M${short(x)} ${short(y + radius * 0.5)}C${short(x - radius * 0.8)} ${short(y - radius * 0.1)} ${short(x - radius * 0.3)} ${short(y - radius * 0.6)} ${short(x)} ${short(y - radius * 0.2)}C${short(x + radius * 0.3)} ${short(y - radius * 0.6)} ${short(x + radius * 0.8)} ${short(y - radius * 0.1)} ${short(x)} ${short(y + radius * 0.5)}Z`,
      "#f0dcbc",
    );
  const fromAbove =
    circle(x, y, radius * 1.45, "#f6f1e7") +
    circle(x, y, radius * 1.2, "#ebe4d6") +
    rect(x + radius * 0.7, y - radius * 0.16, radius * 0.7, radius * 0.32, cup, radius * 0.16) +
    circle(x, y, radius * 0.9, cup) +
    latte +
    circle(x - radius * 1.1, y + radius * 1.0, radius * 0.24, "#c98a4b") +
    rect(x + radius * 0.4, y + radius * 1.02, radius * 0.8, radius * 0.08, "#c9ccd2", 4);
  const steam = [-0.35, 0, 0.35]
    .map((step) =>
      faded(
        stroke(`M${short(x + step * radius)} ${short(y - radius * 1.05)}q-12 -18 0 -34t0 -34`, "#ffffff", 6),
        0.6,
      ),
    )
    .join("");
  const fromSide =
    ellipse(x, y + radius * 0.98, radius * 1.5, radius * 0.2, "#f6f1e7") +
    stroke(
      `M${short(x + radius * 0.8)} ${short(y - radius * 0.4)}q${short(radius * 0.75)} ${short(radius * 0.05)} ${short(radius * 0.5)} ${short(radius * 0.6)}t${short(-radius * 0.7)} ${short(radius * 0.24)}`,
      cup,
      radius * 0.16,
    ) +
    shape(
      `M${short(x - radius * 0.95)} ${short(y - radius * 0.7)}H${short(x + radius * 0.95)}C${short(x + radius * 0.95)} ${short(y + radius * 0.7)} ${short(x + radius * 0.5)} ${short(y + radius)} ${short(x)} ${short(y + radius)}C${short(x - radius * 0.5)} ${short(y + radius)} ${short(x - radius * 0.95)} ${short(y + radius * 0.7)} ${short(x - radius * 0.95)} ${short(y - radius * 0.7)}Z`,
      cup,
    ) +
    ellipse(x, y - radius * 0.7, radius * 0.95, radius * 0.2, shade(cup, 0.1)) +
    ellipse(x, y - radius * 0.67, radius * 0.85, radius * 0.15, "#6b3f26") +
    steam;
  const backdrop = above
    ? drawTable(sheet)
    : gradientRect(0, 0, width, height, tint(palette.second, 0.3), palette.second) +
      rect(0, y + radius * 0.75, width, height, "#a97d55");
  return {
    seen: { place: "table", colour: palette.name, people: "none" },
    content: backdrop + (above ? fromAbove : fromSide),
  };
}
