import { drawPerson } from "../drawing/figure.ts";
import { pickLook } from "../drawing/look.ts";
import { shade } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { circle, type Point, polygon, polyline } from "../drawing/svg.ts";
import { drawPlace, shadowAt } from "./place.ts";

/** Two people in each other's arms. */
export function drawHug(sheet: Sheet): Drawing {
  const { chance, width, height } = sheet;
  const { content, seen } = drawPlace(sheet);
  const heightPx = height * chance.between(0.8, 0.98);
  const y = height * 0.96 + Math.max(0, heightPx - height * 0.8) * 0.9;
  const middle = width / 2;
  const left = { x: middle - heightPx * 0.1, y, heightPx };
  const right = { x: middle + heightPx * 0.1, y: y + 4, heightPx: heightPx * chance.between(0.86, 0.96) };
  const other = pickLook(chance);
  const arm = (from: Point, to: Point) =>
    polyline(
      [from, [(from[0] + to[0]) / 2, Math.max(from[1], to[1]) + heightPx * 0.05], to],
      shade(other.top, 0.1),
      heightPx * 0.058,
    ) + circle(to[0], to[1], heightPx * 0.029, other.skin);
  return {
    seen: { ...seen, people: "2" },
    content: [
      content,
      shadowAt(middle, y, heightPx * 1.4),
      drawPerson(
        pickLook(chance, { formal: chance.happens(0.5) }),
        {
          rightHand: [96, -300],
          leftHand: [40, -270],
          tilt: 9,
          expression: { mouth: "smile", winking: true },
        },
        left,
      ),
      drawPerson(
        other,
        {
          rightHand: [-6, -250],
          leftHand: [-96, -290],
          tilt: -10,
          expression: { mouth: "laugh", gaze: -0.6 },
        },
        right,
      ),
      arm(
        [right.x - heightPx * 0.09, right.y - heightPx * 0.62],
        [left.x - heightPx * 0.08, y - heightPx * 0.56],
      ),
      chance.happens(0.35) ? drawHeart(middle, y - heightPx * 1.1, heightPx * 0.05) : "",
    ].join(""),
  };
}

function drawHeart(x: number, y: number, size: number): string {
  return (
    circle(x - size * 0.5, y, size * 0.55, "#e4574f") +
    circle(x + size * 0.5, y, size * 0.55, "#e4574f") +
    polygon(
      [
        [x - size * 1, y + size * 0.22],
        [x + size * 1, y + size * 0.22],
        [x, y + size * 1.4],
      ],
      "#e4574f",
    )
  );
}
