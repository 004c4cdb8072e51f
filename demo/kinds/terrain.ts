import type { Chance } from "../drawing/chance.ts";
import type { Sheet } from "../drawing/sheet.ts";
import type { TimeOfDay } from "../drawing/sky.ts";
import { type Point, polygon, rect, shape, short } from "../drawing/svg.ts";

/** A time of day at which a landscape is worth a picture. */
export function pickDaylight(chance: Chance): TimeOfDay {
  return chance.pick(["day", "day", "morning", "evening", "overcast"] as const);
}

/** A jagged or rolling ridge from side to side, filled down to the bottom. */
export function drawRidge(
  { chance, width, height }: Sheet,
  y: number,
  roughness: number,
  colour: string,
  steps: number,
): string {
  const points: Point[] = [
    [0, height],
    [0, y],
  ];
  for (let step = 0; step <= steps; step++)
    points.push([(step / steps) * width, y + chance.between(-1, 1) * roughness]);
  points.push([width, height]);
  return polygon(points, colour);
}

/** Rolling hills as one soft curve. */
export function drawHills({ chance, width, height }: Sheet, y: number, colour: string): string {
  const swell = height * chance.between(0.04, 0.1) * chance.pick([1, -1]);
  return shape(
    `M0 ${short(y)}Q${short(width * 0.25)} ${short(y - swell)} ${short(width * 0.5)} ${short(y)}T${short(width)} ${short(y)}V${short(height)}H0Z`,
    colour,
  );
}

/** Fir trees along a line. */
export function drawFirs(chance: Chance, width: number, y: number, height: number, count: number): string {
  let drawing = "";
  for (let index = 0; index < count; index++) {
    const x = width * chance.between(0, 1);
    const size = height * chance.between(0.7, 1.25);
    const green = chance.pick(["#2f6b4f", "#3b7a55", "#28584a"]);
    drawing += rect(x - size * 0.04, y - size * 0.15, size * 0.08, size * 0.2, "#5a4636");
    for (const [level, half] of [
      [0.12, 0.26],
      [0.36, 0.2],
      [0.58, 0.14],
    ] as const)
      drawing += polygon(
        [
          [x - size * half, y - size * level],
          [x + size * half, y - size * level],
          [x, y - size * (level + 0.44)],
        ],
        green,
      );
  }
  return drawing;
}
