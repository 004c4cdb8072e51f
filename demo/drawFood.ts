import type { Chance } from "./chance.ts";
import { shade, tint } from "./palette.ts";
import type { Drawing, DrawKind, Sheet } from "./sheet.ts";
import {
  circle,
  ellipse,
  faded,
  gradientRect,
  placed,
  polygon,
  polyline,
  rect,
  shape,
  short,
  stroke,
} from "./svg.ts";

/** Food and drinks. */
export const foodKinds = {
  plate: drawPlateOfFood,
  coffee: drawCoffee,
  fruit: drawFruit,
  cake: drawCake,
  burger: drawBurger,
} satisfies Record<string, DrawKind>;

/** A table seen from above, with a cloth or boards. */
function drawTable({ chance, width, height, palette }: Sheet): string {
  const colour = chance.pick([
    "#b98a62",
    "#e9dfcf",
    "#8b6446",
    "#9fb8b3",
    "#d9c1a0",
    tint(palette.second, 0.3),
  ]);
  let pattern = "";
  if (chance.happens(0.3)) {
    for (let x = 0; x < width; x += width / 7)
      pattern += faded(rect(x, 0, width / 14, height, palette.main), 0.22);
    for (let y = 0; y < height; y += width / 7)
      pattern += faded(rect(0, y, width, width / 14, palette.main), 0.22);
  } else {
    for (let y = 0; y < height; y += height / 5) pattern += rect(0, y, width, 2, shade(colour, 0.14));
  }
  return gradientRect(0, 0, width, height, tint(colour, 0.1), colour) + pattern;
}

function drawCutlery(x: number, y: number, size: number): string {
  const fork = stroke(
    `M${short(x)} ${short(y - size * 0.5)}v${short(size * 0.22)}M${short(x - size * 0.05)} ${short(y - size * 0.5)}v${short(size * 0.16)}q0 8 ${short(size * 0.05)} 10q${short(size * 0.05)} -2 ${short(size * 0.05)} -10v${short(-size * 0.16)}`,
    "#c9ccd2",
    size * 0.022,
  );
  return (
    fork +
    polyline(
      [
        [x, y - size * 0.26],
        [x, y + size * 0.45],
      ],
      "#c9ccd2",
      size * 0.035,
    )
  );
}

function drawKnife(x: number, y: number, size: number): string {
  return (
    shape(
      `M${short(x)} ${short(y - size * 0.5)}q${short(size * 0.07)} ${short(size * 0.2)} ${short(size * 0.05)} ${short(size * 0.5)}h${short(-size * 0.05)}Z`,
      "#d5d8de",
    ) +
    polyline(
      [
        [x + size * 0.02, y + size * 0.04],
        [x + size * 0.02, y + size * 0.45],
      ],
      "#5c4a3e",
      size * 0.045,
    )
  );
}

