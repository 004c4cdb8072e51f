import { drawTextLines } from "../drawing/lettering.ts";
import { mix, tint } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { circle, polygon, rect, stroke } from "../drawing/svg.ts";
import { drawInner } from "./innerPicture.ts";
import { drawAvatar, drawStatusBar, raggedShares } from "./screen.ts";

/** A conversation in a messenger. */
export function drawChatScreenshot({ chance, width, height, palette }: Sheet): Drawing {
  const dark = chance.happens(0.3);
  const paper = dark ? "#20222c" : "#f4f2ee";
  const ink = dark ? "#eceaf2" : "#2b2833";
  const parts = [
    rect(0, 0, width, height, paper),
    rect(0, 0, width, 92, dark ? "#2c2f3c" : "#ffffff"),
    drawStatusBar(width, ink),
    stroke("M34 52L22 64L34 76", palette.main, 5),
    drawAvatar(chance, 78, 63, 22),
    drawTextLines({ x: 114, y: 52, width: width * 0.3, lineHeight: 18 }, [1, 0.6], mix(ink, paper, 0.3)),
  ];
  let mine = chance.happens(0.5);
  for (let y = 112; y < height - 130; ) {
    const bubbleWidth = width * chance.between(0.42, 0.66);
    const withPicture = chance.happens(0.35);
    const lines = chance.whole(1, 3);
    const bubbleHeight = withPicture ? width * 0.36 : 22 + lines * 20;
    const x = mine ? width - bubbleWidth - 22 : 66;
    const fill = mine ? palette.main : dark ? "#363a4a" : "#ffffff";
    parts.push(rect(x, y, bubbleWidth, bubbleHeight, fill, 18));
    parts.push(
      withPicture
        ? drawInner(chance, { x: x + 8, y: y + 8, width: bubbleWidth - 16, height: bubbleHeight - 16 })
        : drawTextLines(
            { x: x + 18, y: y + 16, width: bubbleWidth - 36, lineHeight: 20 },
            raggedShares(chance, lines),
            mine ? tint(palette.main, 0.7) : mix(ink, fill, 0.45),
          ),
    );
    if (!mine) parts.push(drawAvatar(chance, 36, y + bubbleHeight - 18, 18));
    y += bubbleHeight + 14;
    mine = chance.happens(0.35) ? mine : !mine;
  }
  parts.push(
    rect(0, height - 66, width, 66, dark ? "#2c2f3c" : "#ffffff"),
    rect(20, height - 52, width - 100, 38, dark ? "#20222c" : "#ebe8e2", 19),
    circle(width - 42, height - 33, 20, palette.main),
    polygon(
      [
        [width - 50, height - 42],
        [width - 30, height - 33],
        [width - 50, height - 24],
      ],
      "#ffffff",
    ),
  );
  return { seen: { layout: "chat", colour: dark ? "dark" : palette.name }, content: parts.join("") };
}
