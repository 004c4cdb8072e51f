import type { Chance } from "./chance.ts";
import { campaignMaterialKinds } from "./drawCampaignMaterial.ts";
import { foodKinds } from "./drawFood.ts";
import { individualContactKinds } from "./drawIndividualContact.ts";
import { interviewKinds } from "./drawInterviews.ts";
import { politicalEventKinds } from "./drawPoliticalEvents.ts";
import { portraitKinds } from "./drawPortraits.ts";
import { sceneryKinds } from "./drawScenery.ts";
import { drawHead } from "./face.ts";
import { drawLabel, drawLettering, drawTextLines } from "./lettering.ts";
import { pickLook } from "./look.ts";
import { mix, type Palette, pickPalette, shade, tint } from "./palette.ts";
import type { Drawing, DrawKind, Sheet } from "./sheet.ts";
import {
  circle,
  faded,
  gradientRect,
  placed,
  polygon,
  polyline,
  rect,
  roundWindow,
  short,
  stroke,
  windowed,
} from "./svg.ts";

/** Screenshots and pictures put together from several others. */
export const collageKinds = {
  photoGrid: drawPhotoGrid,
  chatScreenshot: drawChatScreenshot,
  feedScreenshot: drawFeedScreenshot,
  webScreenshot: drawWebScreenshot,
  infographic: drawInfographic,
  scrapbook: drawScrapbook,
} satisfies Record<string, DrawKind>;

const innerKinds: readonly DrawKind[] = [
  politicalEventKinds,
  individualContactKinds,
  interviewKinds,
  portraitKinds,
  sceneryKinds,
  foodKinds,
  campaignMaterialKinds,
].flatMap((kinds) => Object.values(kinds) as DrawKind[]);

/** A small picture of any other kind, cut to the box. */
function drawInner(chance: Chance, box: { x: number; y: number; width: number; height: number }): string {
  const width = 480;
  const height = Math.max(360, Math.min(640, Math.round((480 * box.height) / box.width)));
  const inner = chance.pick(innerKinds)({ chance, width, height, palette: pickPalette(chance) });
  return windowed(inner.content, box, { width, height });
}

/** A round profile picture. */
function drawAvatar(chance: Chance, x: number, y: number, radius: number): string {
  const look = pickLook(chance);
  const body =
    circle(x, y, radius, tint(look.accent, 0.4)) +
    circle(x, y + radius * 1.25, radius * 0.75, look.top) +
    placed(drawHead(look, { mouth: "smile" }), { x, y: y + radius * 0.04, scale: radius / 82 });
  return roundWindow(body, x, y, radius);
}

function ragged(chance: Chance, lines: number): readonly number[] {
  return Array.from({ length: lines }, (_, index) =>
    index === lines - 1 ? chance.between(0.3, 0.7) : chance.between(0.82, 1),
  );
}

function drawPhotoGrid({ chance, width, height, palette }: Sheet): Drawing {
  const gap = chance.pick([4, 8, 12]);
  const layout = chance.pick(["2x2", "3x3", "2x3", "one and two", "strips"]);
  const boxes: { x: number; y: number; width: number; height: number }[] = [];
  const grid = (columns: number, rows: number) => {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++)
        boxes.push({
          x: (column * width) / columns,
          y: (row * height) / rows,
          width: width / columns,
          height: height / rows,
        });
    }
  };
  if (layout === "2x2") grid(2, 2);
  else if (layout === "3x3") grid(3, 3);
  else if (layout === "2x3") grid(width > height ? 3 : 2, width > height ? 2 : 3);
  else if (layout === "strips") grid(1, 4);
  else
    boxes.push(
      { x: 0, y: 0, width, height: height * 0.56 },
      { x: 0, y: height * 0.56, width: width / 2, height: height * 0.44 },
      { x: width / 2, y: height * 0.56, width: width / 2, height: height * 0.44 },
    );
  const pictures = boxes.map((box) =>
    drawInner(chance, {
      x: box.x + gap / 2,
      y: box.y + gap / 2,
      width: box.width - gap,
      height: box.height - gap,
    }),
  );
  const label = chance.happens(0.45)
    ? drawLabel(chance.pick(["OUR WEEK", "BEST OF", "THANK YOU!", "2031", "ON TOUR", "MY DAY"]), {
        x: width / 2,
        y: height * 0.5,
        size: width * 0.05,
        fill: palette.main,
        colour: palette.paper,
        turn: chance.between(-6, 6),
      })
    : "";
  return {
    seen: { layout, colour: palette.name, pictures: String(boxes.length) },
    content:
      rect(0, 0, width, height, chance.pick(["#ffffff", palette.paper, palette.ink])) +
      pictures.join("") +
      label,
  };
}

