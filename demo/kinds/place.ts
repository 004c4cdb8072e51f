import { drawHouses } from "../drawing/houses.ts";
import { shade } from "../drawing/palette.ts";
import { drawTree } from "../drawing/plants.ts";
import { drawRoom } from "../drawing/room.ts";
import type { Sheet } from "../drawing/sheet.ts";
import { drawSky, pickTime } from "../drawing/sky.ts";
import { ellipse, faded, rect } from "../drawing/svg.ts";

/** Street, park, square or room behind people. */
export function drawPlace(sheet: Sheet): { content: string; seen: Record<string, string> } {
  const { chance, width, height, palette } = sheet;
  const place = chance.pick(["street", "park", "room", "room"]);
  const time = place === "room" ? "indoors" : pickTime(chance);
  if (time === "indoors")
    return { content: drawRoom(sheet, height * 0.72), seen: { place: "room", time, colour: palette.name } };
  const ground = height * chance.between(0.62, 0.7);
  const trees = [0.04, 0.2, 0.8, 0.97].map((x) =>
    drawTree(
      chance,
      width * (x + chance.between(-0.04, 0.04)),
      ground + 6,
      height * chance.between(0.32, 0.46),
    ),
  );
  const behind =
    place === "street"
      ? drawHouses(sheet, ground, [height * 0.24, height * 0.46], time) + (trees[chance.whole(0, 3)] ?? "")
      : ellipse(width * 0.3, ground + 10, width * 0.6, height * 0.12, "#8fb67a") + trees.join("");
  const floor = place === "street" ? "#b9b3a8" : "#94bd78";
  return {
    content:
      drawSky(sheet, time) +
      behind +
      rect(0, ground, width, height - ground, time === "night" ? shade(floor, 0.5) : floor),
    seen: { place, time, colour: palette.name },
  };
}

/** A soft shadow under feet. */
export function shadowAt(x: number, y: number, heightPx: number): string {
  return faded(ellipse(x, y, heightPx * 0.17, heightPx * 0.03, "#2a2338"), 0.3);
}
