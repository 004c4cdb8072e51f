import { drawPerson } from "../drawing/figure.ts";
import { pickLook } from "../drawing/look.ts";
import { shade } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { circle, type Point, polyline, rect } from "../drawing/svg.ts";
import { drawPlace } from "./place.ts";

/** One to four people, one of them with a telephone at arm's length. */
export function drawSelfie(sheet: Sheet): Drawing {
  const { chance, width, height } = sheet;
  const { content, seen } = drawPlace(sheet);
  const count = chance.pick([1, 2, 2, 2, 3, 3, 4]);
  const heightPx = height * (count === 1 ? 1.5 : count === 2 ? 1.3 : 1.08);
  const y = height * 0.42 + heightPx * 0.86;
  const spread = Math.min(width * 0.27, heightPx * 0.27);
  let people = "";
  for (let index = count - 1; index >= 1; index--) {
    const x = width / 2 + (index - (count - 1) / 2) * spread * 1.05;
    const greeting = chance.happens(0.4) ? { rightHand: [88, -400] as const } : {};
    people += drawPerson(
      pickLook(chance),
      {
        ...greeting,
        tilt: chance.between(-10, 4),
        expression: {
          mouth: chance.pick(["smile", "laugh"] as const),
          detailed: true,
          gaze: -0.5,
          winking: chance.happens(0.15),
        },
      },
      { x, y: y + heightPx * chance.between(-0.04, 0.03), heightPx },
    );
  }
  const holder = pickLook(chance);
  const x = width / 2 - ((count - 1) / 2) * spread;
  const elbow: Point = [x - heightPx * 0.2, height * 0.72];
  const phone: Point = [Math.max(width * 0.1, x - heightPx * 0.26), height * 0.9];
  const arm =
    polyline([[x - heightPx * 0.11, y - heightPx * 0.68], elbow], shade(holder.top, 0.1), heightPx * 0.065) +
    polyline([elbow, phone], holder.outfit === "tee" ? holder.skin : holder.top, heightPx * 0.075) +
    circle(phone[0], phone[1], heightPx * 0.045, holder.skin) +
    rect(
      phone[0] - heightPx * 0.05,
      phone[1] - heightPx * 0.12,
      heightPx * 0.1,
      heightPx * 0.17,
      "#23212c",
      7,
    ) +
    circle(phone[0] - heightPx * 0.026, phone[1] - heightPx * 0.095, heightPx * 0.012, "#6f88a8");
  return {
    seen: { ...seen, people: String(count) },
    content: [
      content,
      people,
      drawPerson(
        holder,
        {
          leftHand: [-80, -240],
          tilt: chance.between(-4, 8),
          expression: { mouth: chance.pick(["smile", "laugh"] as const), detailed: true, gaze: -0.7 },
        },
        { x, y, heightPx },
      ),
      arm,
    ].join(""),
  };
}
