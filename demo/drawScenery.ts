import { drawHouses, drawSky, drawTree, type TimeOfDay } from "./backdrop.ts";
import type { Chance } from "./chance.ts";
import { mix, shade, tint } from "./palette.ts";
import type { Drawing, DrawKind, Sheet } from "./sheet.ts";
import {
  circle,
  ellipse,
  faded,
  glow,
  gradientRect,
  type Point,
  polygon,
  rect,
  shape,
  short,
  stroke,
} from "./svg.ts";

/** Landscapes and travel. */
export const sceneryKinds = {
  mountains: drawMountains,
  sea: drawSea,
  forest: drawForest,
  skyline: drawSkyline,
  sunset: drawSunset,
} satisfies Record<string, DrawKind>;

function pickDaylight(chance: Chance): TimeOfDay {
  return chance.pick(["day", "day", "morning", "evening", "overcast"] as const);
}

/** A jagged or rolling ridge from side to side, filled down to the bottom. */
function drawRidge(
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
function drawHills({ chance, width, height }: Sheet, y: number, colour: string): string {
  const swell = height * chance.between(0.04, 0.1) * chance.pick([1, -1]);
  return shape(
    `M0 ${short(y)}Q${short(width * 0.25)} ${short(y - swell)} ${short(width * 0.5)} ${short(y)}T${short(width)} ${short(y)}V${short(height)}H0Z`,
    colour,
  );
}

function drawPeak(
  x: number,
  baseY: number,
  half: number,
  height: number,
  colour: string,
  light: string,
): string {
  const top = baseY - height;
  const snow = 0.32;
  return [
    polygon(
      [
        [x - half, baseY],
        [x, top],
        [x + half, baseY],
      ],
      colour,
    ),
    polygon(
      [
        [x, top],
        [x + half, baseY],
        [x + half * 0.1, baseY],
      ],
      shade(colour, 0.16),
    ),
    polygon(
      [
        [x, top],
        [x + half * snow, top + height * snow],
        [x + half * 0.14, top + height * snow * 0.8],
        [x - half * 0.02, top + height * snow * 1.15],
        [x - half * 0.16, top + height * snow * 0.78],
        [x - half * snow, top + height * snow],
      ],
      light,
    ),
  ].join("");
}

function drawMountains(sheet: Sheet): Drawing {
  const { chance, width, height } = sheet;
  const time = pickDaylight(chance);
  const base = height * chance.between(0.6, 0.68);
  const rock = chance.pick(["#6f86a6", "#7d7f9e", "#5f8a8f", "#8f7f8f"]);
  let peaks = "";
  for (let index = chance.whole(2, 4); index >= 0; index--)
    peaks += drawPeak(
      width * chance.between(0, 1),
      base + 10,
      width * chance.between(0.24, 0.4),
      height * chance.between(0.26, 0.46),
      mix(rock, "#ffffff", index * 0.08),
      "#ffffff",
    );
  const lake = chance.happens(0.5);
  const hiker = chance.happens(0.3)
    ? drawHiker(width * chance.between(0.3, 0.7), height * 0.88, height * 0.11)
    : "";
  return {
    seen: { place: "mountains", time, colour: lake ? "lake" : "meadow", people: hiker === "" ? "none" : "1" },
    content: [
      drawSky(sheet, time),
      peaks,
      drawHills(sheet, base, "#6f9f6c"),
      lake
        ? gradientRect(0, base + height * 0.05, width, height * 0.18, "#8fc9df", "#4f97ba") +
          faded(
            polygon(
              [
                [width * 0.2, base + height * 0.05],
                [width * 0.6, base + height * 0.05],
                [width * 0.4, base + height * 0.16],
              ],
              "#ffffff",
            ),
            0.35,
          )
        : "",
      drawHills(sheet, base + height * (lake ? 0.24 : 0.16), "#5a8f56"),
      drawFirs(chance, width, height * 0.86, height * 0.16, chance.whole(4, 9)),
      drawHills(sheet, height * 0.9, "#47804a"),
      hiker,
    ].join(""),
  };
}

function drawHiker(x: number, y: number, size: number): string {
  return (
    stroke(
      `M${short(x)} ${short(y - size * 0.4)}L${short(x - size * 0.12)} ${short(y)}M${short(x)} ${short(y - size * 0.4)}L${short(x + size * 0.14)} ${short(y)}M${short(x + size * 0.1)} ${short(y - size * 0.6)}L${short(x + size * 0.28)} ${short(y)}`,
      "#3a3f55",
      size * 0.07,
    ) +
    rect(x - size * 0.13, y - size * 0.8, size * 0.26, size * 0.44, "#d8432f", size * 0.1) +
    rect(x - size * 0.24, y - size * 0.78, size * 0.16, size * 0.34, "#e9ab17", size * 0.06) +
    circle(x, y - size * 0.92, size * 0.13, "#e8b088")
  );
}

function drawFirs(chance: Chance, width: number, y: number, height: number, count: number): string {
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

function drawSea(sheet: Sheet): Drawing {
  const { chance, width, height } = sheet;
  const time = pickDaylight(chance);
  const horizon = height * chance.between(0.42, 0.52);
  const beach = height * chance.between(0.76, 0.86);
  let waves = "";
  for (let index = 0; index < 12; index++) {
    const x = width * chance.between(0, 1);
    const y = horizon + (beach - horizon) * chance.between(0.08, 0.9);
    waves += stroke(
      `M${short(x)} ${short(y)}q${short(width * 0.03)} -6 ${short(width * 0.06)} 0t${short(width * 0.06)} 0`,
      "#e9f6fa",
      2.5,
    );
  }
  const boat = chance.happens(0.7)
    ? drawSailingBoat(
        width * chance.between(0.25, 0.75),
        horizon + height * 0.06,
        height * chance.between(0.12, 0.2),
      )
    : "";
  const parasol = chance.happens(0.6)
    ? drawParasol(width * chance.between(0.2, 0.8), height * 0.96, height * 0.2)
    : drawPalm(width * chance.pick([0.12, 0.88]), height, height * 0.6);
  return {
    seen: { place: "sea", time, colour: "blue", people: "none" },
    content: [
      drawSky(sheet, time),
      chance.happens(0.4) ? drawRidge(sheet, horizon - height * 0.04, height * 0.03, "#8fa9b8", 9) : "",
      gradientRect(0, horizon, width, height - horizon, "#3f93b8", "#7fd0d4"),
      waves,
      boat,
      shape(
        `M0 ${short(beach)}Q${short(width * 0.5)} ${short(beach - height * 0.06)} ${short(width)} ${short(beach + height * 0.03)}V${short(height)}H0Z`,
        "#f1ddb0",
      ),
      stroke(
        `M0 ${short(beach)}Q${short(width * 0.5)} ${short(beach - height * 0.06)} ${short(width)} ${short(beach + height * 0.03)}`,
        "#ffffff",
        7,
      ),
      parasol,
    ].join(""),
  };
}

function drawSailingBoat(x: number, y: number, size: number): string {
  return (
    polygon(
      [
        [x + 3, y - size * 0.12],
        [x + 3, y - size],
        [x + size * 0.5, y - size * 0.12],
      ],
      "#ffffff",
    ) +
    polygon(
      [
        [x - 3, y - size * 0.12],
        [x - 3, y - size * 0.82],
        [x - size * 0.36, y - size * 0.12],
      ],
      "#f0664d",
    ) +
    shape(
      `M${short(x - size * 0.45)} ${short(y - size * 0.08)}H${short(x + size * 0.52)}L${short(x + size * 0.36)} ${short(y + size * 0.1)}H${short(x - size * 0.32)}Z`,
      "#7a4a33",
    )
  );
}

function drawParasol(x: number, y: number, size: number): string {
  return (
    stroke(`M${short(x)} ${short(y)}V${short(y - size)}`, "#8a6a4f", size * 0.05) +
    shape(
      `M${short(x - size * 0.6)} ${short(y - size * 0.72)}Q${short(x)} ${short(y - size * 1.4)} ${short(x + size * 0.6)} ${short(y - size * 0.72)}Z`,
      "#e4572e",
    ) +
    shape(
      `M${short(x - size * 0.2)} ${short(y - size * 0.72)}Q${short(x)} ${short(y - size * 1.36)} ${short(x + size * 0.2)} ${short(y - size * 0.72)}Z`,
      "#fff3df",
    ) +
    rect(x + size * 0.15, y - size * 0.06, size * 0.7, size * 0.12, "#2f6fb5", 4)
  );
}

function drawPalm(x: number, y: number, size: number): string {
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

function drawForest(sheet: Sheet): Drawing {
  const { chance, width, height } = sheet;
  const time = pickDaylight(chance);
  const ground = height * 0.62;
  const autumn = chance.happens(0.3);
  const green = autumn ? "#c98a3f" : "#6fa566";
  let trees = "";
  for (let row = 0; row < 3; row++) {
    for (let index = 0; index < 7; index++)
      trees += drawTree(
        chance,
        width * ((index + chance.between(0.1, 0.9)) / 7),
        ground + height * (0.02 + row * 0.06),
        height * (0.34 + row * 0.1),
      );
  }
  const path = chance.happens(0.6)
    ? shape(
        `M${short(width * 0.36)} ${short(height)}Q${short(width * 0.62)} ${short(height * 0.82)} ${short(width * 0.5)} ${short(ground + height * 0.12)}Q${short(width * 0.72)} ${short(height * 0.84)} ${short(width * 0.7)} ${short(height)}Z`,
        "#dcc59a",
      )
    : "";
  return {
    seen: { place: "forest", time, colour: autumn ? "autumn" : "green", people: "none" },
    content: [
      drawSky(sheet, time),
      drawHills(sheet, height * 0.5, tint(green, 0.3)),
      drawFirs(chance, width, ground, height * 0.3, 10),
      gradientRect(0, ground, width, height - ground, green, shade(green, 0.2)),
      trees,
      path,
    ].join(""),
  };
}

function drawSkyline(sheet: Sheet): Drawing {
  const { chance, width, height } = sheet;
  const time = chance.pick(["day", "evening", "night", "night", "morning"] as const);
  const base = height * 0.72;
  let towers = "";
  for (let x = 0; x < width; ) {
    const towerWidth = width * chance.between(0.06, 0.12);
    const towerHeight = height * chance.between(0.14, 0.46);
    const wall =
      time === "night"
        ? chance.pick(["#202a55", "#2b3566", "#343a70"])
        : chance.pick(["#7c93ad", "#9aa9bb", "#6d7f9c", "#b4a7b8", "#8aa3a8"]);
    towers += rect(x, base - towerHeight, towerWidth, towerHeight, wall);
    if (chance.happens(0.25))
      towers += polygon(
        [
          [x + towerWidth * 0.4, base - towerHeight],
          [x + towerWidth * 0.5, base - towerHeight - height * 0.08],
          [x + towerWidth * 0.6, base - towerHeight],
        ],
        wall,
      );
    for (let y = base - towerHeight + 10; y < base - 12; y += 15) {
      for (let column = 0.18; column < 0.8; column += 0.3)
        if (chance.happens(time === "night" ? 0.6 : 0.8))
          towers += rect(
            x + towerWidth * column,
            y,
            towerWidth * 0.16,
            7,
            time === "night" ? "#ffd983" : tint(wall, 0.35),
          );
    }
    x += towerWidth + chance.between(0, 6);
  }
  return {
    seen: { place: "city", time, colour: time, people: "none" },
    content: [
      drawSky(sheet, time),
      faded(drawHouses(sheet, base, [height * 0.1, height * 0.2], time), 0.5),
      towers,
      gradientRect(
        0,
        base,
        width,
        height - base,
        time === "night" ? "#1d2a57" : "#6fa9c7",
        time === "night" ? "#0f1738" : "#4a86ab",
      ),
      [0.2, 0.45, 0.7]
        .map((share) =>
          faded(
            stroke(
              `M${short(width * share)} ${short(base + height * 0.07)}h${short(width * 0.16)}M${short(width * (share - 0.1))} ${short(base + height * 0.16)}h${short(width * 0.12)}`,
              "#ffffff",
              3,
            ),
            0.4,
          ),
        )
        .join(""),
    ].join(""),
  };
}

function drawSunset(sheet: Sheet): Drawing {
  const { chance, width, height } = sheet;
  const horizon = height * chance.between(0.56, 0.64);
  const x = width * chance.between(0.3, 0.7);
  const sky = chance.pick([
    ["#5b4b8a", "#ffb36b"],
    ["#d8576b", "#ffd28f"],
    ["#3f5a9a", "#ff9d76"],
  ] as const);
  const water = chance.happens(0.5);
  let bands = "";
  if (water)
    for (let index = 1; index < 8; index++)
      bands += rect(
        x - width * 0.14 + index * 7 * (index % 2 === 0 ? 1 : -1),
        horizon + index * height * 0.042,
        width * (0.28 - index * 0.015),
        6,
        "#ffe3b0",
        3,
      );
  const birds = [0, 1, 2]
    .map((index) =>
      stroke(
        `M${short(width * (0.2 + index * 0.09))} ${short(height * (0.2 + (index % 2) * 0.05))}q9 -10 16 0q8 -10 16 0`,
        "#3d2f4f",
        3,
      ),
    )
    .join("");
  return {
    seen: { place: water ? "sea" : "fields", time: "evening", colour: "orange", people: "none" },
    content: [
      gradientRect(0, 0, width, height, sky[0], sky[1]),
      glow(x, horizon - height * 0.05, width * 0.45, "#fff0b8"),
      circle(x, horizon - height * 0.06, width * 0.11, "#ffedb5"),
      drawRidge(sheet, horizon, height * 0.03, "#6b4a73", 12),
      water
        ? gradientRect(0, horizon + height * 0.02, width, height, "#c0607a", "#4a3a6e") + bands
        : drawHills(sheet, horizon + height * 0.06, "#5a3f66") +
          drawHills(sheet, horizon + height * 0.2, "#432f54") +
          ellipse(width * 0.8, height * 0.98, width * 0.3, height * 0.06, "#33243f"),
      chance.happens(0.6) ? birds : "",
      chance.happens(0.4) ? drawPalm(width * 0.1, height, height * 0.62) : "",
    ].join(""),
  };
}
