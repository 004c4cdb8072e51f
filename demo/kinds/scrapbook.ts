import type { Chance } from "../drawing/chance.ts";
import { drawLabel, drawTextLines } from "../drawing/lettering.ts";
import { type Palette, shade, tint } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { circle, faded, gradientRect, placed, rect } from "../drawing/svg.ts";
import { drawInner } from "./innerPicture.ts";

/** Instant photos taped to coloured paper. */
export function drawScrapbook({ chance, width, height, palette }: Sheet): Drawing {
  const side = Math.min(width, height);
  const parts = [
    gradientRect(0, 0, width, height, tint(palette.second, 0.4), tint(palette.second, 0.1)),
    drawConfetti(chance, width, height, palette),
  ];
  const spots = chance.pickSeveral(
    [
      [0.28, 0.28],
      [0.72, 0.26],
      [0.27, 0.72],
      [0.74, 0.72],
      [0.5, 0.5],
    ] as const,
    chance.whole(3, 5),
  );
  for (const [x, y] of spots) {
    const size = side * chance.between(0.36, 0.44);
    const frame =
      faded(rect(-size / 2 + 5, -size * 0.56 + 7, size, size * 1.12, "#1f1a2b", 3), 0.22) +
      rect(-size / 2, -size * 0.56, size, size * 1.12, "#ffffff", 3) +
      drawInner(chance, { x: -size * 0.45, y: -size * 0.51, width: size * 0.9, height: size * 0.86 }) +
      drawTextLines(
        { x: -size * 0.3, y: size * 0.42, width: size * 0.6, lineHeight: size * 0.1 },
        [chance.between(0.5, 1)],
        shade("#d8d4dc", 0.2),
      ) +
      placed(faded(rect(-size * 0.16, -size * 0.05, size * 0.32, size * 0.1, palette.accent), 0.75), {
        y: -size * 0.57,
        turn: chance.between(-14, 14),
      });
    parts.push(placed(frame, { x: width * x, y: height * y, turn: chance.between(-13, 13) }));
  }
  parts.push(
    drawLabel(chance.pick(["THROWBACK", "MEMORIES", "HELLO!", "BIG DAY", "OUR TEAM", "SWIPE"]), {
      x: width * chance.between(0.4, 0.6),
      y: height * chance.pick([0.07, 0.5, 0.94]),
      size: side * 0.045,
      fill: palette.main,
      colour: palette.paper,
      turn: chance.between(-7, 7),
    }),
  );
  return {
    seen: { layout: "scrapbook", colour: palette.name, pictures: String(spots.length) },
    content: parts.join(""),
  };
}

function drawConfetti(chance: Chance, width: number, height: number, palette: Palette): string {
  let bits = "";
  for (let index = 0; index < 26; index++) {
    const [x, y] = [width * chance.between(0, 1), height * chance.between(0, 1)];
    const colour = chance.pick([palette.main, palette.accent, "#ffffff"]);
    bits += chance.happens(0.5)
      ? circle(x, y, chance.between(4, 9), colour)
      : placed(rect(-7, -3, 14, 6, colour, 3), { x, y, turn: chance.between(0, 180) });
  }
  return bits;
}
