import { drawHouses, drawRoom, drawSky, drawTree, pickTime } from "./backdrop.ts";
import type { Chance } from "./chance.ts";
import { signWords } from "./crowd.ts";
import { drawPerson } from "./figure.ts";
import { drawLabel, drawLettering, drawTextLines } from "./lettering.ts";
import { pickLook } from "./look.ts";
import { mix, type Palette, pickPalette, shade, tint } from "./palette.ts";
import type { Drawing, DrawKind, Sheet } from "./sheet.ts";
import { slogans } from "./stage.ts";
import {
  circle,
  faded,
  gradientRect,
  placed,
  polygon,
  polyline,
  rect,
  short,
  stroke,
  windowed,
} from "./svg.ts";

/** Posters, leaflets, billboards and yard signs. */
export const campaignMaterialKinds = {
  poster: drawFullPoster,
  leaflets: drawLeaflets,
  billboard: drawBillboard,
  yardSigns: drawYardSigns,
  posterWall: drawPosterWall,
  brochure: drawBrochure,
} satisfies Record<string, DrawKind>;

/** One printed page in its own 300 x 420 units: an invented candidate, a slogan, a ballot mark or only words. */
function drawPrint(chance: Chance, palette: Palette): string {
  const [first, second] = chance.pick(slogans);
  const style = chance.pick(["candidate", "candidate", "ballot", "words", "rays", "diagonal"]);
  const width = 300;
  const title = (y: number, size: number, colour: string) =>
    drawLettering(first, { x: 150, y, size, colour, weight: 0.22, maxWidth: 252 });
  const under = (y: number, colour: string) =>
    drawLettering(second, { x: 150, y, size: 19, colour, weight: 0.18, maxWidth: 240 });
  const small = (y: number, colour: string) =>
    drawTextLines({ x: 60, y, width: 180, lineHeight: 15 }, [1, 0.8], colour);
  const candidate = (y: number, size: number) =>
    drawPerson(
      pickLook(chance, { formal: true }),
      { expression: { mouth: "smile", detailed: true } },
      { x: 150, y: y + size * 0.6, heightPx: size },
    );
  switch (style) {
    case "candidate":
      return [
        gradientRect(0, 0, width, 420, tint(palette.second, 0.3), palette.second),
        circle(150, 150, 118, tint(palette.main, 0.1)),
        windowed(candidate(296, 430), { x: 0, y: 0, width, height: 300 }, { width, height: 300 }),
        rect(0, 290, width, 130, palette.main) + rect(0, 290, width, 8, palette.accent),
        title(316, 36, palette.paper) + under(372, tint(palette.second, 0.4)),
      ].join("");
    case "ballot":
      return [
        rect(0, 0, width, 420, palette.paper) + rect(0, 0, width, 96, palette.main),
        drawLettering(chance.pick(["VOTE", "VOTE!", "YOUR VOTE", "ELECTION"]), {
          x: 150,
          y: 30,
          size: 40,
          colour: palette.paper,
          weight: 0.22,
          maxWidth: 250,
        }),
        `<rect x="84" y="134" width="132" height="132" rx="10" fill="#ffffff" stroke="${palette.ink}" stroke-width="10"/>`,
        stroke("M108 196L142 234L216 124", palette.accent, 24),
        title(300, 30, palette.ink) + small(354, mix(palette.ink, palette.paper, 0.5)),
        rect(0, 398, width, 22, palette.accent),
      ].join("");
    case "words":
      return [
        rect(0, 0, width, 420, palette.main),
        circle(264, 46, 88, palette.accent) + circle(24, 400, 96, shade(palette.main, 0.2)),
        title(150, 50, palette.paper) + under(228, palette.paper),
        polygon(
          [
            [46, 286],
            [254, 286],
            [254, 292],
            [46, 292],
          ],
          palette.second,
        ),
        small(318, tint(palette.second, 0.5)) +
          drawLabel(chance.pick(["MAY 9", "JUNE 14", "SUNDAY", "JOIN US", "7 PM"]), {
            x: 150,
            y: 376,
            size: 16,
            fill: palette.accent,
            colour: palette.ink,
          }),
      ].join("");
    case "rays": {
      let rays = "";
      for (let angle = 0; angle < 360; angle += 24) {
        const at = (turn: number) =>
          [
            150 + Math.cos(((angle + turn) * Math.PI) / 180) * 400,
            170 + Math.sin(((angle + turn) * Math.PI) / 180) * 400,
          ] as const;
        rays += polygon([[150, 170], at(0), at(12)], tint(palette.accent, 0.25));
      }
      return [
        windowed(
          rect(0, 0, width, 420, palette.accent) + rays,
          { x: 0, y: 0, width, height: 420 },
          { width, height: 420 },
        ),
        windowed(candidate(290, 400), { x: 0, y: 0, width, height: 304 }, { width, height: 304 }),
        rect(0, 300, width, 120, palette.paper) + title(320, 34, palette.main) + under(372, palette.ink),
      ].join("");
    }
    default:
      return [
        rect(0, 0, width, 420, palette.paper),
        polygon(
          [
            [0, 0],
            [300, 0],
            [300, 130],
            [0, 250],
          ],
          palette.main,
        ),
        polygon(
          [
            [0, 250],
            [300, 130],
            [300, 146],
            [0, 266],
          ],
          palette.accent,
        ),
        title(62, 40, palette.paper),
        under(122, tint(palette.second, 0.5)),
        [0, 1, 2]
          .map(
            (row) =>
              circle(52, 304 + row * 34, 9, palette.accent) +
              stroke(`M47 ${304 + row * 34}l4 4l8 -9`, "#ffffff", 3) +
              drawTextLines(
                { x: 76, y: 300 + row * 34, width: 170, lineHeight: 18 },
                [chance.between(0.6, 1)],
                palette.ink,
              ),
          )
          .join(""),
      ].join("");
  }
}