/** Food on a plate of this radius in the middle (0, 0). */
function drawMeal(chance: Chance, radius: number): string {
  const meal = chance.pick(["pasta", "salad", "steak", "eggs", "pizza", "soup", "sushi"]);
  const around = (count: number, distance: number, draw: (x: number, y: number, index: number) => string) => {
    let drawing = "";
    for (let index = 0; index < count; index++) {
      const angle = (index / count) * Math.PI * 2 + chance.between(-0.2, 0.2);
      const reach = distance * chance.between(0.7, 1.1);
      drawing += draw(Math.cos(angle) * reach, Math.sin(angle) * reach, index);
    }
    return drawing;
  };
  const leaf = (x: number, y: number) =>
    ellipse(x, y, radius * 0.14, radius * 0.09, chance.pick(["#5a9c4c", "#79b356", "#3f8350"]));
  const tomato = (x: number, y: number) =>
    circle(x, y, radius * 0.1, "#d9412f") +
    circle(x - radius * 0.03, y - radius * 0.03, radius * 0.03, "#f08a76");
  switch (meal) {
    case "pasta":
      return (
        circle(0, 0, radius * 0.62, "#eac66b") +
        around(16, radius * 0.36, (x, y) =>
          stroke(
            `M${short(x)} ${short(y)}q${short(radius * 0.15)} ${short(-radius * 0.15)} ${short(radius * 0.2)} ${short(radius * 0.06)}`,
            "#f6dd94",
            radius * 0.045,
          ),
        ) +
        circle(0, 0, radius * 0.26, "#c8402f") +
        around(4, radius * 0.12, (x, y) => circle(x, y, radius * 0.08, "#8a4a30")) +
        leaf(radius * 0.05, -radius * 0.08)
      );
    case "salad":
      return (
        circle(0, 0, radius * 0.6, "#86b860") +
        around(18, radius * 0.4, leaf) +
        around(6, radius * 0.32, tomato) +
        around(
          5,
          radius * 0.2,
          (x, y) => circle(x, y, radius * 0.1, "#cfe3a6") + circle(x, y, radius * 0.06, "#e6f2c8"),
        )
      );
    case "steak":
      return (
        shape(
          `M${short(-radius * 0.5)} ${short(-radius * 0.1)}Q${short(-radius * 0.2)} ${short(-radius * 0.6)} ${short(radius * 0.25)} ${short(-radius * 0.4)}Q${short(radius * 0.5)} ${short(-radius * 0.1)} ${short(radius * 0.1)} ${short(radius * 0.1)}Q${short(-radius * 0.3)} ${short(radius * 0.3)} ${short(-radius * 0.5)} ${short(-radius * 0.1)}Z`,
          "#8a4a30",
        ) +
        stroke(
          `M${short(-radius * 0.2)} ${short(-radius * 0.3)}l${short(radius * 0.2)} ${short(radius * 0.3)}M0 ${short(-radius * 0.38)}l${short(radius * 0.2)} ${short(radius * 0.3)}`,
          "#5f2f1f",
          radius * 0.04,
        ) +
        [0, 1, 2, 3]
          .map((index) =>
            rect(radius * (0.05 + index * 0.11), radius * 0.22, radius * 0.07, radius * 0.36, "#f0c456", 4),
          )
          .join("") +
        leaf(-radius * 0.3, radius * 0.4) +
        leaf(-radius * 0.16, radius * 0.48) +
        tomato(-radius * 0.44, radius * 0.3)
      );
    case "eggs":
      return (
        shape(
          `M${short(-radius * 0.55)} 0Q${short(-radius * 0.4)} ${short(-radius * 0.5)} 0 ${short(-radius * 0.36)}Q${short(radius * 0.2)} ${short(radius * 0.1)} ${short(-radius * 0.16)} ${short(radius * 0.26)}Q${short(-radius * 0.5)} ${short(radius * 0.3)} ${short(-radius * 0.55)} 0Z`,
          "#fffdf4",
        ) +
        circle(-radius * 0.22, -radius * 0.06, radius * 0.16, "#f3ab2b") +
        rect(radius * 0.08, -radius * 0.4, radius * 0.44, radius * 0.44, "#d9a663", radius * 0.1) +
        rect(radius * 0.13, -radius * 0.35, radius * 0.34, radius * 0.34, "#f0cf96", radius * 0.08) +
        stroke(
          `M${short(-radius * 0.1)} ${short(radius * 0.44)}q${short(radius * 0.12)} ${short(-radius * 0.12)} ${short(radius * 0.24)} 0t${short(radius * 0.24)} 0`,
          "#b5453a",
          radius * 0.1,
        ) +
        tomato(radius * 0.42, radius * 0.3)
      );
    case "pizza":
      return (
        circle(0, 0, radius * 0.8, "#d79a4c") +
        circle(0, 0, radius * 0.7, "#f4cd6d") +
        around(8, radius * 0.45, (x, y) => circle(x, y, radius * 0.12, "#c5392c")) +
        around(6, radius * 0.28, leaf) +
        [0, 45, 90, 135]
          .map((turn) =>
            placed(
              polyline(
                [
                  [-radius * 0.78, 0],
                  [radius * 0.78, 0],
                ],
                "#c98c40",
                3,
              ),
              { turn },
            ),
          )
          .join("")
      );
    case "soup":
      return (
        circle(0, 0, radius * 0.66, "#ffffff") +
        circle(0, 0, radius * 0.58, chance.pick(["#e08b2f", "#c8452f", "#8fae4a"])) +
        stroke(
          `M${short(-radius * 0.2)} 0q${short(radius * 0.1)} ${short(-radius * 0.2)} ${short(radius * 0.2)} 0t${short(radius * 0.2)} 0`,
          "#fff3d8",
          radius * 0.05,
        ) +
        around(5, radius * 0.32, leaf)
      );
    default:
      return [-0.36, 0, 0.36]
        .map((dx) =>
          [-0.24, 0.24]
            .map(
              (dy) =>
                rect(
                  radius * (dx - 0.14),
                  radius * (dy - 0.16),
                  radius * 0.28,
                  radius * 0.32,
                  "#2a3a35",
                  radius * 0.12,
                ) +
                ellipse(radius * dx, radius * (dy - 0.04), radius * 0.13, radius * 0.12, "#fffdf4") +
                circle(
                  radius * dx,
                  radius * (dy - 0.04),
                  radius * 0.06,
                  chance.pick(["#f0764f", "#79b356", "#f3ab2b"]),
                ),
            )
            .join(""),
        )
        .join("");
  }
}

