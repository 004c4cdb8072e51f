import { drawPerson } from "../drawing/figure.ts";
import { pickLook } from "../drawing/look.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { drawPlace, shadowAt } from "./place.ts";

/** Three to six people who pose side by side. */
export function drawGroupPhoto(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const { content, seen } = drawPlace(sheet);
  const count = chance.whole(3, width > height ? 6 : 5);
  const spacing = (width * 0.86) / count;
  const heightPx = Math.min(height * 0.78, spacing * 3.3);
  const y = height * 0.95;
  const middle = (count - 1) / 2;
  let people = "";
  for (let index = 0; index < count; index++) {
    const x = width / 2 + (index - middle) * spacing;
    const at = { x, y: y + chance.between(-4, 4), heightPx: heightPx * chance.between(0.9, 1.04) };
    const raised = chance.happens(0.22) ? { rightHand: [92, -470] as const } : {};
    const embracing = chance.happens(0.5)
      ? { leftHand: [-88, -330] as const, rightHand: [88, -330] as const, armsBehind: true }
      : raised;
    people +=
      shadowAt(x, at.y, heightPx) +
      drawPerson(
        pickLook(chance, chance.happens(0.25) ? { top: palette.main } : {}),
        {
          ...embracing,
          tilt: chance.between(-6, 6),
          expression: { mouth: chance.pick(["smile", "laugh", "smile"] as const) },
        },
        at,
      );
  }
  return { seen: { ...seen, people: String(count) }, content: content + people };
}
