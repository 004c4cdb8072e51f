import { drawFace, drawHeadFromBehind, type Expression } from "./face.ts";
import { drawBackHair } from "./hair.ts";
import type { Look } from "./look.ts";
import { shade, tint } from "./palette.ts";
import { circle, ellipse, type Point, placed, polyline, rect, shape, short, stroke } from "./svg.ts";

/** How a person stands: in figure units, feet at (0, 0), eyes near y = -450, 510 units high. */
export interface Pose {
  /** Where the hands are; a hand left out hangs down. Left is the viewer's left. */
  readonly leftHand?: Point;
  readonly rightHand?: Point;
  readonly expression?: Expression;
  /** Head turned sideways, degrees. */
  readonly tilt?: number;
  readonly fromBehind?: boolean;
  /** Sitting: thighs come forward and the figure is lower; give the seat something to sit on. */
  readonly sitting?: boolean;
  /** Arms drawn behind the body, as when the hands are behind somebody's back. */
  readonly armsBehind?: boolean;
}

/** Height of the shoulder joints and their distance from the middle. */
const shoulder = { x: 55, y: -352 };
const armLength = { upper: 84, lower: 82 };

/** A person about as tall as `heightPx` with the feet at (x, y). */
export function drawPerson(look: Look, pose: Pose, at: { x: number; y: number; heightPx: number }): string {
  const leftArm = drawArm(look, "left", pose.leftHand ?? [-68, -189]);
  const rightArm = drawArm(look, "right", pose.rightHand ?? [68, -189]);
  const head = pose.fromBehind
    ? drawHeadFromBehind(look)
    : drawFace(look, pose.expression ?? { mouth: "smile" });
  const headAt = { y: -452, turn: pose.tilt ?? 0, scale: 1.1 };
  const body = [
    pose.fromBehind ? "" : placed(drawBackHair(look), headAt),
    pose.sitting ? drawSittingLegs(look) : drawLegs(look),
    pose.armsBehind ? leftArm + rightArm : "",
    rect(-17, -402, 34, 46, shade(look.skin, 0.12), 12),
    drawTorso(look, pose.fromBehind ?? false),
    placed(head, headAt),
    pose.armsBehind ? "" : leftArm + rightArm,
  ].join("");
  return placed(body, { x: at.x, y: at.y, scale: at.heightPx / 500 });
}

/** Where a hand is in picture units, given in figure units: to let two people touch. */
export function inFigure(point: Point, at: { x: number; y: number; heightPx: number }): Point {
  const scale = 500 / at.heightPx;
  return [(point[0] - at.x) * scale, (point[1] - at.y) * scale];
}

function drawLegs(look: Look): string {
  if (look.outfit === "dress") {
    const legs = stroke("M-20 -130V-14M20 -130V-14", look.skin, 24);
    const skirt = shape("M-44 -212C-60 -170 -70 -130 -74 -104H74C70 -130 60 -170 44 -212Z", look.top);
    return legs + shoe(-24, look.accent) + shoe(24, look.accent) + skirt;
  }
  return (
    shape("M-46 -220H46L44 -14H12L2 -170H-2L-12 -14H-44Z", look.trousers) +
    shoe(-30, "#2b2730") +
    shoe(30, "#2b2730")
  );
}

function drawSittingLegs(look: Look): string {
  const colour = look.outfit === "dress" ? look.top : look.trousers;
  const shin = look.outfit === "dress" ? look.skin : look.trousers;
  return [
    stroke("M-30 -186L-46 -150L-48 -14M30 -186L46 -150L48 -14", shin, 38),
    shape("M-52 -220H52L70 -160C72 -132 24 -132 22 -152L0 -180L-22 -152C-24 -132 -72 -132 -70 -160Z", colour),
    shoe(-54, "#2b2730"),
    shoe(54, "#2b2730"),
  ].join("");
}

function shoe(x: number, colour: string): string {
  return shape(`M${short(x - 22)} 0C${short(x - 22)} -24 ${short(x + 22)} -24 ${short(x + 22)} 0Z`, colour);
}