function drawPlateOfFood(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const radius = Math.min(width, height) * chance.between(0.32, 0.4);
  const rim = chance.pick(["#ffffff", "#f3ede2", tint(palette.main, 0.55)]);
  const x = width / 2 + chance.between(-0.04, 0.04) * width;
  const y = height / 2 + chance.between(-0.03, 0.03) * height;
  const plate =
    circle(0, 0, radius, rim) +
    circle(0, 0, radius * 0.78, tint(rim, 0.4)) +
    stroke(
      `M${short(-radius * 0.78)} 0A${short(radius * 0.78)} ${short(radius * 0.78)} 0 0 1 0 ${short(-radius * 0.78)}`,
      shade(rim, 0.1),
      3,
    );
  return {
    seen: { place: "table", colour: palette.name, people: "none" },
    content: [
      drawTable(sheet),
      faded(ellipse(x + 8, y + 14, radius * 1.02, radius, "#2a1f1a"), 0.2),
      placed(plate + placed(drawMeal(chance, radius), { turn: chance.between(0, 360) }), { x, y }),
      drawCutlery(x - radius * 1.25, y, radius * 1.5) + drawKnife(x + radius * 1.2, y, radius * 1.5),
      chance.happens(0.6) ? drawGlass(width * 0.86, height * 0.14, radius * 0.28) : "",
    ].join(""),
  };
}

function drawGlass(x: number, y: number, radius: number): string {
  return (
    circle(x, y, radius, "#d8eef2") +
    circle(x, y, radius * 0.82, "#f3c14d") +
    circle(x - radius * 0.2, y - radius * 0.25, radius * 0.25, "#fbe2a0")
  );
}