/** A print put somewhere, with a soft shadow. */
function laid(print: string, at: { x: number; y: number; width: number; turn?: number }): string {
  const scale = at.width / 300;
  const shadow = faded(rect(-146, -202, 300, 420, "#1f1a2b", 4), 0.22);
  return placed(
    shadow + windowed(print, { x: -150, y: -210, width: 300, height: 420 }, { width: 300, height: 420 }),
    { x: at.x, y: at.y, turn: at.turn ?? 0, scale },
  );
}

function drawFullPoster({ chance, width, height, palette }: Sheet): Drawing {
  const bleed = chance.happens(0.5);
  const print = drawPrint(chance, palette);
  const wall = chance.pick(["#d8d2c7", "#b8c0c4", "#caa58a", "#dfe2dc"]);
  const size = Math.min(width, (height / 420) * 300) * (bleed ? 1 : 0.84);
  const content = bleed
    ? gradientRect(0, 0, width, height, palette.main, shade(palette.main, 0.2)) +
      windowed(
        print,
        {
          x: (width - size) / 2,
          y: (height - (size / 300) * 420) / 2,
          width: size,
          height: (size / 300) * 420,
        },
        { width: 300, height: 420 },
      )
    : rect(0, 0, width, height, wall) +
      drawBricks(width, height, shade(wall, 0.1)) +
      laid(print, { x: width / 2, y: height / 2, width: size, turn: chance.between(-3, 3) });
  return { seen: { place: bleed ? "print" : "wall", colour: palette.name, people: "none" }, content };
}

function drawBricks(width: number, height: number, colour: string): string {
  let lines = "";
  const size = 44;
  for (let y = 0; y < height; y += size) {
    lines += `M0 ${y}H${short(width)}`;
    for (let x = ((y / size) % 2) * size * 0.75; x < width; x += size * 1.5)
      lines += `M${short(x)} ${y}v${size}`;
  }
  return stroke(lines, colour, 2);
}

