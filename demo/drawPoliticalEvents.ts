import { drawBunting, drawHouses, drawSky, drawSpotlights, drawTree, pickTime } from "./backdrop.ts";
import { drawCrowdFacing, drawCrowdFromBehind, signWords } from "./crowd.ts";
import { drawPerson } from "./figure.ts";
import { drawLettering } from "./lettering.ts";
import { pickLook } from "./look.ts";
import { shade, tint } from "./palette.ts";
import type { Drawing, DrawKind, Sheet } from "./sheet.ts";
import { drawBalloons, drawChair, drawLectern, drawSloganWall, drawStandingFlag, slogans } from "./stage.ts";
import { ellipse, gradientRect, polygon, rect, shape, short } from "./svg.ts";

/** Rallies, marches, stages, halls and venues. */
export const politicalEventKinds = {
  rally: drawRally,
  march: drawMarch,
  stageSpeech: drawStageSpeech,
  conventionHall: drawConventionHall,
  emptyVenue: drawEmptyVenue,
  cheeringAudience: drawCheeringAudience,
} satisfies Record<string, DrawKind>;

/** An open-air rally: a small stage, a speaker, and many people from behind with signs. */
function drawRally(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const time = pickTime(chance);
  const horizon = height * chance.between(0.48, 0.56);
  const stageX = width * chance.between(0.26, 0.4);
  const stageWidth = width * 0.38;
  const person = height * 0.17;
  return {
    seen: { place: "outdoors", time, colour: palette.name, people: "many" },
    content: [
      drawSky(sheet, time),
      drawHouses(sheet, horizon, [height * 0.12, height * 0.26], time),
      drawTree(chance, width * chance.between(0.02, 0.12), horizon, height * 0.26),
      drawTree(chance, width * chance.between(0.88, 0.98), horizon, height * 0.24),
      rect(0, horizon, width, height - horizon, time === "night" ? "#3a4058" : "#b7b49c"),
      rect(stageX - 8, horizon - height * 0.27, 6, height * 0.3, "#5d5a66"),
      rect(stageX + stageWidth + 2, horizon - height * 0.27, 6, height * 0.3, "#5d5a66"),
      drawSloganWall(
        chance,
        { x: stageX, y: horizon - height * 0.27, width: stageWidth, height: height * 0.25 },
        palette,
      ),
      rect(stageX - 16, horizon - height * 0.02, stageWidth + 32, height * 0.07, shade(palette.main, 0.45)),
      drawPerson(
        pickLook(chance, { formal: true }),
        { rightHand: [105, -455], expression: { mouth: "talk" } },
        { x: stageX + stageWidth * 0.5, y: horizon, heightPx: person },
      ),
      drawLectern(stageX + stageWidth * 0.5, horizon + 2, person * 0.5, palette),
      chance.happens(0.4)
        ? drawBunting(width, height * 0.08, height * 0.05, [palette.main, palette.accent, palette.second])
        : "",
      drawCrowdFromBehind(
        chance,
        {
          width,
          topY: horizon + height * 0.1,
          bottomY: height * 0.93,
          rows: chance.whole(4, 5),
          headPx: width * chance.between(0.1, 0.13),
          props: 0.34,
          shadow: time === "night" ? 0.25 : 0,
        },
        palette,
      ),
    ].join(""),
  };
}

/** A march through a street behind a wide banner. */
function drawMarch(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const time = chance.pick(["day", "day", "overcast", "morning", "evening"] as const);
  const horizon = height * 0.5;
  const banner = { y: height * 0.7, height: height * 0.15 };
  const words = chance.happens(0.5) ? chance.pick(slogans)[0] : chance.pick(signWords);
  return {
    seen: { place: "street", time, colour: palette.name, people: "many" },
    content: [
      drawSky(sheet, time),
      drawHouses(sheet, horizon + height * 0.04, [height * 0.2, height * 0.4], time),
      gradientRect(0, horizon, width, height - horizon, "#9a9ca6", "#7e818d"),
      drawCrowdFacing(
        chance,
        { width, bottomY: height * 0.93, rows: 3, heightPx: height * 0.5, props: 0.4 },
        palette,
      ),
      shape(
        `M${short(-10)} ${short(banner.y)}Q${short(width / 2)} ${short(banner.y + 18)} ${short(width + 10)} ${short(banner.y)}V${short(banner.y + banner.height)}Q${short(width / 2)} ${short(banner.y + banner.height + 18)} -10 ${short(banner.y + banner.height)}Z`,
        palette.main,
      ),
      drawLettering(words, {
        x: width / 2,
        y: banner.y + banner.height * 0.42,
        size: banner.height * 0.46,
        colour: palette.paper,
        weight: 0.2,
        maxWidth: width * 0.78,
      }),
    ].join(""),
  };
}