function drawCoffee(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const radius = Math.min(width, height) * chance.between(0.22, 0.3);
  const above = chance.happens(0.5);
  const cup = chance.pick(["#ffffff", palette.main, tint(palette.accent, 0.2), "#3f4a5c"]);
  const x = width * chance.between(0.44, 0.56);
  const y = height * 0.52;
  const latte =
    circle(x, y, radius * 0.72, "#7a4a2c") +
    shape(
      `M${short(x)} ${short(y + radius * 0.5)}C${short(x - radius * 0.8)} ${short(y - radius * 0.1)} ${short(x - radius * 0.3)} ${short(y - radius * 0.6)} ${short(x)} ${short(y - radius * 0.2)}C${short(x + radius * 0.3)} ${short(y - radius * 0.6)} ${short(x + radius * 0.8)} ${short(y - radius * 0.1)} ${short(x)} ${short(y + radius * 0.5)}Z`,
      "#f0dcbc",
    );
  const fromAbove =
    circle(x, y, radius * 1.45, "#f6f1e7") +
    circle(x, y, radius * 1.2, "#ebe4d6") +
    rect(x + radius * 0.7, y - radius * 0.16, radius * 0.7, radius * 0.32, cup, radius * 0.16) +
    circle(x, y, radius * 0.9, cup) +
    latte +
    circle(x - radius * 1.1, y + radius * 1.0, radius * 0.24, "#c98a4b") +
    rect(x + radius * 0.4, y + radius * 1.02, radius * 0.8, radius * 0.08, "#c9ccd2", 4);
  const steam = [-0.35, 0, 0.35]
    .map((step) =>
      faded(
        stroke(`M${short(x + step * radius)} ${short(y - radius * 1.05)}q-12 -18 0 -34t0 -34`, "#ffffff", 6),
        0.6,
      ),
    )
    .join("");
  const fromSide =
    ellipse(x, y + radius * 0.98, radius * 1.5, radius * 0.2, "#f6f1e7") +
    stroke(
      `M${short(x + radius * 0.8)} ${short(y - radius * 0.4)}q${short(radius * 0.75)} ${short(radius * 0.05)} ${short(radius * 0.5)} ${short(radius * 0.6)}t${short(-radius * 0.7)} ${short(radius * 0.24)}`,
      cup,
      radius * 0.16,
    ) +
    shape(
      `M${short(x - radius * 0.95)} ${short(y - radius * 0.7)}H${short(x + radius * 0.95)}C${short(x + radius * 0.95)} ${short(y + radius * 0.7)} ${short(x + radius * 0.5)} ${short(y + radius)} ${short(x)} ${short(y + radius)}C${short(x - radius * 0.5)} ${short(y + radius)} ${short(x - radius * 0.95)} ${short(y + radius * 0.7)} ${short(x - radius * 0.95)} ${short(y - radius * 0.7)}Z`,
      cup,
    ) +
    ellipse(x, y - radius * 0.7, radius * 0.95, radius * 0.2, shade(cup, 0.1)) +
    ellipse(x, y - radius * 0.67, radius * 0.85, radius * 0.15, "#6b3f26") +
    steam;
  const backdrop = above
    ? drawTable(sheet)
    : gradientRect(0, 0, width, height, tint(palette.second, 0.3), palette.second) +
      rect(0, y + radius * 0.75, width, height, "#a97d55");
  return {
    seen: { place: "table", colour: palette.name, people: "none" },
    content: backdrop + (above ? fromAbove : fromSide),
  };
}