function drawStatusBar(width: number, ink: string): string {
  return (
    drawLettering("9:41", { x: 22, y: 11, size: 12, colour: ink, align: "start" }) +
    rect(width - 46, 11, 24, 12, ink, 3) +
    [0, 1, 2].map((bar) => rect(width - 74 + bar * 7, 20 - bar * 4, 5, 3 + bar * 4, ink, 1)).join("")
  );
}

function drawChatScreenshot({ chance, width, height, palette }: Sheet): Drawing {
  const dark = chance.happens(0.3);
  const paper = dark ? "#20222c" : "#f4f2ee";
  const ink = dark ? "#eceaf2" : "#2b2833";
  const parts = [
    rect(0, 0, width, height, paper),
    rect(0, 0, width, 92, dark ? "#2c2f3c" : "#ffffff"),
    drawStatusBar(width, ink),
    stroke("M34 52L22 64L34 76", palette.main, 5),
    drawAvatar(chance, 78, 63, 22),
    drawTextLines({ x: 114, y: 52, width: width * 0.3, lineHeight: 18 }, [1, 0.6], mix(ink, paper, 0.3)),
  ];
  let mine = chance.happens(0.5);
  for (let y = 112; y < height - 130; ) {
    const bubbleWidth = width * chance.between(0.42, 0.66);
    const withPicture = chance.happens(0.35);
    const lines = chance.whole(1, 3);
    const bubbleHeight = withPicture ? width * 0.36 : 22 + lines * 20;
    const x = mine ? width - bubbleWidth - 22 : 66;
    const fill = mine ? palette.main : dark ? "#363a4a" : "#ffffff";
    parts.push(rect(x, y, bubbleWidth, bubbleHeight, fill, 18));
    parts.push(
      withPicture
        ? drawInner(chance, { x: x + 8, y: y + 8, width: bubbleWidth - 16, height: bubbleHeight - 16 })
        : drawTextLines(
            { x: x + 18, y: y + 16, width: bubbleWidth - 36, lineHeight: 20 },
            ragged(chance, lines),
            mine ? tint(palette.main, 0.7) : mix(ink, fill, 0.45),
          ),
    );
    if (!mine) parts.push(drawAvatar(chance, 36, y + bubbleHeight - 18, 18));
    y += bubbleHeight + 14;
    mine = chance.happens(0.35) ? mine : !mine;
  }
  parts.push(
    rect(0, height - 66, width, 66, dark ? "#2c2f3c" : "#ffffff"),
    rect(20, height - 52, width - 100, 38, dark ? "#20222c" : "#ebe8e2", 19),
    circle(width - 42, height - 33, 20, palette.main),
    polygon(
      [
        [width - 50, height - 42],
        [width - 30, height - 33],
        [width - 50, height - 24],
      ],
      "#ffffff",
    ),
  );
  return { seen: { layout: "chat", colour: dark ? "dark" : palette.name }, content: parts.join("") };
}

