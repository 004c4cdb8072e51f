import { drawSpotlights } from "./backdrop.ts";
import type { Chance } from "./chance.ts";
import { drawCrowdFromBehind } from "./crowd.ts";
import { drawCameraFromBehind, drawChannelLogo, drawMicrophone, drawSoftbox } from "./equipment.ts";
import { drawPerson } from "./figure.ts";
import { drawLabel, drawLettering, drawTextLines } from "./lettering.ts";
import { pickLook } from "./look.ts";
import { mix, shade, tint } from "./palette.ts";
import type { Drawing, DrawKind, Sheet } from "./sheet.ts";
import { circle, ellipse, faded, gradientRect, polyline, rect, shape, short, stroke } from "./svg.ts";

/** Studios, broadcasts, press conferences and what stands behind the cameras. */
export const interviewKinds = {
  studioTalk: drawStudioTalk,
  newsDesk: drawNewsDesk,
  pressConference: drawPressConference,
  microphones: drawMicrophones,
  behindTheCamera: drawBehindTheCamera,
  podcast: drawPodcast,
} satisfies Record<string, DrawKind>;

const channels = ["CHANNEL 7", "CITY TV", "NEWS 24", "TV ONE", "RADIO 5", "DAILY NEWS", "LIVE 9"] as const;

/** The lit wall of a studio: panels, a skyline or a map, and the channel's sign. */
function drawStudioWall({ chance, width, height, palette }: Sheet, channel: string): string {
  const base = shade(palette.main, 0.45);
  let panels = "";
  const count = chance.whole(4, 7);
  for (let index = 0; index < count; index++) {
    panels += rect(
      (index / count) * width + 5,
      0,
      width / count - 10,
      height * 0.7,
      mix(base, palette.main, chance.between(0.1, 0.6)),
      6,
    );
  }
  const strip = rect(0, height * 0.62, width, 6, tint(palette.second, 0.4));
  const screen = {
    x: width * chance.between(0.3, 0.36),
    y: height * 0.12,
    width: width * 0.36,
    height: height * 0.24,
  };
  return [
    gradientRect(0, 0, width, height, base, shade(base, 0.3)),
    panels,
    strip,
    rect(screen.x - 6, screen.y - 6, screen.width + 12, screen.height + 12, "#1b1a26", 8),
    gradientRect(screen.x, screen.y, screen.width, screen.height, palette.main, palette.second),
    drawLettering(channel, {
      x: screen.x + screen.width / 2,
      y: screen.y + screen.height * 0.36,
      size: screen.height * 0.28,
      colour: "#ffffff",
      weight: 0.2,
      maxWidth: screen.width * 0.82,
    }),
  ].join("");
}

function drawStudioTalk(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const channel = chance.pick(channels);
  const guests = chance.pick([2, 2, 3, 4]);
  const floor = height * 0.86;
  const heightPx = Math.min(height * 0.64, (width / guests) * 1.5);
  let people = "";
  for (let index = 0; index < guests; index++) {
    const x = width * ((index + 0.5) / guests) * 0.9 + width * 0.05;
    const facing = index < guests / 2 ? 1 : -1;
    people +=
      drawArmchair(x, floor, heightPx, tint(palette.second, 0.2)) +
      drawPerson(
        pickLook(chance, { formal: chance.happens(0.7) }),
        {
          sitting: true,
          leftHand: [-62, -215],
          rightHand: chance.happens(0.5) ? [92, -300] : [62, -215],
          tilt: facing * 4,
          expression: { mouth: chance.pick(["talk", "smile", "calm", "laugh"] as const), gaze: facing },
        },
        { x, y: floor, heightPx },
      );
  }
  return {
    seen: { place: "studio", time: "indoors", colour: palette.name, people: String(guests) },
    content: [
      drawStudioWall(sheet, channel),
      drawSpotlights(width, height * 0.7, 4, "#ffffff"),
      ellipse(width / 2, floor + height * 0.02, width * 0.62, height * 0.13, shade(palette.second, 0.35)),
      people,
      drawSideTable(width / 2, floor + height * 0.06, height * 0.2),
      chance.happens(0.6)
        ? drawLowerThird(sheet, channel)
        : drawChannelLogo(width * 0.87, height * 0.08, width * 0.045, palette),
    ].join(""),
  };
}