function drawFruit(sheet: Sheet): Drawing {
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

function drawCake(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const size = Math.min(width, height) * 0.6;
  const x = width / 2;
  const base = height * 0.74;
  const layers = chance.whole(1, 3);
  const sponge = chance.pick(["#c98a4b", "#6b3f2a", "#e9c58a", "#d98aa0"]);
  const icing = chance.pick(["#fff6ea", "#f7b7c5", "#7a4630", tint(palette.main, 0.5)]);
  let cake = "";
  for (let layer = 0; layer < layers; layer++) {
    const layerWidth = size * (1 - layer * 0.24);
    const layerHeight = size * (layers === 1 ? 0.42 : 0.26);
    const top = base - (layer + 1) * layerHeight;
    cake +=
      rect(x - layerWidth / 2, top, layerWidth, layerHeight, sponge, 8) +
      rect(x - layerWidth / 2, top + layerHeight * 0.55, layerWidth, layerHeight * 0.12, icing) +
      rect(x - layerWidth / 2, top, layerWidth, layerHeight * 0.24, icing, 8);
    for (let drip = 0; drip < 7; drip++)
      cake += rect(
        x - layerWidth / 2 + (drip + 0.15) * (layerWidth / 7),
        top + 6,
        layerWidth / 10,
        layerHeight * chance.between(0.24, 0.48),
        icing,
        layerWidth / 20,
      );
  }
  const top = base - layers * size * (layers === 1 ? 0.42 : 0.26);
  const candles = chance.happens(0.5);
  let decoration = "";
  for (let index = 0; index < 4; index++) {
    const cx = x + (index - 1.5) * size * 0.09;
    decoration += candles
      ? rect(cx - 3.5, top - size * 0.16, 7, size * 0.16, chance.pick([palette.main, palette.accent])) +
        ellipse(cx, top - size * 0.2, 5, 10, "#ffc94d")
      : circle(cx, top - size * 0.035, size * 0.045, "#d23b4a");
  }
  return {
    seen: { place: "table", colour: palette.name, people: "none" },
    content: [
      gradientRect(0, 0, width, height, tint(palette.second, 0.5), tint(palette.second, 0.15)),
      rect(0, base + size * 0.05, width, height, tint(palette.accent, 0.5)),
      ellipse(x, base + size * 0.03, size * 0.66, size * 0.07, "#ffffff"),
      cake,
      decoration,
    ].join(""),
  };
}

function drawBurger(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const size = Math.min(width, height) * 0.56;
  const x = width * (chance.happens(0.5) ? 0.42 : 0.5);
  const base = height * 0.76;
  const layer = (y: number, thick: number, colour: string, wide = 1) =>
    rect(
      x - (size / 2) * wide,
      base - size * (y + thick),
      size * wide,
      size * thick,
      colour,
      (size * thick) / 2,
    );
  let fries = "";
  for (let index = 0; index < 9; index++)
    fries += placed(rect(-size * 0.025, -size * 0.4, size * 0.05, size * 0.42, "#f2c14e", 3), {
      x: x + size * 0.7 + index * size * 0.035,
      y: base - size * 0.2,
      turn: (index - 4) * 5,
    });
  const seeds = [
    [-0.24, 0.64],
    [-0.08, 0.7],
    [0.1, 0.69],
    [0.25, 0.62],
    [0.02, 0.62],
  ]
    .map(([dx = 0, dy = 0]) => ellipse(x + dx * size, base - size * dy, 6, 4, "#fbe9c2"))
    .join("");
  const bun = shape(
    `M${short(x - size / 2)} ${short(base - size * 0.48)}Q${short(x - size / 2)} ${short(base - size * 0.82)} ${short(x)} ${short(base - size * 0.82)}Q${short(x + size / 2)} ${short(base - size * 0.82)} ${short(x + size / 2)} ${short(base - size * 0.48)}Z`,
    "#d9953f",
  );
  return {
    seen: { place: "table", colour: palette.name, people: "none" },
    content: [
      gradientRect(0, 0, width, height, tint(palette.main, 0.35), tint(palette.main, 0.1)),
      rect(0, base - size * 0.03, width, height, "#8b6446"),
      ellipse(x + size * 0.1, base, size * 0.95, size * 0.09, "#f3ede2"),
      layer(0, 0.13, "#d9953f"),
      layer(0.12, 0.13, "#5f3322", 1.04),
      polygon(
        [
          [x - size * 0.5, base - size * 0.27],
          [x + size * 0.5, base - size * 0.27],
          [x + size * 0.3, base - size * 0.17],
          [x + size * 0.1, base - size * 0.25],
          [x - size * 0.2, base - size * 0.14],
        ],
        "#f6c445",
      ),
      layer(0.26, 0.07, "#cf3d31", 0.96),
      [0, 1, 2, 3, 4, 5]
        .map((index) =>
          circle(
            x - size * 0.45 + index * size * 0.18,
            base - size * 0.37,
            size * 0.085,
            index % 2 === 0 ? "#79b356" : "#5f9c46",
          ),
        )
        .join(""),
      bun + seeds,
      fries +
        polygon(
          [
            [x + size * 0.62, base - size * 0.3],
            [x + size * 1.08, base - size * 0.3],
            [x + size * 1.02, base],
            [x + size * 0.68, base],
          ],
          palette.accent,
        ),
    ].join(""),
  };
}