function drawFeedScreenshot({ chance, width, height, palette }: Sheet): Drawing {
  const dark = chance.happens(0.3);
  const paper = dark ? "#17181f" : "#ffffff";
  const ink = dark ? "#f0eff5" : "#2b2833";
  const grey = mix(ink, paper, 0.55);
  const parts = [rect(0, 0, width, height, paper), drawStatusBar(width, ink)];
  let y = 36;
  while (y < height) {
    const pictureHeight = Math.min(height * 0.46, width * 0.62);
    parts.push(
      drawAvatar(chance, 44, y + 26, 22),
      drawTextLines({ x: 80, y: y + 14, width: width * 0.36, lineHeight: 18 }, [1, 0.55], grey),
    );
    parts.push([0, 1, 2].map((dot) => circle(width - 50 + dot * 10, y + 26, 3, grey)).join(""));
    const lines = chance.whole(1, 3);
    parts.push(
      drawTextLines(
        { x: 26, y: y + 62, width: width - 52, lineHeight: 20 },
        ragged(chance, lines),
        mix(ink, paper, 0.3),
      ),
    );
    y += 62 + lines * 20 + 8;
    parts.push(drawInner(chance, { x: 26, y, width: width - 52, height: pictureHeight }));
    y += pictureHeight + 26;
    parts.push(
      drawHeartIcon(46, y, 11, "#e4574f"),
      stroke(`M84 ${short(y - 6)}h22v16h-12l-8 7v-7h-2Z`, grey, 3.5),
      polygon(
        [
          [130, y - 9],
          [152, y + 1],
          [130, y + 11],
        ],
        grey,
      ),
      rect(width - 50, y - 10, 16, 22, grey, 3),
      drawTextLines({ x: 170, y: y - 2, width: 90, lineHeight: 14 }, [1], grey),
    );
    y += 34;
  }
  parts.push(
    rect(0, height - 46, width, 46, paper),
    [0.12, 0.31, 0.5, 0.69, 0.88]
      .map((x, index) =>
        index === 2
          ? rect(width * x - 15, height - 37, 30, 26, palette.main, 8) +
            stroke(
              `M${short(width * x - 6)} ${short(height - 24)}h12M${short(width * x)} ${short(height - 30)}v12`,
              "#ffffff",
              3,
            )
          : circle(width * x, height - 24, 10, grey),
      )
      .join(""),
  );
  return { seen: { layout: "feed", colour: dark ? "dark" : palette.name }, content: parts.join("") };
}

function drawHeartIcon(x: number, y: number, size: number, colour: string): string {
  return (
    circle(x - size * 0.5, y - size * 0.2, size * 0.56, colour) +
    circle(x + size * 0.5, y - size * 0.2, size * 0.56, colour) +
    polygon(
      [
        [x - size, y],
        [x + size, y],
        [x, y + size * 1.1],
      ],
      colour,
    )
  );
}

