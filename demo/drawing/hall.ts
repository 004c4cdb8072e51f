import { tint } from "./palette.ts";
import { ellipse, faded, polygon, polyline, rect, short, stroke } from "./svg.ts";

/** A string of small pennants across the sheet. */
export function drawBunting(width: number, y: number, sag: number, colours: readonly string[]): string {
  const flags: string[] = [];
  const count = 11;
  for (let index = 0; index < count; index++) {
    const x = ((index + 0.5) / count) * width;
    const lineY = y + sag * 4 * (x / width) * (1 - x / width);
    const half = width / count / 2.6;
    flags.push(
      polygon(
        [
          [x - half, lineY],
          [x + half, lineY],
          [x, lineY + half * 2.4],
        ],
        colours[index % colours.length] as string,
      ),
    );
  }
  return (
    stroke(
      `M0 ${short(y)}Q${short(width / 2)} ${short(y + sag * 2)} ${short(width)} ${short(y)}`,
      "#6b6275",
      2,
    ) + flags.join("")
  );
}

/** Beams of light from lamps above, falling towards the middle. */
export function drawSpotlights(width: number, reachY: number, count: number, colour: string): string {
  let drawing = "";
  for (let index = 0; index < count; index++) {
    const x = ((index + 0.5) / count) * width;
    const aim = width / 2 + (x - width / 2) * 0.35;
    drawing += faded(
      polygon(
        [
          [x - 6, 16],
          [x + 6, 16],
          [aim + width * 0.13, reachY],
          [aim - width * 0.13, reachY],
        ],
        colour,
      ),
      0.15,
    );
    drawing += rect(x - 13, 0, 26, 20, "#23222e", 5) + ellipse(x, 21, 9, 4, tint(colour, 0.5));
  }
  return (
    polyline(
      [
        [0, 2],
        [width, 2],
      ],
      "#3b3948",
      6,
    ) + drawing
  );
}