function drawTorso(look: Look, fromBehind: boolean): string {
  const outline = "M-72 -336C-72 -366 -50 -376 -20 -382H20C50 -376 72 -366 72 -336L54 -200H-54Z";
  const body = shape(outline, look.top);
  if (fromBehind) return body + stroke("M-34 -330Q0 -316 34 -330", shade(look.top), 3);
  switch (look.outfit) {
    case "suit":
      return [
        body,
        shape("M-22 -383L0 -300L22 -383Z", "#f7f5f0"),
        shape("M-7 -376H7L4 -362L9 -318L0 -302L-9 -318L-4 -362Z", look.accent),
        shape(
          "M-24 -384L-40 -352L-26 -344L-2 -296L-12 -340ZM24 -384L40 -352L26 -344L2 -296L12 -340Z",
          tint(look.top, 0.14),
        ),
        stroke("M0 -296V-202", shade(look.top, 0.3), 2.5),
        circle(6, -268, 3.2, shade(look.top, 0.4)),
      ].join("");
    case "shirt":
      return [
        body,
        shape("M-20 -384L0 -352L20 -384Z", shade(look.skin, 0.12)),
        shape("M-22 -386L-28 -362L0 -346L-14 -372ZM22 -386L28 -362L0 -346L14 -372Z", tint(look.top, 0.3)),
        stroke("M0 -346V-202", shade(look.top), 2.5),
        [-322, -292, -262, -232].map((y) => circle(0, y, 2.8, tint(look.top, 0.55))).join(""),
      ].join("");
    case "hoodie":
      return [
        body,
        shape("M-36 -372C-30 -396 30 -396 36 -372C20 -352 -20 -352 -36 -372Z", shade(look.top)),
        stroke("M-10 -358V-318M10 -358V-318", tint(look.top, 0.6), 3),
        shape("M-34 -212L-26 -252H26L34 -212Z", shade(look.top, 0.1)),
      ].join("");
    case "stripes":
      return [
        body,
        [-340, -308, -276, -244]
          .map((y) =>
            stroke(`M${short(-66 - (y + 336) * 0.1)} ${y}H${short(66 + (y + 336) * 0.1)}`, look.accent, 9),
          )
          .join(""),
        ellipse(0, -381, 22, 9, shade(look.skin, 0.12)),
      ].join("");
    case "dress":
      return (
        body +
        shape("M-24 -384C-20 -352 20 -352 24 -384Z", look.skin) +
        stroke("M-55 -206H55", look.accent, 9)
      );
    case "jumper":
      return (
        body +
        stroke("M-24 -380Q0 -364 24 -380", tint(look.top, 0.25), 10) +
        stroke("M-54 -206H54", shade(look.top, 0.12), 10)
      );
    default:
      return body + ellipse(0, -382, 23, 10, shade(look.skin, 0.12));
  }
}

/** An arm in two parts; the elbow is where both reach, bent outwards. */
function drawArm(look: Look, side: "left" | "right", hand: Point): string {
  const sign = side === "left" ? -1 : 1;
  const from: Point = [sign * shoulder.x, shoulder.y];
  const reachX = hand[0] - from[0];
  const reachY = hand[1] - from[1];
  const distance = Math.max(1, Math.hypot(reachX, reachY));
  const { upper, lower } = armLength;
  const along = Math.min(distance / 2, (upper ** 2 - lower ** 2 + distance ** 2) / (2 * distance));
  const aside = Math.sqrt(Math.max(0, upper ** 2 - along ** 2));
  // Of the two elbows that fit, the lower and outer one looks relaxed.
  const candidates = [1, -1].map(
    (turn): Point => [
      from[0] + (reachX * along - turn * reachY * aside) / distance,
      from[1] + (reachY * along + turn * reachX * aside) / distance,
    ],
  );
  const [first = from, second = from] = candidates;
  const rank = ([x, y]: Point) => y + sign * x * 0.3;
  const elbow =
    distance >= upper + lower
      ? ([(from[0] + hand[0]) / 2, (from[1] + hand[1]) / 2] as const)
      : rank(first) > rank(second)
        ? first
        : second;
  const bare = look.outfit === "tee" || look.outfit === "dress";
  const sleeve = shade(look.top, 0.1);
  const forearm = polyline([elbow, hand], bare ? look.skin : sleeve, bare ? 22 : 27);
  const upperArm = polyline([from, elbow], sleeve, 31);
  const cuff = look.outfit === "suit" ? circle(hand[0], hand[1], 15.5, "#f7f5f0") : "";
  return forearm + upperArm + cuff + circle(hand[0], hand[1], 14.5, look.skin);
}
