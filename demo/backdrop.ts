import type { Chance } from "./chance.ts";
import { mix, shade, tint } from "./palette.ts";
import type { Sheet } from "./sheet.ts";
import {
  circle,
  ellipse,
  faded,
  glow,
  gradientRect,
  type Point,
  polygon,
  polyline,
  rect,
  shape,
  short,
  stroke,
} from "./svg.ts";

/** Time of day and its sky colours, top and bottom. */
export const skies = {
  day: ["#7cc3ee", "#dff1fa"],
  morning: ["#a9d3ea", "#fde7cf"],
  overcast: ["#b4c0cb", "#e6eaec"],
  evening: ["#5a5f9e", "#f8a978"],
  night: ["#141b3c", "#3c4a7c"],
} as const;
export type TimeOfDay = keyof typeof skies;

export function pickTime(chance: Chance): TimeOfDay {
  return chance.pick(["day", "day", "day", "morning", "overcast", "evening", "night"] as const);
}

/** A sky over the whole sheet with clouds, sun, moon or stars. */
export function drawSky({ chance, width, height }: Sheet, time: TimeOfDay): string {
  const [top, bottom] = skies[time];
  const parts = [gradientRect(0, 0, width, height, top, bottom)];
  if (time === "night") {
    for (let star = 0; star < 40; star++) {
      parts.push(
        circle(chance.between(0, width), chance.between(0, height * 0.5), chance.between(0.7, 2), "#fff7dc"),
      );
    }
    parts.push(circle(width * chance.between(0.15, 0.85), height * 0.15, width * 0.045, "#fdf3cf"));
  } else {
    if (time !== "overcast") {
      const x = width * chance.between(0.1, 0.9);
      const y = height * chance.between(0.08, 0.22);
      parts.push(
        glow(x, y, width * 0.22, "#fff3c4"),
        circle(x, y, width * 0.05, time === "evening" ? "#ffd9a0" : "#fff3c4"),
      );
    }
    for (let cloud = chance.whole(1, 4); cloud > 0; cloud--) {
      parts.push(
        drawCloud(
          chance,
          chance.between(0, width),
          height * chance.between(0.06, 0.3),
          width * chance.between(0.1, 0.2),
        ),
      );
    }
  }
  return parts.join("");
}

function drawCloud(chance: Chance, x: number, y: number, width: number): string {
  const height = width * 0.3;
  const puffs = [-0.28, 0, 0.26].map((offset) =>
    circle(
      x + offset * width,
      y - height * chance.between(0.25, 0.5),
      height * chance.between(0.55, 0.85),
      "#ffffff",
    ),
  );
  return faded(
    puffs.join("") + rect(x - width / 2, y - height * 0.4, width, height * 0.75, "#ffffff", height * 0.37),
    0.85,
  );
}

/** Houses side by side, standing on `baseY`; at night their windows are lit. */
export function drawHouses({ chance, width }: Sheet, baseY: number, heights: Point, time: TimeOfDay): string {
  const [low, high] = heights;
  const walls =
    time === "night"
      ? ["#26305a", "#2f3a66", "#3a3560", "#222a4c"]
      : ["#e8b796", "#d98f74", "#f0d6ac", "#b9c9c6", "#cfa0a0", "#a9b7cf", "#e3c1bd"];
  let drawing = "";
  for (let x = -20; x < width; ) {
    const houseWidth = width * chance.between(0.11, 0.19);
    const houseHeight = chance.between(low, high);
    const top = baseY - houseHeight;
    const wall = chance.pick(walls);
    drawing += rect(x, top, houseWidth, houseHeight, wall);
    const roof = shade(wall, 0.35);
    const form = chance.pick(["gable", "flat", "hip"]);
    if (form === "gable")
      drawing += polygon(
        [
          [x - 3, top],
          [x + houseWidth / 2, top - houseWidth * 0.4],
          [x + houseWidth + 3, top],
        ],
        roof,
      );
    else if (form === "hip")
      drawing += polygon(
        [
          [x - 3, top],
          [x + houseWidth * 0.2, top - houseWidth * 0.26],
          [x + houseWidth * 0.8, top - houseWidth * 0.26],
          [x + houseWidth + 3, top],
        ],
        roof,
      );
    else drawing += rect(x - 3, top - 6, houseWidth + 6, 8, roof);
    drawing += drawWindows(chance, x, top, houseWidth, houseHeight, time);
    x += houseWidth;
  }
  return drawing;
}

function drawWindows(
  chance: Chance,
  x: number,
  top: number,
  width: number,
  height: number,
  time: TimeOfDay,
): string {
  const columns = Math.max(2, Math.round(width / 30));
  const step = width / columns;
  let drawing = "";
  for (let y = top + step * 0.5; y < top + height - step * 0.6; y += step * 1.15) {
    for (let column = 0; column < columns; column++) {
      const lit = time === "night" ? chance.happens(0.5) : false;
      const pane = lit ? "#ffd983" : time === "night" ? "#1a2145" : "#5d7590";
      drawing += rect(x + (column + 0.25) * step, y, step * 0.5, step * 0.66, pane, 2);
    }
  }
  return drawing;
}

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

/** A room: wall, floor and a few things on the wall. */
export function drawRoom({ chance, width, height }: Sheet, floorY: number): string {
  const wall = chance.pick(["#e9dccb", "#cfe0dd", "#e7cfc7", "#d7d3e6", "#f0e2bf", "#c9d6e4", "#dfe5d2"]);
  const parts = [
    gradientRect(0, 0, width, floorY, tint(wall, 0.15), wall),
    gradientRect(0, floorY, width, height - floorY, "#c79a6d", "#a97d55"),
    rect(0, floorY - 8, width, 8, "#fbf7ef"),
  ];
  if (chance.happens(0.7))
    parts.push(drawWindow(width * chance.pick([0.06, 0.62]), height * 0.1, width * 0.3, height * 0.34));
  if (chance.happens(0.6))
    parts.push(drawPlant(chance, width * chance.pick([0.06, 0.94]), floorY + height * 0.04, height * 0.3));
  if (chance.happens(0.5)) {
    const x = width * chance.between(0.42, 0.5);
    parts.push(
      rect(x, height * 0.12, width * 0.13, height * 0.15, "#fffaf0"),
      rect(x + 6, height * 0.12 + 6, width * 0.13 - 12, height * 0.15 - 12, mix(wall, "#d9694e", 0.5)),
      circle(x + width * 0.065, height * 0.195, width * 0.03, "#f6d9a2"),
    );
  }
  return parts.join("");
}

function drawWindow(x: number, y: number, width: number, height: number): string {
  return (
    rect(x - 8, y - 8, width + 16, height + 16, "#ffffff", 4) +
    gradientRect(x, y, width, height, "#9fd4f3", "#e3f3f8") +
    ellipse(x + width * 0.6, y + height, width * 0.4, height * 0.3, "#8fbf86") +
    rect(x, y + height * 0.88, width, height * 0.12, "#8fbf86") +
    rect(x + width / 2 - 3, y, 6, height, "#ffffff") +
    rect(x, y + height * 0.45, width, 6, "#ffffff")
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
