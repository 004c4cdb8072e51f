import { drawLettering, drawTextLines } from "../drawing/lettering.ts";
import { tint } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { circle, rect } from "../drawing/svg.ts";
import { drawInner } from "./innerPicture.ts";
import { raggedShares } from "./screen.ts";

/** A news page in a browser window. */
export function drawWebScreenshot({ chance, width, height, palette }: Sheet): Drawing {
  const grey = "#b9b5bf";
  const parts = [
    rect(0, 0, width, height, "#fdfcfa"),
    rect(0, 0, width, 44, "#dedbe2"),
    circle(22, 22, 7, "#ef6a5e"),
    circle(44, 22, 7, "#f4bd4f"),
    circle(66, 22, 7, "#61c454"),
    rect(92, 10, width - 112, 24, "#ffffff", 12),
    drawTextLines({ x: 110, y: 18, width: width * 0.4, lineHeight: 18 }, [1], grey),
    rect(0, 44, width, 50, palette.main),
    drawLettering(chance.pick(["DAILY NEWS", "CITY BLOG", "THE PAPER", "MY PAGE", "WATCH"]), {
      x: 24,
      y: 60,
      size: 20,
      colour: palette.paper,
      weight: 0.2,
      align: "start",
    }),
    [0.6, 0.74, 0.88].map((x) => rect(width * x, 66, width * 0.09, 8, tint(palette.main, 0.6), 4)).join(""),
  ];
  const heroHeight = height * chance.between(0.3, 0.4);
  parts.push(
    drawInner(chance, { x: 20, y: 110, width: width * 0.6, height: heroHeight }),
    drawTextLines(
      { x: width * 0.66 + 10, y: 116, width: width * 0.3, lineHeight: 26 },
      raggedShares(chance, 3),
      palette.ink,
    ),
    drawTextLines(
      { x: width * 0.66 + 10, y: 204, width: width * 0.3, lineHeight: 16 },
      raggedShares(chance, Math.max(2, Math.floor((heroHeight - 110) / 16))),
      grey,
    ),
  );
  const top = 110 + heroHeight + 22;
  const columns = chance.whole(2, 3);
  const columnWidth = (width - 20) / columns - 20;
  for (let column = 0; column < columns; column++) {
    const x = 20 + column * (columnWidth + 20);
    const cardHeight = Math.min(columnWidth * 0.66, height * 0.22);
    parts.push(
      drawInner(chance, { x, y: top, width: columnWidth, height: cardHeight }),
      drawTextLines(
        { x, y: top + cardHeight + 14, width: columnWidth, lineHeight: 22 },
        raggedShares(chance, 2),
        palette.ink,
      ),
      drawTextLines(
        { x, y: top + cardHeight + 62, width: columnWidth, lineHeight: 15 },
        raggedShares(chance, 8),
        grey,
      ),
    );
  }
  return { seen: { layout: "web page", colour: palette.name }, content: parts.join("") };
}
