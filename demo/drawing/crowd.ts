import type { Chance } from "./chance.ts";
import { drawHeadFromBehind } from "./face.ts";
import { drawPerson } from "./figure.ts";
import { drawLettering } from "./lettering.ts";
import { type Look, pickLook } from "./look.ts";
import { mix, type Palette, shade } from "./palette.ts";
import { circle, placed, polyline, rect, shape, short } from "./svg.ts";

/** Neutral, invented words for signs. */
export const signWords: readonly string[] = [
  "VOTE",
  "TOGETHER",
  "YES",
  "FUTURE",
  "HOPE",
  "NOW!",
  "FOR ALL",
  "CHANGE",
  "PEACE",
  "OUR TOWN",
  "FAIR PAY",
  "UNITED",
  "SCHOOLS",
  "GREEN CITY",
  "WE CAN",
];

/** Rows of people seen from behind, the nearest largest, from `topY` down to `bottomY`; some lift signs and flags. */
export function drawCrowdFromBehind(
  chance: Chance,
  at: {
    width: number;
    topY: number;
    bottomY: number;
    rows: number;
    headPx: number;
    shadow?: number;
    props?: number;
  },
  palette: Palette,
): string {
  const { shadow = 0, props = 0.3 } = at;
  let drawing = "";
  for (let row = 0; row < at.rows; row++) {
    const share = at.rows === 1 ? 1 : row / (at.rows - 1);
    const head = at.headPx * (0.5 + 0.5 * share);
    const y = at.topY + (at.bottomY - at.topY) * share;
    const count = Math.ceil(at.width / (head * 1.5)) + 1;
    for (let place = 0; place < count; place++) {
      const x = (place - 0.5 * (row % 2)) * head * 1.5 + chance.between(-0.18, 0.18) * head;
      const lift = chance.between(-0.15, 0.15) * head;
      const look = dimmed(pickLook(chance), shadow);
      if (chance.happens(props))
        drawing += drawRaised(chance, x + head * 0.7, y + lift, head, look, palette, shadow);
      drawing += drawBack(look, x, y + lift, head);
    }
  }
  return drawing;
}

/** Rows of people facing us, the nearest largest, the feet of the first row at `bottomY`. */
export function drawCrowdFacing(
  chance: Chance,
  at: { width: number; bottomY: number; rows: number; heightPx: number; props?: number; cheering?: boolean },
  palette: Palette,
): string {
  let drawing = "";
  for (let row = at.rows - 1; row >= 0; row--) {
    const heightPx = at.heightPx * (1 - row * 0.1);
    const spacing = heightPx * 0.36;
    const count = Math.ceil(at.width / spacing) + 1;
    for (let place = 0; place < count; place++) {
      const x = (place - 0.5 * (row % 2)) * spacing + chance.between(-0.1, 0.1) * spacing;
      const y = at.bottomY - row * at.heightPx * 0.2 + chance.between(-6, 6);
      const look = pickLook(chance, chance.happens(0.3) ? { top: palette.main } : {});
      const raised = chance.happens(at.props ?? 0.35);
      const hand = [chance.between(40, 80), -chance.between(470, 520)] as const;
      if (raised) {
        const scale = heightPx / 500;
        drawing += drawSign(chance, x + hand[0] * scale, y + hand[1] * scale, heightPx * 0.2, palette);
      }
      const mouth = at.cheering
        ? chance.pick(["laugh", "smile", "laugh", "talk"] as const)
        : chance.pick(["smile", "calm", "smile", "talk"] as const);
      const other =
        at.cheering && chance.happens(0.3) ? ([-chance.between(60, 90), -490] as const) : undefined;
      drawing += drawPerson(
        look,
        {
          expression: { mouth, gaze: chance.between(-0.6, 0.6) },
          ...(raised ? { rightHand: hand } : {}),
          ...(other ? { leftHand: other } : {}),
        },
        { x, y, heightPx },
      );
    }
  }
  return drawing;
}

