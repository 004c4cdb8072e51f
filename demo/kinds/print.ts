import type { Chance } from "../drawing/chance.ts";
import { drawPerson } from "../drawing/figure.ts";
import { drawLabel, drawLettering, drawTextLines } from "../drawing/lettering.ts";
import { pickLook } from "../drawing/look.ts";
import { mix, type Palette, shade, tint } from "../drawing/palette.ts";
import { slogans } from "../drawing/stage.ts";
import {
  circle,
  faded,
  gradientRect,
  placed,
  polygon,
  rect,
  short,
  stroke,
  windowed,
} from "../drawing/svg.ts";

/** One printed page in its own 300 x 420 units: an invented candidate, a slogan, a ballot mark or only words. */
export function drawPrint(chance: Chance, palette: Palette): string {
  const [first, second] = chance.pick(slogans);
  const style = chance.pick(["candidate", "candidate", "ballot", "words", "rays", "diagonal"]);
  const width = 300;
  const title = (y: number, size: number, colour: string) =>
    drawLettering(first, { x: 150, y, size, colour, weight: 0.22, maxWidth: 252 });
  const under = (y: number, colour: string) =>
    drawLettering(second, { x: 150, y, size: 19, colour, weight: 0.18, maxWidth: 240 });
  const small = (y: number, colour: string) =>
    drawTextLines({ x: 60, y, width: 180, lineHeight: 15 }, [1, 0.8], colour);
  const candidate = (y: number, size: number) =>
    drawPerson(
      pickLook(chance, { formal: true }),
      { expression: { mouth: "smile", detailed: true } },
      { x: 150, y: y + size * 0.6, heightPx: size },
    );
  switch (style) {
    case "candidate":
      return [
        gradientRect(0, 0, width, 420, tint(palette.second, 0.3), palette.second),
        circle(150, 150, 118, tint(palette.main, 0.1)),
        windowed(candidate(296, 430), { x: 0, y: 0, width, height: 300 }, { width, height: 300 }),
        rect(0, 290, width, 130, palette.main) + rect(0, 290, width, 8, palette.accent),
        title(316, 36, palette.paper) + under(372, tint(palette.second, 0.4)),
      ].join("");
    case "ballot":
      return [
        rect(0, 0, width, 420, palette.paper) + rect(0, 0, width, 96, palette.main),
        drawLettering(chance.pick(["VOTE", "VOTE!", "YOUR VOTE", "ELECTION"]), {
          x: 150,
          y: 30,
          size: 40,
          colour: palette.paper,
          weight: 0.22,
          maxWidth: 250,
        }),
        `<rect x="84" y="134" width="132" height="132" rx="10" fill="#ffffff" stroke="${palette.ink}" stroke-width="10"/>`,
        stroke("M108 196L142 234L216 124", palette.accent, 24),
        title(300, 30, palette.ink) + small(354, mix(palette.ink, palette.paper, 0.5)),
        rect(0, 398, width, 22, palette.accent),
      ].join("");
    case "words":
      return [
        rect(0, 0, width, 420, palette.main),
        circle(264, 46, 88, palette.accent) + circle(24, 400, 96, shade(palette.main, 0.2)),
        title(150, 50, palette.paper) + under(228, palette.paper),
        polygon(
          [
            [46, 286],
            [254, 286],
            [254, 292],
            [46, 292],
          ],
          palette.second,
        ),
        small(318, tint(palette.second, 0.5)) +
          drawLabel(chance.pick(["MAY 9", "JUNE 14", "SUNDAY", "JOIN US", "7 PM"]), {
            x: 150,
            y: 376,
            size: 16,
            fill: palette.accent,
            colour: palette.ink,
          }),
      ].join("");
    case "rays": {
      let rays = "";
      for (let angle = 0; angle < 360; angle += 24) {
        const at = (turn: number) =>
          [
            150 + Math.cos(((angle + turn) * Math.PI) / 180) * 400,
            170 + Math.sin(((angle + turn) * Math.PI) / 180) * 400,
          ] as const;
        rays += polygon([[150, 170], at(0), at(12)], tint(palette.accent, 0.25));
      }
      return [
        windowed(
          rect(0, 0, width, 420, palette.accent) + rays,
          { x: 0, y: 0, width, height: 420 },
          { width, height: 420 },
        ),
        windowed(candidate(290, 400), { x: 0, y: 0, width, height: 304 }, { width, height: 304 }),
        rect(0, 300, width, 120, palette.paper) + title(320, 34, palette.main) + under(372, palette.ink),
      ].join("");
    }
    default:
      return [
        rect(0, 0, width, 420, palette.paper),
        polygon(
          [
            [0, 0],
            [300, 0],
            [300, 130],
            [0, 250],
          ],
          palette.main,
        ),
        polygon(
          [
            [0, 250],
            [300, 130],
            [300, 146],
            [0, 266],
          ],
          palette.accent,
        ),
        title(62, 40, palette.paper),
        under(122, tint(palette.second, 0.5)),
        [0, 1, 2]
          .map(
            (row) =>
              circle(52, 304 + row * 34, 9, palette.accent) +
              stroke(`M47 ${304 + row * 34}l4 4l8 -9`, "#ffffff", 3) +
              drawTextLines(
                { x: 76, y: 300 + row * 34, width: 170, lineHeight: 18 },
                [chance.between(0.6, 1)],
                palette.ink,
              ),
          )
          .join(""),
      ].join("");
  }
}

/** A print put somewhere, with a soft shadow. */
export function laid(print: string, at: { x: number; y: number; width: number; turn?: number }): string {
  const scale = at.width / 300;
  const shadow = faded(rect(-146, -202, 300, 420, "#1f1a2b", 4), 0.22);
  return placed(
    shadow + windowed(print, { x: -150, y: -210, width: 300, height: 420 }, { width: 300, height: 420 }),
    { x: at.x, y: at.y, turn: at.turn ?? 0, scale },
  );
}

/** Joints of a brick wall over the whole sheet. */
export function drawBricks(width: number, height: number, colour: string): string {
  let lines = "";
  const size = 44;
  for (let y = 0; y < height; y += size) {
    lines += `M0 ${y}H${short(width)}`;
    for (let x = ((y / size) % 2) * size * 0.75; x < width; x += size * 1.5)
      lines += `M${short(x)} ${y}v${size}`;
  }
  return stroke(lines, colour, 2);
}
