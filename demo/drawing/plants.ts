import type { Chance } from "./chance.ts";
import { shade } from "./palette.ts";
import { circle, faded, polygon, rect, shape, short, stroke } from "./svg.ts";

/** A round tree with its foot at (x, y). */
export function drawTree(chance: Chance, x: number, y: number, height: number): string {
  const green = chance.pick(["#4f9a5b", "#3f8a63", "#76aa4e", "#5aa27b", "#d39a3e"]);
  return (
    rect(x - height * 0.035, y - height * 0.45, height * 0.07, height * 0.45, "#7a5640") +
    circle(x, y - height * 0.62, height * 0.27, green) +
    circle(x - height * 0.17, y - height * 0.5, height * 0.19, green) +
    circle(x + height * 0.17, y - height * 0.5, height * 0.19, shade(green, 0.1)) +
    faded(circle(x - height * 0.08, y - height * 0.7, height * 0.1, "#ffffff"), 0.14)
  );
}

/** A potted plant, its pot standing on (x, y). */
export function drawPlant(chance: Chance, x: number, y: number, height: number): string {
  const green = chance.pick(["#4e9363", "#6aa84f", "#3c7f6e"]);
  let leaves = "";
  for (const [angle, length] of [
    [-60, 0.5],
    [-30, 0.68],
    [0, 0.74],
    [28, 0.66],
    [58, 0.5],
  ] as const) {
    const tipX = x + Math.sin((angle * Math.PI) / 180) * height * length;
    const tipY = y - height * 0.25 - Math.cos((angle * Math.PI) / 180) * height * length;
    leaves += shape(
      `M${short(x)} ${short(y - height * 0.25)}Q${short((x + tipX) / 2 - height * 0.09)} ${short((y + tipY) / 2 - height * 0.1)} ${short(tipX)} ${short(tipY)}Q${short((x + tipX) / 2 + height * 0.1)} ${short((y + tipY) / 2)} ${short(x)} ${short(y - height * 0.25)}Z`,
      angle % 4 === 0 ? green : shade(green, 0.12),
    );
  }
  return (
    leaves +
    polygon(
      [
        [x - height * 0.14, y - height * 0.28],
        [x + height * 0.14, y - height * 0.28],
        [x + height * 0.1, y],
        [x - height * 0.1, y],
      ],
      "#d77f58",
    )
  );
}

/** A palm tree with its foot at (x, y). */
export function drawPalm(x: number, y: number, size: number): string {
  let leaves = "";
  for (const [dx, dy] of [
    [-0.42, -0.02],
    [-0.3, -0.22],
    [0.3, -0.22],
    [0.42, -0.02],
    [-0.32, 0.16],
    [0.32, 0.16],
  ] as const)
    leaves += stroke(
      `M${short(x)} ${short(y - size)}Q${short(x + dx * size * 0.6)} ${short(y - size + dy * size - size * 0.1)} ${short(x + dx * size)} ${short(y - size + dy * size + size * 0.06)}`,
      "#3f8f5a",
      size * 0.055,
    );
  return (
    stroke(
      `M${short(x)} ${short(y)}Q${short(x + size * 0.08)} ${short(y - size * 0.5)} ${short(x)} ${short(y - size)}`,
      "#8a6a4f",
      size * 0.06,
    ) + leaves
  );
}
