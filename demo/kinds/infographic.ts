import { drawLettering, drawTextLines } from "../drawing/lettering.ts";
import { mix } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { circle, polyline, rect, short, stroke } from "../drawing/svg.ts";
import { drawInner } from "./innerPicture.ts";
import { raggedShares } from "./screen.ts";

/** Numbered facts with charts and pictures. */
export function drawInfographic({ chance, width, height, palette }: Sheet): Drawing {
  const parts = [
    rect(0, 0, width, height, palette.paper),
    rect(0, 0, width, height * 0.17, palette.main),
    drawLettering(
      chance.pick(["5 FACTS", "THE PLAN", "IN NUMBERS", "HOW WE VOTE", "THE RESULTS", "QUICK CHECK"]),
      {
        x: width / 2,
        y: height * 0.055,
        size: height * 0.06,
        colour: palette.paper,
        weight: 0.2,
        maxWidth: width * 0.86,
      },
    ),
  ];
  const chart = (x: number, y: number, size: number) => {
    const kind = chance.pick(["bars", "ring", "line"]);
    if (kind === "bars")
      return (
        [0, 1, 2, 3, 4]
          .map((bar) => {
            const value = size * chance.between(0.2, 0.9);
            return rect(
              x + bar * size * 0.2,
              y + size - value,
              size * 0.14,
              value,
              bar % 2 === 0 ? palette.main : palette.accent,
              3,
            );
          })
          .join("") + stroke(`M${short(x)} ${short(y + size)}H${short(x + size)}`, palette.ink, 3)
      );
    if (kind === "line")
      return (
        polyline(
          [0, 1, 2, 3, 4].map(
            (step) => [x + (step * size) / 4, y + size * chance.between(0.1, 0.9)] as const,
          ),
          palette.accent,
          7,
        ) + stroke(`M${short(x)} ${short(y)}V${short(y + size)}H${short(x + size)}`, palette.ink, 3)
      );
    const sweep = chance.between(0.3, 0.8) * Math.PI * 2;
    const [cx, cy, radius] = [x + size / 2, y + size / 2, size * 0.38];
    return (
      circle(cx, cy, radius + size * 0.09, palette.second) +
      stroke(
        `M${short(cx)} ${short(cy - radius)}A${short(radius)} ${short(radius)} 0 ${sweep > Math.PI ? 1 : 0} 1 ${short(cx + radius * Math.sin(sweep))} ${short(cy - radius * Math.cos(sweep))}`,
        palette.main,
        size * 0.18,
      ) +
      circle(cx, cy, radius * 0.72, palette.paper) +
      drawLettering(`${Math.round((sweep / Math.PI / 2) * 100)}%`, {
        x: cx,
        y: cy - size * 0.07,
        size: size * 0.14,
        colour: palette.ink,
        weight: 0.18,
      })
    );
  };
  const side = Math.min(width, height);
  const rows = 3;
  for (let row = 0; row < rows; row++) {
    const y = height * (0.22 + row * 0.26);
    const flip = row % 2 === 1;
    const size = side * 0.22;
    const pictureX = flip ? width * 0.94 - size * 1.3 : width * 0.06;
    parts.push(
      chance.happens(0.5)
        ? drawInner(chance, { x: pictureX, y, width: size * 1.3, height: size })
        : chart(pictureX, y, size),
    );
    const textX = flip ? width * 0.06 : width * 0.94 - width * 0.5;
    parts.push(
      drawLettering(`${row + 1}`, {
        x: textX + 14,
        y,
        size: size * 0.28,
        colour: palette.accent,
        weight: 0.22,
      }),
      drawTextLines(
        { x: textX + 40, y: y + 4, width: width * 0.5 - 40, lineHeight: size * 0.16 },
        [chance.between(0.6, 1)],
        palette.ink,
      ),
      drawTextLines(
        { x: textX, y: y + size * 0.42, width: width * 0.5, lineHeight: size * 0.14 },
        raggedShares(chance, 4),
        mix(palette.ink, palette.paper, 0.5),
      ),
    );
  }
  return { seen: { layout: "infographic", colour: palette.name }, content: parts.join("") };
}