/** A placard on a stick, held at (x, y), or a flag. */
export function drawSign(chance: Chance, x: number, y: number, size: number, palette: Palette): string {
  const colours = [palette.main, palette.accent, palette.second, palette.paper];
  const fill = chance.pick(colours);
  const turn = chance.between(-10, 10);
  if (chance.happens(0.35)) {
    const second = chance.pick(colours.filter((colour) => colour !== fill));
    const cloth = `M2 ${short(-size * 1.7)}Q${short(size * 0.4)} ${short(-size * 1.95)} ${short(size * 0.7)} ${short(-size * 1.68)}T${short(size * 1.4)} ${short(-size * 1.7)}V${short(-size * 0.85)}Q${short(size)} ${short(-size * 0.62)} ${short(size * 0.7)} ${short(-size * 0.84)}T2 ${short(-size * 0.86)}Z`;
    const stripe = `M2 ${short(-size * 1.42)}Q${short(size * 0.4)} ${short(-size * 1.67)} ${short(size * 0.7)} ${short(-size * 1.4)}T${short(size * 1.4)} ${short(-size * 1.42)}V${short(-size * 1.14)}Q${short(size)} ${short(-size * 0.9)} ${short(size * 0.7)} ${short(-size * 1.12)}T2 ${short(-size * 1.14)}Z`;
    return placed(
      polyline(
        [
          [0, 0],
          [0, -size * 1.75],
        ],
        "#8a6a4f",
        size * 0.07,
      ) +
        shape(cloth, fill) +
        shape(stripe, second),
      { x, y, turn },
    );
  }
  const width = size * 1.5;
  const words = drawLettering(chance.pick(signWords), {
    x: 0,
    y: -size * 1.12,
    size: size * 0.34,
    colour: fill === palette.paper ? palette.ink : "#fffdf6",
    weight: 0.2,
    maxWidth: width * 0.84,
  });
  const board = rect(-width / 2, -size * 1.5, width, size, fill, size * 0.07);
  return placed(
    polyline(
      [
        [0, 0],
        [0, -size * 0.6],
      ],
      "#8a6a4f",
      size * 0.08,
    ) +
      board +
      words,
    { x, y, turn },
  );
}

function drawRaised(
  chance: Chance,
  x: number,
  y: number,
  head: number,
  look: Look,
  palette: Palette,
  shadow: number,
): string {
  const handY = y - head * chance.between(0.7, 1.1);
  const arm =
    polyline(
      [
        [x, y + head * 0.9],
        [x + head * 0.1, handY],
      ],
      look.top,
      head * 0.3,
    ) + circle(x + head * 0.1, handY, head * 0.17, look.skin);
  const kind = chance.pick(["sign", "sign", "hand", "phone"]);
  if (kind === "hand") return arm;
  if (kind === "phone")
    return (
      arm +
      rect(x - head * 0.12, handY - head * 0.5, head * 0.36, head * 0.6, "#22212c", 3) +
      rect(x - head * 0.07, handY - head * 0.44, head * 0.26, head * 0.46, "#bfe4f5", 2)
    );
  const dark: Palette =
    shadow > 0
      ? {
          ...palette,
          main: shade(palette.main, shadow),
          accent: shade(palette.accent, shadow),
          second: shade(palette.second, shadow),
          paper: shade(palette.paper, shadow),
        }
      : palette;
  return arm + drawSign(chance, x + head * 0.1, handY, head * 1.1, dark);
}

function drawBack(look: Look, x: number, y: number, head: number): string {
  const half = head * 0.82;
  const top = y + head * 0.52;
  const back = shape(
    `M${short(x - half)} ${short(top + head * 2.2)}V${short(top + head * 0.45)}Q${short(x - half)} ${short(top)} ${short(x)} ${short(top)}Q${short(x + half)} ${short(top)} ${short(x + half)} ${short(top + head * 0.45)}V${short(top + head * 2.2)}Z`,
    look.top,
  );
  return (
    rect(x - head * 0.18, y + head * 0.2, head * 0.36, head * 0.5, shade(look.skin)) +
    back +
    placed(drawHeadFromBehind(look), { x, y, scale: head / 104 })
  );
}

function dimmed(look: Look, shadow: number): Look {
  if (shadow === 0) return look;
  const dim = (colour: string) => mix(colour, "#171430", shadow);
  return {
    ...look,
    skin: dim(look.skin),
    hair: dim(look.hair),
    top: dim(look.top === "#f0ebe0" ? "#a7a3a0" : look.top),
    accent: dim(look.accent),
  };
}