/** Somebody speaks at a lectern on a lit stage; the audience is dark before it. */
function drawStageSpeech(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const floor = height * 0.7;
  const person = height * chance.between(0.4, 0.48);
  const x = width * chance.between(0.42, 0.58);
  const others = chance.whole(0, 2);
  let company = "";
  for (let index = 0; index < others; index++) {
    const side = index === 0 ? 0.22 : 0.79;
    company += drawPerson(
      pickLook(chance, { formal: true }),
      { leftHand: [-8, -270], rightHand: [10, -262] },
      { x: width * side, y: floor + 4, heightPx: person * 0.92 },
    );
  }
  return {
    seen: { place: "stage", time: "indoors", colour: palette.name, people: "speaker" },
    content: [
      gradientRect(0, 0, width, height, shade(palette.main, 0.75), shade(palette.main, 0.5)),
      drawSloganWall(
        chance,
        { x: width * 0.12, y: height * 0.1, width: width * 0.76, height: height * 0.4 },
        palette,
      ),
      drawSpotlights(width, floor, chance.whole(3, 6), "#fff3c9"),
      rect(0, floor, width, height * 0.08, shade(palette.second, 0.35)),
      rect(0, floor + height * 0.08, width, height * 0.3, "#1c1a2a"),
      drawStandingFlag(width * 0.07, floor, height * 0.38, palette),
      drawStandingFlag(width * 0.88, floor, height * 0.38, palette),
      company,
      ellipse(x, floor + 4, person * 0.3, 8, shade(palette.second, 0.5)),
      drawPerson(
        pickLook(chance, { formal: true }),
        {
          rightHand: chance.pick([
            [120, -420],
            [60, -300],
            [110, -500],
          ] as const),
          leftHand: [-50, -262],
          expression: { mouth: chance.pick(["talk", "laugh", "smile"] as const) },
        },
        { x, y: floor + 4, heightPx: person },
      ),
      drawLectern(x, floor + 8, person * 0.52, palette),
      drawCrowdFromBehind(
        chance,
        {
          width,
          topY: height * 0.84,
          bottomY: height * 0.95,
          rows: 2,
          headPx: width * 0.12,
          shadow: 0.72,
          props: 0.2,
        },
        palette,
      ),
    ].join(""),
  };
}

/** Inside a big hall: rows of delegates, screens, balloons and hanging banners. */
function drawConventionHall(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const wall = tint(palette.second, 0.35);
  let banners = "";
  for (const x of [0.08, 0.2, 0.8, 0.92]) {
    banners += polygon(
      [
        [width * (x - 0.045), 0],
        [width * (x + 0.045), 0],
        [width * (x + 0.045), height * 0.3],
        [width * x, height * 0.26],
        [width * (x - 0.045), height * 0.3],
      ],
      x < 0.5 ? palette.accent : palette.main,
    );
  }
  const person = height * 0.2;
  return {
    seen: { place: "hall", time: "indoors", colour: palette.name, people: "many" },
    content: [
      gradientRect(0, 0, width, height, shade(wall, 0.25), wall),
      drawSpotlights(width, height * 0.5, 5, "#ffffff"),
      banners,
      drawSloganWall(
        chance,
        { x: width * 0.28, y: height * 0.1, width: width * 0.44, height: height * 0.26 },
        palette,
      ),
      rect(width * 0.2, height * 0.46, width * 0.6, height * 0.09, shade(palette.main, 0.5), 4),
      drawPerson(
        pickLook(chance, { formal: true }),
        { expression: { mouth: "talk" }, leftHand: [-110, -430] },
        { x: width * 0.5, y: height * 0.47, heightPx: person },
      ),
      drawLectern(width * 0.5, height * 0.475, person * 0.5, palette),
      gradientRect(0, height * 0.55, width, height * 0.45, "#6d5f77", "#4b4258"),
      drawBalloons(chance, width * 0.5, height * 0.05, width * 0.07, chance.whole(6, 16), palette),
      drawCrowdFromBehind(
        chance,
        {
          width,
          topY: height * 0.6,
          bottomY: height * 0.94,
          rows: 4,
          headPx: width * chance.between(0.1, 0.13),
          shadow: 0.18,
          props: chance.pick([0.05, 0.3]),
        },
        palette,
      ),
    ].join(""),
  };
}

