import { drawHouses, drawRoom, drawSky, drawTree, pickTime } from "./backdrop.ts";
import { drawPerson, inFigure } from "./figure.ts";
import { drawLettering } from "./lettering.ts";
import { pickLook } from "./look.ts";
import { shade, tint } from "./palette.ts";
import type { Drawing, DrawKind, Sheet } from "./sheet.ts";
import { circle, ellipse, faded, type Point, polygon, polyline, rect, short, stroke } from "./svg.ts";

/** People who meet: handshakes, hugs, groups that pose, selfies, talks. */
export const individualContactKinds = {
  handshake: drawHandshake,
  hug: drawHug,
  groupPhoto: drawGroupPhoto,
  selfie: drawSelfie,
  conversation: drawConversation,
} satisfies Record<string, DrawKind>;

/** Street, park, square or room behind people. */
function drawPlace(sheet: Sheet): { content: string; seen: Record<string, string> } {
  const { chance, width, height, palette } = sheet;
  const place = chance.pick(["street", "park", "room", "room"]);
  const time = place === "room" ? "indoors" : pickTime(chance);
  if (time === "indoors")
    return { content: drawRoom(sheet, height * 0.72), seen: { place: "room", time, colour: palette.name } };
  const ground = height * chance.between(0.62, 0.7);
  const trees = [0.04, 0.2, 0.8, 0.97].map((x) =>
    drawTree(
      chance,
      width * (x + chance.between(-0.04, 0.04)),
      ground + 6,
      height * chance.between(0.32, 0.46),
    ),
  );
  const behind =
    place === "street"
      ? drawHouses(sheet, ground, [height * 0.24, height * 0.46], time) + (trees[chance.whole(0, 3)] ?? "")
      : ellipse(width * 0.3, ground + 10, width * 0.6, height * 0.12, "#8fb67a") + trees.join("");
  const floor = place === "street" ? "#b9b3a8" : "#94bd78";
  return {
    content:
      drawSky(sheet, time) +
      behind +
      rect(0, ground, width, height - ground, time === "night" ? shade(floor, 0.5) : floor),
    seen: { place, time, colour: palette.name },
  };
}

/** A soft shadow under feet. */
function shadowAt(x: number, y: number, heightPx: number): string {
  return faded(ellipse(x, y, heightPx * 0.17, heightPx * 0.03, "#2a2338"), 0.3);
}

function drawHandshake(sheet: Sheet): Drawing {
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

function drawHug(sheet: Sheet): Drawing {
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

function drawGroupPhoto(sheet: Sheet): Drawing {
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

function drawSelfie(sheet: Sheet): Drawing {
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

function drawConversation(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const { content, seen } = drawPlace(sheet);
  const heightPx = height * chance.between(0.68, 0.82);
  const y = height * 0.95;
  const stall = chance.happens(0.5);
  const left = { x: width * 0.3, y: stall ? y - height * 0.04 : y, heightPx };
  const right = { x: width * 0.68, y, heightPx: heightPx * chance.between(0.9, 1.03) };
  const third = chance.happens(0.4);
  return {
    seen: { ...seen, people: third ? "3" : "2" },
    content: [
      content,
      stall ? drawStallRoof(width * 0.34, height * 0.22, width * 0.56, palette.main, palette.paper) : "",
      third
        ? drawPerson(
            pickLook(chance),
            { expression: { mouth: "smile", gaze: -0.6 }, leftHand: [-20, -270] },
            { x: width * 0.88, y: y - 6, heightPx: heightPx * 0.94 },
          )
        : "",
      shadowAt(left.x, left.y, heightPx),
      drawPerson(
        pickLook(chance, { formal: chance.happens(0.5) }),
        {
          rightHand: chance.pick([
            [96, -330],
            [84, -290],
            [100, -390],
          ] as const),
          expression: { mouth: "talk", gaze: 1 },
          tilt: 4,
        },
        left,
      ),
      stall ? drawStallTable(width * 0.34, y, width * 0.5, heightPx * 0.4, palette.main, palette.paper) : "",
      shadowAt(right.x, right.y, heightPx),
      drawPerson(
        pickLook(chance),
        {
          ...(chance.happens(0.5) ? { leftHand: [-60, -300] as const } : {}),
          expression: { mouth: chance.pick(["smile", "laugh", "talk"] as const), gaze: -1 },
          tilt: -4,
        },
        right,
      ),
      chance.happens(0.4) ? drawSpeechBubbles(width, height * 0.1, palette.paper, palette.main) : "",
    ].join(""),
  };
}

function drawStallRoof(x: number, y: number, width: number, colour: string, paper: string): string {
  let stripes = "";
  for (let index = 0; index < 8; index++) {
    const left = x - width / 2 + (index * width) / 8;
    stripes +=
      rect(left, y, width / 8, width * 0.13, index % 2 === 0 ? colour : paper) +
      circle(left + width / 16, y + width * 0.13, width / 16, index % 2 === 0 ? colour : paper);
  }
  return (
    rect(x - width * 0.46, y, width * 0.02, width * 1.4, "#8a6a4f") +
    rect(x + width * 0.44, y, width * 0.02, width * 1.4, "#8a6a4f") +
    stripes
  );
}

function drawStallTable(
  x: number,
  y: number,
  width: number,
  height: number,
  colour: string,
  paper: string,
): string {
  return [
    rect(x - width / 2, y - height, width, height, tint(colour, 0.15), 4),
    rect(x - width / 2 - 8, y - height - 10, width + 16, 18, paper, 6),
    drawLettering("LET'S TALK", {
      x,
      y: y - height * 0.62,
      size: height * 0.2,
      colour: paper,
      weight: 0.2,
      maxWidth: width * 0.8,
    }),
    rect(x - width * 0.3, y - height - 22, width * 0.2, 12, "#ffffff", 2),
    rect(x - width * 0.28, y - height - 30, width * 0.2, 10, shade(paper, 0.1), 2),
  ].join("");
}

function drawSpeechBubbles(width: number, y: number, paper: string, ink: string): string {
  const bubble = (x: number, size: number, tail: number) =>
    rect(x - size, y - size * 0.5, size * 2, size, paper, size * 0.4) +
    polygon(
      [
        [x + tail * size * 0.2, y + size * 0.44],
        [x + tail * size * 0.7, y + size * 0.44],
        [x + tail * size * 0.3, y + size * 0.85],
      ],
      paper,
    );
  const dots = (x: number, size: number) =>
    [-0.5, 0, 0.5].map((step) => circle(x + step * size, y, size * 0.12, ink)).join("");
  const size = width * 0.08;
  return (
    bubble(width * 0.38, size, -1) +
    dots(width * 0.38, size) +
    bubble(width * 0.62, size, 1) +
    stroke(`M${short(width * 0.62 - size * 0.5)} ${short(y)}h${short(size)}`, ink, size * 0.14)
  );
}