function drawArmchair(x: number, y: number, size: number, colour: string): string {
  return (
    rect(x - size * 0.22, y - size * 0.68, size * 0.44, size * 0.56, colour, size * 0.09) +
    rect(x - size * 0.27, y - size * 0.4, size * 0.54, size * 0.32, shade(colour), size * 0.07) +
    rect(x - size * 0.2, y - size * 0.1, size * 0.05, size * 0.1, "#3a2c24") +
    rect(x + size * 0.15, y - size * 0.1, size * 0.05, size * 0.1, "#3a2c24")
  );
}

function drawSideTable(x: number, y: number, height: number): string {
  return (
    polyline(
      [
        [x, y - height * 0.6],
        [x, y],
      ],
      "#2a2835",
      height * 0.06,
    ) +
    ellipse(x, y, height * 0.24, height * 0.05, "#2a2835") +
    ellipse(x, y - height * 0.62, height * 0.4, height * 0.09, "#e9e3d6") +
    rect(x - height * 0.2, y - height * 0.8, height * 0.13, height * 0.18, "#ffffff", 3) +
    rect(x + height * 0.06, y - height * 0.82, height * 0.12, height * 0.2, "#bfe0ee", 3)
  );
}

/** The strip of a broadcast with name and headline. */
function drawLowerThird({ chance, width, height, palette }: Sheet, channel: string): string {
  const y = height * 0.8;
  const words = chance.pick([
    "ELECTION SPECIAL",
    "BREAKING NEWS",
    "THE INTERVIEW",
    "LIVE TONIGHT",
    "MORNING TALK",
    "THE DEBATE",
  ]);
  return [
    rect(width * 0.05, y, width * 0.9, height * 0.09, "#ffffff", 3),
    rect(width * 0.05, y, width * 0.2, height * 0.09, palette.main, 3),
    drawLettering("LIVE", {
      x: width * 0.15,
      y: y + height * 0.028,
      size: height * 0.034,
      colour: "#ffffff",
      weight: 0.2,
    }),
    drawLettering(words, {
      x: width * 0.28,
      y: y + height * 0.026,
      size: height * 0.038,
      colour: palette.ink,
      weight: 0.18,
      align: "start",
      maxWidth: width * 0.63,
    }),
    rect(width * 0.05, y + height * 0.09, width * 0.9, height * 0.045, palette.ink, 2),
    drawLettering(`${channel} + ${channel} NEWS`, {
      x: width * 0.08,
      y: y + height * 0.102,
      size: height * 0.02,
      colour: "#dfe6f0",
      align: "start",
      maxWidth: width * 0.8,
    }),
  ].join("");
}

function drawNewsDesk(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const channel = chance.pick(channels);
  const pair = width > height * 0.95 && chance.happens(0.4);
  const heightPx = height * (pair ? 0.95 : 1.05);
  const anchor = (x: number) =>
    drawPerson(
      pickLook(chance, { formal: true }),
      {
        leftHand: [-44, -232],
        rightHand: [44, -232],
        expression: { mouth: chance.pick(["talk", "smile", "calm"] as const) },
      },
      { x, y: height * 0.74 + heightPx * 0.42, heightPx },
    );
  const desk = height * 0.7;
  return {
    seen: { place: "studio", time: "indoors", colour: palette.name, people: pair ? "2" : "1" },
    content: [
      gradientRect(0, 0, width, height, shade(palette.main, 0.55), palette.main),
      drawWorldMap(chance, width, height, tint(palette.main, 0.3)),
      drawLettering(channel, {
        x: width * (pair ? 0.5 : 0.72),
        y: height * 0.1,
        size: height * 0.06,
        colour: "#ffffff",
        weight: 0.2,
        maxWidth: width * 0.42,
      }),
      pair ? anchor(width * 0.32) + anchor(width * 0.68) : anchor(width * chance.between(0.4, 0.5)),
      shape(
        `M0 ${short(desk + 20)}Q${short(width / 2)} ${short(desk - 14)} ${short(width)} ${short(desk + 20)}V${short(height)}H0Z`,
        tint(palette.second, 0.45),
      ),
      shape(
        `M0 ${short(desk + 44)}Q${short(width / 2)} ${short(desk + 10)} ${short(width)} ${short(desk + 44)}V${short(height)}H0Z`,
        shade(palette.main, 0.2),
      ),
      rect(width * 0.18, desk + 4, width * 0.12, 8, "#ffffff", 2),
      drawLowerThird(sheet, channel),
      drawChannelLogo(width * 0.1, height * 0.08, width * 0.045, palette),
    ].join(""),
  };
}

