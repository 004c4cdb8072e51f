import { tint } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { circle, ellipse, gradientRect, rect } from "../drawing/svg.ts";

/** A cake of one to three layers. */
export function drawCake(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const size = Math.min(width, height) * 0.6;
  const x = width / 2;
  const base = height * 0.74;
  const layers = chance.whole(1, 3);
  const sponge = chance.pick(["#c98a4b", "#6b3f2a", "#e9c58a", "#d98aa0"]);
  const icing = chance.pick(["#fff6ea", "#f7b7c5", "#7a4630", tint(palette.main, 0.5)]);
  let cake = "";
  for (let layer = 0; layer < layers; layer++) {
    const layerWidth = size * (1 - layer * 0.24);
    const layerHeight = size * (layers === 1 ? 0.42 : 0.26);
    const top = base - (layer + 1) * layerHeight;
    cake +=
      rect(x - layerWidth / 2, top, layerWidth, layerHeight, sponge, 8) +
      rect(x - layerWidth / 2, top + layerHeight * 0.55, layerWidth, layerHeight * 0.12, icing) +
      rect(x - layerWidth / 2, top, layerWidth, layerHeight * 0.24, icing, 8);
    for (let drip = 0; drip < 7; drip++)
      cake += rect(
        x - layerWidth / 2 + (drip + 0.15) * (layerWidth / 7),
        top + 6,
        layerWidth / 10,
        layerHeight * chance.between(0.24, 0.48),
        icing,
        layerWidth / 20,
      );
  }
  const top = base - layers * size * (layers === 1 ? 0.42 : 0.26);
  const candles = chance.happens(0.5);
  let decoration = "";
  for (let index = 0; index < 4; index++) {
    const cx = x + (index - 1.5) * size * 0.09;
    decoration += candles
      ? rect(cx - 3.5, top - size * 0.16, 7, size * 0.16, chance.pick([palette.main, palette.accent])) +
        ellipse(cx, top - size * 0.2, 5, 10, "#ffc94d")
      : circle(cx, top - size * 0.035, size * 0.045, "#d23b4a");
  }
  return {
    seen: { place: "table", colour: palette.name, people: "none" },
    content: [
      gradientRect(0, 0, width, height, tint(palette.second, 0.5), tint(palette.second, 0.15)),
      rect(0, base + size * 0.05, width, height, tint(palette.accent, 0.5)),
      ellipse(x, base + size * 0.03, size * 0.66, size * 0.07, "#ffffff"),
      cake,
      decoration,
    ].join(""),
  };
}
