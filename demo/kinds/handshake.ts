import { drawPerson, inFigure } from "../drawing/figure.ts";
import { pickLook } from "../drawing/look.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import type { Point } from "../drawing/svg.ts";
import { drawPlace, shadowAt } from "./place.ts";

/** Two people who shake hands. */
export function drawHandshake(sheet: Sheet): Drawing {
  const { chance, width, height } = sheet;
  const { content, seen } = drawPlace(sheet);
  const heightPx = height * chance.between(0.74, 0.92);
  const y = height * 0.95 + Math.max(0, heightPx - height * 0.8) * 0.8;
  const gap = heightPx * chance.between(0.24, 0.27);
  const middle = width / 2 + width * chance.between(-0.04, 0.04);
  const left = { x: middle - gap, y, heightPx: heightPx * chance.between(0.95, 1.02) };
  const right = { x: middle + gap, y, heightPx: heightPx * chance.between(0.92, 1.02) };
  const hands: Point = [middle, y - heightPx * 0.54];
  const warm = { mouth: chance.pick(["smile", "laugh"] as const) };
  return {
    seen: { ...seen, people: "2" },
    content: [
      content,
      shadowAt(left.x, y, heightPx),
      shadowAt(right.x, y, heightPx),
      drawPerson(
        pickLook(chance, { formal: chance.happens(0.7) }),
        { rightHand: inFigure(hands, left), expression: { ...warm, gaze: 1 }, tilt: 3 },
        left,
      ),
      drawPerson(
        pickLook(chance),
        {
          leftHand: inFigure(hands, right),
          expression: { mouth: chance.pick(["smile", "laugh", "talk"] as const), gaze: -1 },
          tilt: -3,
        },
        right,
      ),
    ].join(""),
  };
}