function drawWorldMap(chance: Chance, width: number, height: number, colour: string): string {
  let land = "";
  for (let index = 0; index < 16; index++) {
    land += ellipse(
      width * chance.between(0, 1),
      height * chance.between(0.12, 0.55),
      width * chance.between(0.03, 0.12),
      height * chance.between(0.02, 0.06),
      colour,
    );
  }
  const lines = [0.15, 0.3, 0.45].map((y) =>
    stroke(
      `M0 ${short(height * y)}Q${short(width / 2)} ${short(height * (y - 0.06))} ${short(width)} ${short(height * y)}`,
      colour,
      1.5,
    ),
  );
  return faded(land + lines.join(""), 0.5);
}

function drawPressConference(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const count = chance.pick([1, 1, 2, 3]);
  const heightPx = height * (count === 1 ? 0.92 : 0.72);
  const table = height * 0.66;
  const words = chance.pick(["PRESS", "MEDIA", "CITY HALL", "NEWS"]);
  let wall = gradientRect(0, 0, width, height, tint(palette.second, 0.55), tint(palette.second, 0.3));
  for (let row = 0; row < 5; row++) {
    for (let column = 0; column < 4; column++) {
      const x = width * ((column + (row % 2 === 0 ? 0.2 : 0.7)) / 4);
      wall +=
        (row + column) % 2 === 0
          ? drawLettering(words, {
              x,
              y: height * (0.06 + row * 0.12),
              size: height * 0.034,
              colour: palette.main,
              weight: 0.2,
              maxWidth: width * 0.2,
            })
          : drawChannelLogo(x, height * (0.077 + row * 0.12), width * 0.028, palette);
    }
  }
  let people = "";
  let microphones = "";
  for (let index = 0; index < count; index++) {
    const x = width * ((index + 0.5) / count);
    people += drawPerson(
      pickLook(chance, { formal: true }),
      {
        leftHand: [-40, -250],
        rightHand: chance.happens(0.4) ? [100, -380] : [40, -250],
        expression: {
          mouth: index === 0 ? "talk" : chance.pick(["calm", "smile"] as const),
          gaze: chance.between(-0.8, 0.8),
        },
      },
      { x, y: table + heightPx * 0.42, heightPx },
    );
    const number = count === 1 ? chance.whole(4, 7) : 2;
    for (let place = 0; place < number; place++) {
      microphones += drawMicrophone(chance, {
        x: x + (place - (number - 1) / 2) * width * 0.062,
        y: table + height * 0.05,
        size: height * chance.between(0.13, 0.17),
        lean: (place - (number - 1) / 2) * -7,
      });
    }
  }
  const desk =
    rect(0, table, width, height - table, shade(palette.main, 0.35)) +
    rect(0, table, width, height * 0.02, tint(palette.main, 0.3)) +
    drawLettering(words, {
      x: width / 2,
      y: table + height * 0.12,
      size: height * 0.05,
      colour: palette.paper,
      weight: 0.2,
    });
  const press = chance.happens(0.6)
    ? drawCrowdFromBehind(
        chance,
        {
          width,
          topY: height * 0.95,
          bottomY: height * 0.97,
          rows: 1,
          headPx: width * 0.15,
          shadow: 0.6,
          props: 0,
        },
        palette,
      ) + drawCameraFromBehind(width * chance.pick([0.2, 0.8]), height * 0.86, width * 0.16)
    : "";
  return {
    seen: { place: "press room", time: "indoors", colour: palette.name, people: String(count) },
    content: wall + people + desk + microphones + press,
  };
}

