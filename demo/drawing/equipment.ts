import type { Chance } from "./chance.ts";
import { drawLettering } from "./lettering.ts";
import { type Palette, shade } from "./palette.ts";
import { circle, ellipse, faded, glow, placed, polygon, polyline, rect, stroke } from "./svg.ts";

/** A hand microphone with the channel's cube, its lower end at (x, y); `held` draws a sleeve and a hand. */
export function drawMicrophone(
  chance: Chance,
  at: { x: number; y: number; size: number; lean: number; held?: string },
): string {
  const { size } = at;
  const cube = chance.pick(["#d8432f", "#2f6fb5", "#f0b429", "#2f8f5b", "#7247a5", "#f2f2f2"]);
  const mark = chance.pick(["7", "TV", "24", "5", "9", "1"]);
  const ink = cube === "#f2f2f2" ? "#2a2732" : "#ffffff";
  const drawing = [
    rect(-size * 0.045, -size * 0.6, size * 0.09, size * 0.6, "#2a2732", 4),
    ellipse(0, -size * 0.86, size * 0.13, size * 0.15, "#3a3745"),
    stroke(
      `M${-size * 0.09} ${-size * 0.9}H${size * 0.09}M${-size * 0.1} ${-size * 0.84}H${size * 0.1}`,
      "#5c586b",
      size * 0.015,
    ),
    rect(-size * 0.14, -size * 0.72, size * 0.28, size * 0.24, cube, 4),
    drawLettering(mark, { x: 0, y: -size * 0.66, size: size * 0.12, colour: ink, weight: 0.22 }),
    at.held === undefined
      ? ""
      : polyline(
          [
            [0, -size * 0.16],
            [size * 0.1, size * 0.5],
          ],
          at.held,
          size * 0.22,
        ) + circle(0, -size * 0.22, size * 0.13, chance.pick(["#f5c9a6", "#d29468", "#8a5636"])),
  ];
  return placed(drawing.join(""), { x: at.x, y: at.y, turn: at.lean });
}

/** A round sign of an invented channel. */
export function drawChannelLogo(x: number, y: number, size: number, palette: Palette): string {
  return (
    circle(x, y, size, palette.accent) +
    circle(x, y, size * 0.72, "#ffffff") +
    polygon(
      [
        [x - size * 0.25, y - size * 0.38],
        [x - size * 0.25, y + size * 0.38],
        [x + size * 0.42, y],
      ],
      palette.accent,
    )
  );
}

/** A television camera on its tripod, seen from behind; (x, y) is the middle of the camera. */
export function drawCameraFromBehind(x: number, y: number, size: number): string {
  return [
    polyline(
      [
        [x, y + size * 0.3],
        [x - size * 0.42, y + size * 1.5],
      ],
      "#1f1d28",
      size * 0.07,
    ),
    polyline(
      [
        [x, y + size * 0.3],
        [x + size * 0.42, y + size * 1.5],
      ],
      "#1f1d28",
      size * 0.07,
    ),
    polyline(
      [
        [x, y + size * 0.3],
        [x, y + size * 1.5],
      ],
      "#1f1d28",
      size * 0.07,
    ),
    rect(x - size * 0.5, y - size * 0.34, size, size * 0.66, "#2d2a38", size * 0.08),
    rect(x - size * 0.36, y - size * 0.22, size * 0.58, size * 0.4, "#8fc3dd", 4),
    circle(x - size * 0.07, y - size * 0.07, size * 0.09, "#e8b088"),
    polygon(
      [
        [x - size * 0.22, y + size * 0.18],
        [x + size * 0.08, y + size * 0.18],
        [x - size * 0.07, y],
      ],
      "#2f4a78",
    ),
    circle(x + size * 0.36, y - size * 0.2, size * 0.045, "#e23c34"),
    rect(x - size * 0.3, y - size * 0.52, size * 0.5, size * 0.12, "#1f1d28", 6),
    rect(x + size * 0.5, y - size * 0.1, size * 0.22, size * 0.1, "#1f1d28", 5),
  ].join("");
}

/** A softbox lamp on a stand, its foot at (x, y), turned towards `side` (1 right, -1 left). */
export function drawSoftbox(x: number, y: number, height: number, side: 1 | -1): string {
  const top = y - height;
  const reach = height * 0.2 * side;
  return [
    faded(glow(x + reach * 1.6, top + height * 0.2, height * 0.5, "#fff6d5", 0.7), 0.7),
    polyline(
      [
        [x, y],
        [x, top + height * 0.16],
      ],
      "#1f1d28",
      height * 0.018,
    ),
    polyline(
      [
        [x - height * 0.1, y],
        [x, y - height * 0.14],
        [x + height * 0.1, y],
      ],
      "#1f1d28",
      height * 0.018,
    ),
    polygon(
      [
        [x - reach * 0.4, top + height * 0.1],
        [x + reach, top - height * 0.03],
        [x + reach, top + height * 0.36],
        [x - reach * 0.4, top + height * 0.22],
      ],
      shade("#3a3745", 0.2),
    ),
    polygon(
      [
        [x + reach, top - height * 0.03],
        [x + reach * 1.3, top],
        [x + reach * 1.3, top + height * 0.33],
        [x + reach, top + height * 0.36],
      ],
      "#fffbe9",
    ),
  ].join("");
}
