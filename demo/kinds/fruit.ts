import { tint } from "../drawing/palette.ts";
import type { Drawing, Sheet } from "../drawing/sheet.ts";
import { circle, ellipse, faded, gradientRect, rect, shape, short, stroke } from "../drawing/svg.ts";

/** A bowl of fruit. */
export function drawFruit(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const radius = Math.min(width, height) * 0.36;
  const x = width / 2;
  const y = height * 0.6;
  const fruit = (dx: number, dy: number) => {
    const [fx, fy, size] = [x + dx * radius, y + dy * radius, radius * 0.3];
    const kind = chance.pick(["apple", "orange", "apple", "plum", "lemon", "pear"]);
    const colour = {
      apple: chance.pick(["#d23b32", "#8fb83f"]),
      orange: "#f18d2a",
      plum: "#6a3f7c",
      lemon: "#f4d03f",
      pear: "#b9c44a",
    }[kind] as string;
    const body =
      kind === "pear"
        ? circle(fx, fy, size, colour) + ellipse(fx, fy - size * 0.7, size * 0.55, size * 0.7, colour)
        : kind === "lemon"
          ? ellipse(fx, fy, size * 1.2, size * 0.85, colour)
          : circle(fx, fy, size, colour);
    const leaf =
      kind === "orange" || kind === "lemon"
        ? ""
        : stroke(`M${short(fx)} ${short(fy - size * 0.9)}q4 -10 2 -18`, "#5a4030", 5) +
          ellipse(fx + size * 0.3, fy - size * 1.1, size * 0.26, size * 0.13, "#5a9c4c");
    return (
      body + leaf + faded(ellipse(fx - size * 0.35, fy - size * 0.4, size * 0.2, size * 0.28, "#ffffff"), 0.4)
    );
  };
  const bowl =
    shape(
      `M${short(x - radius * 1.15)} ${short(y)}H${short(x + radius * 1.15)}C${short(x + radius * 1.05)} ${short(y + radius * 0.8)} ${short(x + radius * 0.4)} ${short(y + radius * 0.85)} ${short(x)} ${short(y + radius * 0.85)}C${short(x - radius * 0.4)} ${short(y + radius * 0.85)} ${short(x - radius * 1.05)} ${short(y + radius * 0.8)} ${short(x - radius * 1.15)} ${short(y)}Z`,
      palette.main,
    ) +
    stroke(
      `M${short(x - radius * 0.9)} ${short(y + radius * 0.25)}Q${short(x)} ${short(y + radius * 0.45)} ${short(x + radius * 0.9)} ${short(y + radius * 0.25)}`,
      tint(palette.main, 0.4),
      8,
    );
  const banana = stroke(
    `M${short(x - radius * 0.9)} ${short(y - radius * 0.1)}Q${short(x - radius * 0.6)} ${short(y - radius * 0.8)} ${short(x)} ${short(y - radius * 0.92)}`,
    "#f2cf46",
    radius * 0.2,
  );
  return {
    seen: { place: "table", colour: palette.name, people: "none" },
    content: [
      gradientRect(0, 0, width, height, tint(palette.second, 0.5), tint(palette.second, 0.2)),
      rect(0, height * 0.74, width, height * 0.26, "#b98a62"),
      chance.happens(0.6) ? banana : "",
      fruit(-0.3, -0.52) +
        fruit(0.3, -0.5) +
        fruit(-0.75, -0.14) +
        fruit(0.75, -0.12) +
        fruit(-0.26, -0.1) +
        fruit(0.27, -0.1),
      bowl,
    ].join(""),
  };
}
