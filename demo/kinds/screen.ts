import type { Chance } from "../drawing/chance.ts";
import { drawHead } from "../drawing/face.ts";
import { drawLettering } from "../drawing/lettering.ts";
import { pickLook } from "../drawing/look.ts";
import { tint } from "../drawing/palette.ts";
import { circle, placed, rect, roundWindow } from "../drawing/svg.ts";

/** A round profile picture. */
export function drawAvatar(chance: Chance, x: number, y: number, radius: number): string {
  const look = pickLook(chance);
  const body =
    circle(x, y, radius, tint(look.accent, 0.4)) +
    circle(x, y + radius * 1.25, radius * 0.75, look.top) +
    placed(drawHead(look, { mouth: "smile" }), { x, y: y + radius * 0.04, scale: radius / 82 });
  return roundWindow(body, x, y, radius);
}

/** Widths of lines of text as shares: full ones and a shorter last one. */
export function raggedShares(chance: Chance, lines: number): readonly number[] {
  return Array.from({ length: lines }, (_, index) =>
    index === lines - 1 ? chance.between(0.3, 0.7) : chance.between(0.82, 1),
  );
}

/** The top line of a telephone's screen. */
export function drawStatusBar(width: number, ink: string): string {
  return (
    drawLettering("9:41", { x: 22, y: 11, size: 12, colour: ink, align: "start" }) +
    rect(width - 46, 11, 24, 12, ink, 3) +
    [0, 1, 2].map((bar) => rect(width - 74 + bar * 7, 20 - bar * 4, 5, 3 + bar * 4, ink, 1)).join("")
  );
}