function drawMicrophones(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const heightPx = height * 1.35;
  const number = chance.pick([1, 2, 3, 4, 5]);
  let hands = "";
  for (let index = 0; index < number; index++) {
    const share = number === 1 ? chance.pick([0.36, 0.64]) : 0.22 + (index / (number - 1)) * 0.56;
    const x = width * share;
    const lean = (0.5 - share) * 50;
    hands += drawMicrophone(chance, {
      x,
      y: height * chance.between(0.92, 1),
      size: height * chance.between(0.28, 0.36),
      lean,
      held: chance.pick(["#2f4a78", "#40444f", "#8a5a3c", "#c8473a"]),
    });
  }
  let blur = "";
  for (let index = 0; index < 12; index++)
    blur += faded(
      circle(
        width * chance.between(0, 1),
        height * chance.between(0, 0.7),
        width * chance.between(0.02, 0.07),
        "#fff6d8",
      ),
      0.22,
    );
  return {
    seen: { place: "indoors", time: "indoors", colour: palette.name, people: "1" },
    content: [
      gradientRect(0, 0, width, height, shade(palette.second, 0.4), shade(palette.second, 0.15)),
      blur,
      drawPerson(
        pickLook(chance, { formal: true }),
        {
          expression: { mouth: "talk", detailed: true, gaze: chance.between(-0.8, 0.8) },
          tilt: chance.between(-5, 5),
        },
        { x: width / 2, y: height * 0.38 + heightPx * 0.89, heightPx },
      ),
      hands,
      chance.happens(0.4) ? drawLowerThird(sheet, chance.pick(channels)) : "",
    ].join(""),
  };
}

function drawBehindTheCamera(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const floor = height * 0.84;
  const heightPx = height * 0.56;
  const side = chance.pick([0.34, 0.66]);
  return {
    seen: { place: "studio", time: "indoors", colour: palette.name, people: "crew" },
    content: [
      gradientRect(0, 0, width, height, "#3a3850", "#282636"),
      rect(width * 0.16, height * 0.08, width * 0.68, height * 0.7, tint(palette.second, 0.1), 4),
      drawSpotlights(width, floor, 3, "#ffffff"),
      rect(0, floor - height * 0.06, width, height * 0.3, "#4a4658"),
      drawArmchair(width * 0.5, floor, heightPx, palette.main),
      drawPerson(
        pickLook(chance, { formal: true }),
        {
          sitting: true,
          rightHand: [84, -290],
          leftHand: [-60, -215],
          expression: { mouth: "talk", gaze: side < 0.5 ? -0.8 : 0.8 },
        },
        { x: width * 0.5, y: floor, heightPx },
      ),
      drawSoftbox(
        width * (side < 0.5 ? 0.93 : 0.07),
        floor + height * 0.08,
        height * 0.7,
        side < 0.5 ? -1 : 1,
      ),
      chance.happens(0.6)
        ? drawPerson(
            pickLook(chance),
            { fromBehind: true, rightHand: [40, -330] },
            { x: width * (side < 0.5 ? 0.12 : 0.88), y: height * 1.1, heightPx: height * 0.86 },
          )
        : "",
      drawCameraFromBehind(width * side, height * 0.68, width * 0.26),
      drawLabel("REC", {
        x: width * 0.12,
        y: height * 0.07,
        size: height * 0.026,
        fill: "#d33a35",
        colour: "#ffffff",
      }),
      drawClapper(chance, width * (side < 0.5 ? 0.62 : 0.28), height * 0.9, width * 0.13),
    ].join(""),
  };
}

