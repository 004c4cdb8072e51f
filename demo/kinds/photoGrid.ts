import { drawLabel } from "../drawing/lettering.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { rect } from "../drawing/svg.ts";
import { drawInner } from "./innerPicture.ts";

/** Several pictures in a grid. */
export function drawPhotoGrid({ chance, width, height, palette }: Sheet): Drawing {
  const gap = chance.pick([4, 8, 12]);
  const layout = chance.pick(["2x2", "3x3", "2x3", "one and two", "strips"]);
  const boxes: { x: number; y: number; width: number; height: number }[] = [];
  const grid = (columns: number, rows: number) => {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++)
        boxes.push({
          x: (column * width) / columns,
          y: (row * height) / rows,
          width: width / columns,
          height: height / rows,
        });
    }
  };
  if (layout === "2x2") grid(2, 2);
  else if (layout === "3x3") grid(3, 3);
  else if (layout === "2x3") grid(width > height ? 3 : 2, width > height ? 2 : 3);
  else if (layout === "strips") grid(1, 4);
  else
    boxes.push(
      { x: 0, y: 0, width, height: height * 0.56 },
      { x: 0, y: height * 0.56, width: width / 2, height: height * 0.44 },
      { x: width / 2, y: height * 0.56, width: width / 2, height: height * 0.44 },
    );
  const pictures = boxes.map((box) =>
    drawInner(chance, {
      x: box.x + gap / 2,
      y: box.y + gap / 2,
      width: box.width - gap,
      height: box.height - gap,
    }),
  );
  const label = chance.happens(0.45)
    ? drawLabel(chance.pick(["OUR WEEK", "BEST OF", "THANK YOU!", "2031", "ON TOUR", "MY DAY"]), {
        x: width / 2,
        y: height * 0.5,
        size: width * 0.05,
        fill: palette.main,
        colour: palette.paper,
        turn: chance.between(-6, 6),
      })
    : "";
  return {
    seen: { layout, colour: palette.name, pictures: String(boxes.length) },
    content:
      rect(0, 0, width, height, chance.pick(["#ffffff", palette.paper, palette.ink])) +
      pictures.join("") +
      label,
  };
}