function drawLeaflets({ chance, width, height, palette }: Sheet): Drawing {
  const table = chance.pick(["#b98a62", "#e8dfd0", "#7c8a8f", "#c9b79c", "#6f8f86"]);
  const count = chance.whole(3, 5);
  let planks = "";
  for (let y = 0; y < height; y += height / 6) planks += rect(0, y, width, 2, shade(table, 0.15));
  const side = Math.min(width, height);
  let pages = "";
  for (let index = 0; index < count; index++) {
    const share = count === 1 ? 0 : index / (count - 1) - 0.5;
    const fan = chance.happens(0.7);
    pages += laid(drawPrint(chance, chance.happens(0.75) ? palette : pickPalette(chance)), {
      x: width / 2 + share * side * (fan ? 0.62 : 0.5),
      y: height / 2 + Math.abs(share) * side * 0.16 + chance.between(-0.08, 0.08) * side,
      width: side * chance.between(0.4, 0.48),
      turn: share * 44 + chance.between(-6, 6),
    });
  }
  const pin = chance.happens(0.6)
    ? circle(width * 0.13, height * 0.86, side * 0.07, palette.accent) +
      circle(width * 0.13, height * 0.86, side * 0.055, palette.paper) +
      drawLettering("YES", {
        x: width * 0.13,
        y: height * 0.86 - side * 0.018,
        size: side * 0.036,
        colour: palette.main,
        weight: 0.22,
      })
    : "";
  const pen = chance.happens(0.5)
    ? polyline(
        [
          [width * 0.76, height * 0.92],
          [width * 0.92, height * 0.76],
        ],
        palette.main,
        11,
      ) +
      polyline(
        [
          [width * 0.75, height * 0.93],
          [width * 0.76, height * 0.92],
        ],
        "#2a2732",
        7,
      )
    : "";
  return {
    seen: { place: "table", colour: palette.name, people: "none" },
    content: gradientRect(0, 0, width, height, tint(table, 0.1), table) + planks + pages + pin + pen,
  };
}

function drawBillboard(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const time = pickTime(chance);
  const ground = height * 0.86;
  const board = { x: width * 0.1, y: height * 0.16, width: width * 0.8, height: height * 0.46 };
  const [first, second] = chance.pick(slogans);
  const side = chance.pick([0.22, 0.78]);
  const person = drawPerson(
    pickLook(chance, { formal: true }),
    { expression: { mouth: "smile", detailed: true } },
    { x: board.width * side, y: board.height * 2.1, heightPx: board.height * 1.95 },
  );
  const textX = board.width * (side < 0.5 ? 0.66 : 0.36);
  const print = [
    gradientRect(0, 0, board.width, board.height, palette.main, shade(palette.main, 0.15)),
    circle(board.width * side, board.height * 0.55, board.height * 0.48, palette.second),
    person,
    drawLettering(first, {
      x: textX,
      y: board.height * 0.26,
      size: board.height * 0.17,
      colour: palette.paper,
      weight: 0.22,
      maxWidth: board.width * 0.5,
    }),
    drawLettering(second, {
      x: textX,
      y: board.height * 0.54,
      size: board.height * 0.08,
      colour: tint(palette.second, 0.5),
      weight: 0.2,
      maxWidth: board.width * 0.48,
    }),
    rect(0, board.height * 0.92, board.width, board.height * 0.08, palette.accent),
  ].join("");
  return {
    seen: { place: "street", time, colour: palette.name, people: "none" },
    content: [
      drawSky(sheet, time),
      drawHouses(sheet, ground, [height * 0.1, height * 0.3], time),
      rect(0, ground, width, height, "#8f9199") + rect(0, ground + height * 0.06, width, 4, "#e9e4d2"),
      rect(
        width * 0.24,
        board.y + board.height,
        width * 0.03,
        ground - board.y - board.height + 8,
        "#5d5a66",
      ) +
        rect(
          width * 0.73,
          board.y + board.height,
          width * 0.03,
          ground - board.y - board.height + 8,
          "#5d5a66",
        ),
      rect(board.x - 9, board.y - 9, board.width + 18, board.height + 18, "#3f3d4a", 5),
      windowed(print, board, board),
      drawTree(chance, width * chance.pick([0.05, 0.95]), ground + 6, height * 0.3),
    ].join(""),
  };
}