function drawClapper(chance: Chance, x: number, y: number, size: number): string {
  if (chance.happens(0.5)) return "";
  return (
    rect(x, y - size * 0.6, size, size * 0.6, "#1f1d29", 4) +
    rect(x, y - size * 0.76, size, size * 0.14, "#f4f1ea", 2) +
    [0.1, 0.4, 0.7]
      .map((share) => rect(x + size * share, y - size * 0.76, size * 0.15, size * 0.14, "#1f1d29"))
      .join("") +
    drawTextLines(
      { x: x + size * 0.1, y: y - size * 0.44, width: size * 0.8, lineHeight: size * 0.16 },
      [0.9, 0.6],
      "#8d8a9a",
    )
  );
}

function drawPodcast(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const pair = chance.happens(0.5);
  const heightPx = height * (pair ? 0.95 : 1.15);
  let foam = gradientRect(0, 0, width, height, shade(palette.main, 0.5), shade(palette.main, 0.65));
  const cell = width / 9;
  for (let row = 0; row * cell < height * 0.7; row++) {
    for (let column = 0; column < 9; column++)
      foam += rect(
        column * cell + 4,
        row * cell + 4,
        cell - 8,
        cell - 8,
        (row + column) % 2 === 0 ? shade(palette.main, 0.42) : shade(palette.main, 0.56),
        8,
      );
  }
  const table = height * 0.8;
  const guest = (x: number, gaze: number) => {
    const headphones = (headX: number, headY: number, size: number) =>
      stroke(
        `M${short(headX - size)} ${short(headY)}A${short(size)} ${short(size * 1.15)} 0 0 1 ${short(headX + size)} ${short(headY)}`,
        "#23212c",
        size * 0.2,
      ) +
      rect(headX - size * 1.2, headY - size * 0.3, size * 0.42, size * 0.75, "#23212c", size * 0.2) +
      rect(headX + size * 0.78, headY - size * 0.3, size * 0.42, size * 0.75, "#23212c", size * 0.2);
    const y = table + heightPx * 0.42;
    return (
      drawPerson(
        pickLook(chance),
        {
          leftHand: [-46, -236],
          rightHand: [46, -236],
          expression: { mouth: chance.pick(["talk", "laugh", "smile"] as const), gaze, detailed: !pair },
        },
        { x, y, heightPx },
      ) + headphones(x, y - heightPx * 0.905, heightPx * 0.1)
    );
  };
  const arm = (x: number, turn: number) =>
    polyline(
      [
        [x + turn * width * 0.2, table],
        [x + turn * width * 0.26, height * 0.55],
        [x + turn * width * 0.07, height * 0.6],
      ],
      "#3d3a4a",
      7,
    ) + placedMicrophone(x + turn * width * 0.06, height * 0.6, height * 0.1);
  return {
    seen: { place: "studio", time: "indoors", colour: palette.name, people: pair ? "2" : "1" },
    content: [
      foam,
      drawLabel("ON AIR", {
        x: width * (pair ? 0.5 : 0.2),
        y: height * 0.1,
        size: height * 0.045,
        fill: "#d33a35",
        colour: "#ffffff",
      }),
      pair ? guest(width * 0.27, 0.8) + guest(width * 0.73, -0.8) : guest(width * 0.5, 0),
      rect(0, table, width, height - table, "#8b6446") + rect(0, table, width, 10, "#b58862"),
      pair ? arm(width * 0.27, 1) + arm(width * 0.73, -1) : arm(width * 0.5, chance.pick([-1, 1])),
      rect(width * 0.44, table + height * 0.03, width * 0.12, height * 0.07, palette.paper, 8),
    ].join(""),
  };
}

function placedMicrophone(x: number, y: number, size: number): string {
  return (
    rect(x - size * 0.28, y - size * 0.5, size * 0.56, size, "#2a2835", size * 0.26) +
    [-0.25, 0, 0.25]
      .map((step) => rect(x - size * 0.28, y + size * step - 2, size * 0.56, 3, "#5c586b"))
      .join("")
  );
}