/** A place made ready for an event, with nobody there yet. */
function drawEmptyVenue(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const outdoors = chance.happens(0.4);
  const floor = height * 0.52;
  let chairs = "";
  for (let row = 0; row < 4; row++) {
    const size = width * (0.075 + row * 0.018);
    const y = floor + height * (0.17 + row * 0.105);
    const count = Math.ceil(width / (size * 1.25)) + 1;
    for (let place = 0; place < count; place++) {
      const x = (place - 0.5 * (row % 2)) * size * 1.25;
      if (Math.abs(x - width / 2) > size * 0.8)
        chairs += drawChair(x, y, size, row % 2 === 0 ? palette.second : tint(palette.second, 0.2));
    }
  }
  return {
    seen: {
      place: outdoors ? "outdoors" : "hall",
      time: outdoors ? "day" : "indoors",
      colour: palette.name,
      people: "none",
    },
    content: [
      outdoors
        ? drawSky(sheet, "day") + drawHouses(sheet, floor, [height * 0.1, height * 0.22], "day")
        : gradientRect(0, 0, width, floor, shade(palette.second, 0.2), tint(palette.second, 0.4)),
      outdoors
        ? rect(0, floor, width, height - floor, "#9cbf7d")
        : gradientRect(0, floor, width, height - floor, "#b98f6a", "#94704f"),
      outdoors ? "" : drawSpotlights(width, floor, 4, "#ffffff"),
      drawSloganWall(
        chance,
        { x: width * 0.24, y: height * 0.12, width: width * 0.52, height: height * 0.3 },
        palette,
      ),
      rect(width * 0.17, floor - height * 0.06, width * 0.66, height * 0.11, shade(palette.main, 0.45), 3),
      drawStandingFlag(width * 0.22, floor - height * 0.05, height * 0.3, palette),
      drawStandingFlag(width * 0.74, floor - height * 0.05, height * 0.3, palette),
      drawLectern(width * 0.5, floor - height * 0.03, height * 0.15, palette),
      chance.happens(0.5)
        ? drawBunting(width, height * 0.04, height * 0.05, [palette.main, palette.accent, palette.paper])
        : drawBalloons(chance, width * 0.14, height * 0.24, width * 0.08, 6, palette) +
          drawBalloons(chance, width * 0.86, height * 0.24, width * 0.08, 6, palette),
      chairs,
    ].join(""),
  };
}

/** Supporters close by, cheering with signs and flags. */
function drawCheeringAudience(sheet: Sheet): Drawing {
  const { chance, width, height, palette } = sheet;
  const indoors = chance.happens(0.45);
  const time = indoors ? "indoors" : chance.pick(["day", "day", "evening", "overcast"] as const);
  const setting =
    time === "indoors"
      ? gradientRect(0, 0, width, height, shade(palette.main, 0.55), shade(palette.main, 0.25)) +
        drawSpotlights(width, height * 0.6, 5, "#fff3c9")
      : drawSky(sheet, time) +
        drawHouses(sheet, height * 0.5, [height * 0.1, height * 0.26], time) +
        rect(0, height * 0.5, width, height * 0.5, "#b3ae9a");
  return {
    seen: { place: indoors ? "hall" : "outdoors", time, colour: palette.name, people: "many" },
    content: [
      setting,
      drawCrowdFacing(
        chance,
        {
          width,
          bottomY: height * 1.12,
          rows: 4,
          heightPx: height * chance.between(0.55, 0.66),
          props: 0.45,
          cheering: true,
        },
        palette,
      ),
    ].join(""),
  };
}
