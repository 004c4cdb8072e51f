import { tint } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { circle, ellipse, gradientRect, placed, polygon, rect, shape, short } from "../drawing/svg.ts";

/** A burger with chips. */
export function drawBurger(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const size = Math.min(width, height) * 0.56;
  const x = width * (chance.happens(0.5) ? 0.42 : 0.5);
  const base = height * 0.76;
  const layer = (y: number, thick: number, colour: string, wide = 1) =>
    rect(
      x - (size / 2) * wide,
      base - size * (y + thick),
      size * wide,
      size * thick,
      colour,
      (size * thick) / 2,
    );
  let fries = "";
  for (let index = 0; index < 9; index++)
    fries += placed(rect(-size * 0.025, -size * 0.4, size * 0.05, size * 0.42, "#f2c14e", 3), {
      x: x + size * 0.7 + index * size * 0.035,
      y: base - size * 0.2,
      turn: (index - 4) * 5,
    });
  const seeds = [
    [-0.24, 0.64],
    [-0.08, 0.7],
    [0.1, 0.69],
    [0.25, 0.62],
    [0.02, 0.62],
  ]
    .map(([dx = 0, dy = 0]) => ellipse(x + dx * size, base - size * dy, 6, 4, "#fbe9c2"))
    .join("");
  const bun = shape(
    `M${short(x - size / 2)} ${short(base - size * 0.48)}Q${short(x - size / 2)} ${short(base - size * 0.82)} ${short(x)} ${short(base - size * 0.82)}Q${short(x + size / 2)} ${short(base - size * 0.82)} ${short(x + size / 2)} ${short(base - size * 0.48)}Z`,
    "#d9953f",
  );
  return {
    seen: { place: "table", colour: palette.name, people: "none" },
    content: [
      gradientRect(0, 0, width, height, tint(palette.main, 0.35), tint(palette.main, 0.1)),
      rect(0, base - size * 0.03, width, height, "#8b6446"),
      ellipse(x + size * 0.1, base, size * 0.95, size * 0.09, "#f3ede2"),
      layer(0, 0.13, "#d9953f"),
      layer(0.12, 0.13, "#5f3322", 1.04),
      polygon(
        [
          [x - size * 0.5, base - size * 0.27],
          [x + size * 0.5, base - size * 0.27],
          [x + size * 0.3, base - size * 0.17],
          [x + size * 0.1, base - size * 0.25],
          [x - size * 0.2, base - size * 0.14],
        ],
        "#f6c445",
      ),
      layer(0.26, 0.07, "#cf3d31", 0.96),
      [0, 1, 2, 3, 4, 5]
        .map((index) =>
          circle(
            x - size * 0.45 + index * size * 0.18,
            base - size * 0.37,
            size * 0.085,
            index % 2 === 0 ? "#79b356" : "#5f9c46",
          ),
        )
        .join(""),
      bun + seeds,
      fries +
        polygon(
          [
            [x + size * 0.62, base - size * 0.3],
            [x + size * 1.08, base - size * 0.3],
            [x + size * 1.02, base],
            [x + size * 0.68, base],
          ],
          palette.accent,
        ),
    ].join(""),
  };
}
