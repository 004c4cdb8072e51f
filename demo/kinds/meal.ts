import type { Chance } from "../drawing/chance.ts";
import { circle, ellipse, placed, polyline, rect, shape, short, stroke } from "../drawing/svg.ts";

/** Food on a plate of this radius in the middle (0, 0). */
export function drawMeal(chance: Chance, radius: number): string {
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
