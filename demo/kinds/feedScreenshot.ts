import { drawTextLines } from "../drawing/lettering.ts";
import { mix } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { circle, polygon, rect, short, stroke } from "../drawing/svg.ts";
import { drawInner } from "./innerPicture.ts";
import { drawAvatar, drawStatusBar, raggedShares } from "./screen.ts";

/** A feed of posts on a telephone. */
export function drawFeedScreenshot({ chance, width, height, palette }: Sheet): Drawing {
  const dark = chance.happens(0.3);
  const paper = dark ? "#17181f" : "#ffffff";
  const ink = dark ? "#f0eff5" : "#2b2833";
  const grey = mix(ink, paper, 0.55);
  const parts = [rect(0, 0, width, height, paper), drawStatusBar(width, ink)];
  let y = 36;
  while (y < height) {
    const pictureHeight = Math.min(height * 0.46, width * 0.62);
    parts.push(
      drawAvatar(chance, 44, y + 26, 22),
      drawTextLines({ x: 80, y: y + 14, width: width * 0.36, lineHeight: 18 }, [1, 0.55], grey),
    );
    parts.push([0, 1, 2].map((dot) => circle(width - 50 + dot * 10, y + 26, 3, grey)).join(""));
    const lines = chance.whole(1, 3);
    parts.push(
      drawTextLines(
        { x: 26, y: y + 62, width: width - 52, lineHeight: 20 },
        raggedShares(chance, lines),
        mix(ink, paper, 0.3),
      ),
    );
    y += 62 + lines * 20 + 8;
    parts.push(drawInner(chance, { x: 26, y, width: width - 52, height: pictureHeight }));
    y += pictureHeight + 26;
    parts.push(
      drawHeartIcon(46, y, 11, "#e4574f"),
      stroke(`M84 ${short(y - 6)}h22v16h-12l-8 7v-7h-2Z`, grey, 3.5),
      polygon(
        [
          [130, y - 9],
          [152, y + 1],
          [130, y + 11],
        ],
        grey,
      ),
      rect(width - 50, y - 10, 16, 22, grey, 3),
      drawTextLines({ x: 170, y: y - 2, width: 90, lineHeight: 14 }, [1], grey),
    );
    y += 34;
  }
  parts.push(
    rect(0, height - 46, width, 46, paper),
    [0.12, 0.31, 0.5, 0.69, 0.88]
      .map((x, index) =>
        index === 2
          ? rect(width * x - 15, height - 37, 30, 26, palette.main, 8) +
            stroke(
              `M${short(width * x - 6)} ${short(height - 24)}h12M${short(width * x)} ${short(height - 30)}v12`,
              "#ffffff",
              3,
            )
          : circle(width * x, height - 24, 10, grey),
      )
      .join(""),
  );
  return { seen: { layout: "feed", colour: dark ? "dark" : palette.name }, content: parts.join("") };
}

function drawHeartIcon(x: number, y: number, size: number, colour: string): string {
  return (
    circle(x - size * 0.5, y - size * 0.2, size * 0.56, colour) +
    circle(x + size * 0.5, y - size * 0.2, size * 0.56, colour) +
    polygon(
      [
        [x - size, y],
        [x + size, y],
        [x, y + size * 1.1],
      ],
      colour,
    )
  );
}