function drawYardSigns(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const time = chance.pick(["day", "day", "morning", "overcast", "evening"] as const);
  const ground = height * 0.56;
  const count = chance.whole(1, 4);
  let signs = "";
  for (let index = 0; index < count; index++) {
    const size = width * (count === 1 ? 0.6 : count === 2 ? 0.42 : 0.32);
    const x = width * ((index + 0.5) / count);
    const y = height * (0.52 + (index % 2) * 0.08);
    const colours = index % 2 === 0 ? [palette.main, palette.paper] : [palette.paper, palette.main];
    signs +=
      polyline(
        [
          [x - size * 0.34, y],
          [x - size * 0.34, y + height * 0.3],
        ],
        "#8d8d94",
        7,
      ) +
      polyline(
        [
          [x + size * 0.34, y],
          [x + size * 0.34, y + height * 0.3],
        ],
        "#8d8d94",
        7,
      ) +
      rect(x - size / 2, y - size * 0.3, size, size * 0.62, colours[0] as string, 8) +
      rect(x - size / 2, y + size * 0.2, size, size * 0.06, palette.accent) +
      drawLettering(chance.pick(["VOTE", "VOTE", "YES!", ...signWords]), {
        x,
        y: y - size * 0.2,
        size: size * 0.2,
        colour: colours[1] as string,
        weight: 0.22,
        maxWidth: size * 0.84,
      }) +
      drawTextLines(
        { x: x - size * 0.36, y: y + size * 0.08, width: size * 0.72, lineHeight: size * 0.08 },
        [1],
        mix(colours[0] as string, colours[1] as string, 0.6),
      );
  }
  return {
    seen: { place: "garden", time, colour: palette.name, people: "none" },
    content: [
      drawSky(sheet, time),
      drawHouses(sheet, ground, [height * 0.12, height * 0.24], time),
      gradientRect(0, ground, width, height - ground, "#9cc47c", "#79a860"),
      drawTree(chance, width * 0.9, ground + 12, height * 0.32),
      signs,
    ].join(""),
  };
}

function drawPosterWall({ chance, width, height, palette }: Sheet): Drawing {
  const wall = chance.pick(["#c8b8a6", "#9aa6ad", "#b98f7a", "#d9d4ca", "#7f8b80"]);
  const columns = width > height ? 4 : 3;
  const size = (width / columns) * 0.9;
  const rows = Math.ceil(height / (size * 1.5)) + 1;
  let posters = "";
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      posters += laid(drawPrint(chance, chance.happens(0.6) ? palette : pickPalette(chance)), {
        x: width * ((column + 0.5) / columns),
        y: size * 0.76 + row * size * 1.48 - height * 0.03,
        width: size * 0.94,
        turn: chance.between(-2.5, 2.5),
      });
    }
  }
  return {
    seen: { place: "wall", colour: palette.name, people: "none" },
    content: rect(0, 0, width, height, wall) + drawBricks(width, height, shade(wall, 0.12)) + posters,
  };
}

function drawBrochure(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const side = Math.min(width, height);
  const room = chance.happens(0.5);
  const skin = pickLook(chance);
  const y = height * 0.46;
  const turn = chance.between(-8, 8);
  const folded = chance.happens(0.5);
  const pages = folded
    ? laid(drawPrint(chance, palette), { x: width / 2 - side * 0.2, y, width: side * 0.4, turn: turn - 3 }) +
      laid(drawPrint(chance, palette), { x: width / 2 + side * 0.2, y, width: side * 0.4, turn: turn + 3 })
    : laid(drawPrint(chance, palette), { x: width / 2, y, width: side * 0.56, turn });
  const hand = (x: number, sign: number) =>
    polyline(
      [
        [x + sign * side * 0.2, height * 1.08],
        [x, height * 0.78],
      ],
      skin.top,
      side * 0.15,
    ) +
    polyline(
      [
        [x + sign * side * 0.02, height * 0.8],
        [x - sign * side * 0.04, height * 0.68],
      ],
      skin.skin,
      side * 0.1,
    ) +
    polyline(
      [
        [x - sign * side * 0.04, height * 0.7],
        [x - sign * side * 0.09, height * 0.63],
      ],
      shade(skin.skin, 0.06),
      side * 0.045,
    );
  return {
    seen: { place: room ? "room" : "outdoors", colour: palette.name, people: "hands" },
    content: [
      room
        ? drawRoom(sheet, height * 0.8)
        : drawSky(sheet, "day") +
          faded(drawHouses(sheet, height * 0.8, [height * 0.2, height * 0.4], "day"), 0.6) +
          rect(0, height * 0.8, width, height * 0.2, "#a9b995"),
      pages,
      hand(width / 2 - side * 0.3, -1) + (folded ? hand(width / 2 + side * 0.3, 1) : ""),
    ].join(""),
  };
}
