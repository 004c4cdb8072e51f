import type { Chance } from "./chance.ts";
import type { Sheet } from "./sheet.ts";
import { circle, faded, glow, gradientRect, rect } from "./svg.ts";

/** Time of day and its sky colours, top and bottom. */
export const skies = {
  day: ["#7cc3ee", "#dff1fa"],
  morning: ["#a9d3ea", "#fde7cf"],
  overcast: ["#b4c0cb", "#e6eaec"],
  evening: ["#5a5f9e", "#f8a978"],
  night: ["#141b3c", "#3c4a7c"],
} as const;
/** One of the skies. */
export type TimeOfDay = keyof typeof skies;

/** A time of day, by day more often than at night. */
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