function drawWebScreenshot({ chance, width, height, palette }: Sheet): Drawing {
  const grey = "#b9b5bf";
  const parts = [
    rect(0, 0, width, height, "#fdfcfa"),
    rect(0, 0, width, 44, "#dedbe2"),
    circle(22, 22, 7, "#ef6a5e"),
    circle(44, 22, 7, "#f4bd4f"),
    circle(66, 22, 7, "#61c454"),
    rect(92, 10, width - 112, 24, "#ffffff", 12),
    drawTextLines({ x: 110, y: 18, width: width * 0.4, lineHeight: 18 }, [1], grey),
    rect(0, 44, width, 50, palette.main),
    drawLettering(chance.pick(["DAILY NEWS", "CITY BLOG", "THE PAPER", "MY PAGE", "WATCH"]), {
      x: 24,
      y: 60,
      size: 20,
      colour: palette.paper,
      weight: 0.2,
      align: "start",
    }),
    [0.6, 0.74, 0.88].map((x) => rect(width * x, 66, width * 0.09, 8, tint(palette.main, 0.6), 4)).join(""),
  ];
  const heroHeight = height * chance.between(0.3, 0.4);
  parts.push(
    drawInner(chance, { x: 20, y: 110, width: width * 0.6, height: heroHeight }),
    drawTextLines(
      { x: width * 0.66 + 10, y: 116, width: width * 0.3, lineHeight: 26 },
      ragged(chance, 3),
      palette.ink,
    ),
    drawTextLines(
      { x: width * 0.66 + 10, y: 204, width: width * 0.3, lineHeight: 16 },
      ragged(chance, Math.max(2, Math.floor((heroHeight - 110) / 16))),
      grey,
    ),
  );
  const top = 110 + heroHeight + 22;
  const columns = chance.whole(2, 3);
  const columnWidth = (width - 20) / columns - 20;
  for (let column = 0; column < columns; column++) {
    const x = 20 + column * (columnWidth + 20);
    const cardHeight = Math.min(columnWidth * 0.66, height * 0.22);
    parts.push(
      drawInner(chance, { x, y: top, width: columnWidth, height: cardHeight }),
      drawTextLines(
        { x, y: top + cardHeight + 14, width: columnWidth, lineHeight: 22 },
        ragged(chance, 2),
        palette.ink,
      ),
      drawTextLines(
        { x, y: top + cardHeight + 62, width: columnWidth, lineHeight: 15 },
        ragged(chance, 8),
        grey,
      ),
    );
  }
  return { seen: { layout: "web page", colour: palette.name }, content: parts.join("") };
}

function drawInfographic({ chance, width, height, palette }: Sheet): Drawing {
  const parts = [
    rect(0, 0, width, height, palette.paper),
    rect(0, 0, width, height * 0.17, palette.main),
    drawLettering(
      chance.pick(["5 FACTS", "THE PLAN", "IN NUMBERS", "HOW WE VOTE", "THE RESULTS", "QUICK CHECK"]),
      {
        x: width / 2,
        y: height * 0.055,
        size: height * 0.06,
        colour: palette.paper,
        weight: 0.2,
        maxWidth: width * 0.86,
      },
    ),
  ];
  const chart = (x: number, y: number, size: number) => {
    const kind = chance.pick(["bars", "ring", "line"]);
    if (kind === "bars")
      return (
        [0, 1, 2, 3, 4]
          .map((bar) => {
            const value = size * chance.between(0.2, 0.9);
            return rect(
              x + bar * size * 0.2,
              y + size - value,
              size * 0.14,
              value,
              bar % 2 === 0 ? palette.main : palette.accent,
              3,
            );
          })
          .join("") + stroke(`M${short(x)} ${short(y + size)}H${short(x + size)}`, palette.ink, 3)
      );
    if (kind === "line")
      return (
        polyline(
          [0, 1, 2, 3, 4].map(
            (step) => [x + (step * size) / 4, y + size * chance.between(0.1, 0.9)] as const,
          ),
          palette.accent,
          7,
        ) + stroke(`M${short(x)} ${short(y)}V${short(y + size)}H${short(x + size)}`, palette.ink, 3)
      );
    const sweep = chance.between(0.3, 0.8) * Math.PI * 2;
    const [cx, cy, radius] = [x + size / 2, y + size / 2, size * 0.38];
    return (
      circle(cx, cy, radius + size * 0.09, palette.second) +
      stroke(
        `M${short(cx)} ${short(cy - radius)}A${short(radius)} ${short(radius)} 0 ${sweep > Math.PI ? 1 : 0} 1 ${short(cx + radius * Math.sin(sweep))} ${short(cy - radius * Math.cos(sweep))}`,
        palette.main,
        size * 0.18,
      ) +
      circle(cx, cy, radius * 0.72, palette.paper) +
      drawLettering(`${Math.round((sweep / Math.PI / 2) * 100)}%`, {
        x: cx,
        y: cy - size * 0.07,
        size: size * 0.14,
        colour: palette.ink,
        weight: 0.18,
      })
    );
  };
  const side = Math.min(width, height);
  const rows = 3;
  for (let row = 0; row < rows; row++) {
    const y = height * (0.22 + row * 0.26);
    const flip = row % 2 === 1;
    const size = side * 0.22;
    const pictureX = flip ? width * 0.94 - size * 1.3 : width * 0.06;
    parts.push(
      chance.happens(0.5)
        ? drawInner(chance, { x: pictureX, y, width: size * 1.3, height: size })
        : chart(pictureX, y, size),
    );
    const textX = flip ? width * 0.06 : width * 0.94 - width * 0.5;
    parts.push(
      drawLettering(`${row + 1}`, {
        x: textX + 14,
        y,
        size: size * 0.28,
        colour: palette.accent,
        weight: 0.22,
      }),
      drawTextLines(
        { x: textX + 40, y: y + 4, width: width * 0.5 - 40, lineHeight: size * 0.16 },
        [chance.between(0.6, 1)],
        palette.ink,
      ),
      drawTextLines(
        { x: textX, y: y + size * 0.42, width: width * 0.5, lineHeight: size * 0.14 },
        ragged(chance, 4),
        mix(palette.ink, palette.paper, 0.5),
      ),
    );
  }
  return { seen: { layout: "infographic", colour: palette.name }, content: parts.join("") };
}

