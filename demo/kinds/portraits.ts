import type { Chance } from "../drawing/chance.ts";
import { drawPerson } from "../drawing/figure.ts";
import { pickLook } from "../drawing/look.ts";
import { mix, shade, tint } from "../drawing/palette.ts";
import type { Drawing, DrawKind, Sheet } from "../drawing/sheet.ts";
import { circle, faded, glow, gradientRect } from "../drawing/svg.ts";

/** Faces that fill the frame, as people moderate their own profiles. */
export const portraitKinds = {
  closeUpFace: (sheet) =>
    drawPortrait(sheet, { size: sheet.chance.between(2.5, 3.1), faceY: 0.5, talking: false }),
  faceToCamera: (sheet) =>
    drawPortrait(sheet, { size: sheet.chance.between(1.95, 2.4), faceY: 0.47, talking: true }),
  profilePortrait: (sheet) =>
    drawPortrait(sheet, { size: sheet.chance.between(1.65, 2.1), faceY: 0.45, talking: false }),
} satisfies Record<string, DrawKind>;

function drawPortrait(sheet: Sheet, frame: { size: number; faceY: number; talking: boolean }): Drawing {
  const { chance, width, height, palette } = sheet;
  const side = Math.min(width, height);
  const heightPx = side * frame.size;
  const look = pickLook(chance);
  const mouth = frame.talking
    ? chance.pick(["talk", "talk", "laugh", "smile"] as const)
    : chance.pick(["smile", "calm", "laugh", "smile"] as const);
  const gesture = frame.talking && chance.happens(0.25) ? { rightHand: [78, -372] as const } : {};
  return {
    seen: { place: "plain", time: "indoors", colour: palette.name, people: "1" },
    content: [
      drawSoftBackdrop(sheet),
      drawPerson(
        look,
        {
          ...gesture,
          tilt: chance.between(-7, 7),
          expression: {
            mouth,
            detailed: true,
            gaze: chance.pick([0, 0, 0, 0.3, -0.3]),
            winking: chance.happens(0.05),
          },
        },
        { x: width * chance.between(0.47, 0.53), y: height * frame.faceY + heightPx * 0.9, heightPx },
      ),
      chance.happens(0.35) ? drawSideLight(chance, width, height) : "",
    ].join(""),
  };
}

function drawSoftBackdrop({ chance, width, height, palette }: Sheet): string {
  const base = chance.pick([
    palette.second,
    palette.paper,
    tint(palette.main, 0.3),
    "#cfd6da",
    "#e6d8c8",
    shade(palette.main, 0.35),
  ]);
  const style = chance.pick(["plain", "plain", "glow", "blurred", "halo"]);
  const plain = gradientRect(0, 0, width, height, tint(base, 0.18), shade(base, 0.08));
  if (style === "glow") return plain + glow(width / 2, height * 0.45, width * 0.7, tint(base, 0.6), 0.9);
  if (style === "halo")
    return (
      plain + circle(width / 2, height * 0.46, Math.min(width, height) * 0.44, mix(base, palette.accent, 0.5))
    );
  if (style === "plain") return plain;
  let spots = "";
  for (let index = 0; index < 9; index++) {
    const size = width * chance.between(0.06, 0.16);
    spots += faded(
      circle(
        width * chance.between(0, 1),
        height * chance.between(0, 0.9),
        size,
        chance.pick([tint(base, 0.5), palette.second, "#ffffff"]),
      ),
      0.3,
    );
  }
  return plain + spots;
}

function drawSideLight(chance: Chance, width: number, height: number): string {
  const warm = chance.pick(["#ffd9a0", "#ffffff", "#a9c8ff"]);
  return glow(width * chance.pick([0, 1]), height * 0.3, width * 0.8, warm, 0.35);
}
