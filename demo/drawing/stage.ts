import type { Chance } from "./chance.ts";
import { drawLettering } from "./lettering.ts";
import { mix, type Palette, shade, tint } from "./palette.ts";
import { circle, ellipse, gradientRect, polygon, polyline, rect, shape, short, stroke } from "./svg.ts";

/** Neutral slogans for stages, banners and posters. */
export const slogans: readonly (readonly [string, string])[] = [
  ["TOGETHER", "FOR OUR TOWN"],
  ["FORWARD", "WITH COURAGE"],
  ["A NEW START", "FOR EVERYONE"],
  ["VOTE", "ON SUNDAY"],
  ["FAIR. CLEAR. NEAR.", "YOUR VOICE COUNTS"],
  ["OUR FUTURE", "OUR CHOICE"],
  ["STRONGER", "SIDE BY SIDE"],
  ["TIME TO ACT", "JOIN US"],
  ["MORE HEART", "FOR THE CITY"],
  ["LISTEN. THINK. DO.", "ELECTION 2031"],
];

/** A lectern with a microphone; its foot at (x, y). */
export function drawLectern(x: number, y: number, height: number, palette: Palette): string {
  const half = height * 0.27;
  return [
    polygon(
      [
        [x - half, y - height],
        [x + half, y - height],
        [x + half * 0.8, y],
        [x - half * 0.8, y],
      ],
      palette.main,
    ),
    rect(x - half * 1.2, y - height * 1.06, half * 2.4, height * 0.1, shade(palette.main, 0.3), 4),
    circle(x, y - height * 0.55, half * 0.5, palette.paper),
    stroke(
      `M${short(x - half * 0.24)} ${short(y - height * 0.55)}l${short(half * 0.2)} ${short(half * 0.2)}l${short(half * 0.34)} ${short(-half * 0.44)}`,
      palette.accent,
      half * 0.16,
    ),
    polyline(
      [
        [x + half * 0.4, y - height * 1.04],
        [x + half * 0.1, y - height * 1.26],
      ],
      "#2a2732",
      height * 0.025,
    ),
    ellipse(x + half * 0.08, y - height * 1.29, height * 0.04, height * 0.055, "#2a2732"),
  ].join("");
}

/** A back wall or screen with a slogan on two lines. */
export function drawSloganWall(
  chance: Chance,
  at: { x: number; y: number; width: number; height: number },
  palette: Palette,
): string {
  const [first, second] = chance.pick(slogans);
  const { x, y, width, height } = at;
  const middle = x + width / 2;
  const decoration = chance.pick([
    circle(x + width * 0.86, y + height * 0.3, height * 0.22, tint(palette.main, 0.14)) +
      circle(x + width * 0.1, y + height * 0.85, height * 0.3, tint(palette.main, 0.1)),
    polygon(
      [
        [x, y + height],
        [x, y + height * 0.7],
        [x + width, y + height * 0.86],
        [x + width, y + height],
      ],
      palette.accent,
    ),
    rect(x, y + height * 0.9, width, height * 0.1, palette.accent),
  ]);
  return [
    gradientRect(x, y, width, height, palette.main, shade(palette.main, 0.25)),
    decoration,
    drawLettering(first, {
      x: middle,
      y: y + height * 0.2,
      size: height * 0.2,
      colour: palette.paper,
      weight: 0.2,
      maxWidth: width * 0.86,
    }),
    drawLettering(second, {
      x: middle,
      y: y + height * 0.5,
      size: height * 0.11,
      colour: mix(palette.second, "#ffffff", 0.35),
      weight: 0.18,
      maxWidth: width * 0.8,
    }),
  ].join("");
}

/** A flag on a standing pole, its foot at (x, y). */
export function drawStandingFlag(x: number, y: number, height: number, palette: Palette): string {
  const top = y - height;
  const cloth = (from: number, to: number, fill: string) =>
    shape(
      `M${short(x)} ${short(top + height * from)}Q${short(x + height * 0.2)} ${short(top + height * (from + 0.08))} ${short(x + height * 0.22)} ${short(top + height * (to + 0.2))}L${short(x)} ${short(top + height * to)}Z`,
      fill,
    );
  return [
    polyline(
      [
        [x, y],
        [x, top - 6],
      ],
      "#b99a5b",
      height * 0.022,
    ),
    circle(x, top - 8, height * 0.025, "#d9b75f"),
    cloth(0.02, 0.62, palette.main),
    cloth(0.3, 0.6, palette.paper),
    cloth(0.45, 0.6, palette.accent),
    ellipse(x, y, height * 0.09, height * 0.02, "#6b5640"),
  ].join("");
}

/** Colourful balloons hanging or rising round a point. */
export function drawBalloons(
  chance: Chance,
  x: number,
  y: number,
  size: number,
  count: number,
  palette: Palette,
): string {
  let drawing = "";
  for (let index = 0; index < count; index++) {
    const dx = chance.between(-1, 1) * size * 1.6;
    const dy = chance.between(-1, 0.6) * size * 1.3;
    const colour = chance.pick([palette.main, palette.accent, palette.second, palette.paper]);
    drawing += stroke(
      `M${short(x + dx)} ${short(y + dy + size * 0.5)}q6 ${short(size * 0.5)} -2 ${short(size)}`,
      "#d8d2c8",
      1.4,
    );
    drawing +=
      ellipse(x + dx, y + dy, size * 0.42, size * 0.52, colour) +
      ellipse(x + dx - size * 0.13, y + dy - size * 0.18, size * 0.07, size * 0.12, tint(colour, 0.5));
  }
  return drawing;
}

/** An empty chair seen from behind, its feet at (x, y). */
export function drawChair(x: number, y: number, size: number, colour: string): string {
  return (
    polyline(
      [
        [x - size * 0.36, y - size * 0.4],
        [x - size * 0.38, y],
      ],
      "#57525f",
      size * 0.07,
    ) +
    polyline(
      [
        [x + size * 0.36, y - size * 0.4],
        [x + size * 0.38, y],
      ],
      "#57525f",
      size * 0.07,
    ) +
    rect(x - size * 0.44, y - size * 0.5, size * 0.88, size * 0.16, shade(colour), size * 0.06) +
    rect(x - size * 0.4, y - size * 1.12, size * 0.8, size * 0.6, colour, size * 0.12)
  );
}