function drawScrapbook({ chance, width, height, palette }: Sheet): Drawing {
  const side = Math.min(width, height);
  const parts = [
    gradientRect(0, 0, width, height, tint(palette.second, 0.4), tint(palette.second, 0.1)),
    drawConfetti(chance, width, height, palette),
  ];
  const spots = chance.pickSeveral(
    [
      [0.28, 0.28],
      [0.72, 0.26],
      [0.27, 0.72],
      [0.74, 0.72],
      [0.5, 0.5],
    ] as const,
    chance.whole(3, 5),
  );
  for (const [x, y] of spots) {
    const size = side * chance.between(0.36, 0.44);
    const frame =
      faded(rect(-size / 2 + 5, -size * 0.56 + 7, size, size * 1.12, "#1f1a2b", 3), 0.22) +
      rect(-size / 2, -size * 0.56, size, size * 1.12, "#ffffff", 3) +
      drawInner(chance, { x: -size * 0.45, y: -size * 0.51, width: size * 0.9, height: size * 0.86 }) +
      drawTextLines(
        { x: -size * 0.3, y: size * 0.42, width: size * 0.6, lineHeight: size * 0.1 },
        [chance.between(0.5, 1)],
        shade("#d8d4dc", 0.2),
      ) +
      placed(faded(rect(-size * 0.16, -size * 0.05, size * 0.32, size * 0.1, palette.accent), 0.75), {
        y: -size * 0.57,
        turn: chance.between(-14, 14),
      });
    parts.push(placed(frame, { x: width * x, y: height * y, turn: chance.between(-13, 13) }));
  }
  parts.push(
    drawLabel(chance.pick(["THROWBACK", "MEMORIES", "HELLO!", "BIG DAY", "OUR TEAM", "SWIPE"]), {
      x: width * chance.between(0.4, 0.6),
      y: height * chance.pick([0.07, 0.5, 0.94]),
      size: side * 0.045,
      fill: palette.main,
      colour: palette.paper,
      turn: chance.between(-7, 7),
    }),
  );
  return {
    seen: { layout: "scrapbook", colour: palette.name, pictures: String(spots.length) },
    content: parts.join(""),
  };
}

function drawConfetti(chance: Chance, width: number, height: number, palette: Palette): string {
  let bits = "";
  for (let index = 0; index < 26; index++) {
    const [x, y] = [width * chance.between(0, 1), height * chance.between(0, 1)];
    const colour = chance.pick([palette.main, palette.accent, "#ffffff"]);
    bits += chance.happens(0.5)
      ? circle(x, y, chance.between(4, 9), colour)
      : placed(rect(-7, -3, 14, 6, colour, 3), { x, y, turn: chance.between(0, 180) });
  }
  return bits;
}
