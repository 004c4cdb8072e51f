import { drawBackHair, drawFrontHair } from "./hair.ts";
import type { Look } from "./look.ts";
import { mix, shade, tint } from "./palette.ts";
import { circle, ellipse, faded, rect, shape, stroke } from "./svg.ts";

/** What the face does; `gaze` moves the eyes, -1 (left) to 1 (right). */
export interface Expression {
  readonly mouth: "smile" | "laugh" | "talk" | "calm";
  readonly gaze?: number;
  /** Draw irises, lids and light, for faces that fill the picture. */
  readonly detailed?: boolean;
  readonly winking?: boolean;
}

/** The outline of the head: 80 units wide and 104 high round (0, 0). */
const headOutline = "M-40 -10C-41 -66 41 -66 40 -10C39 22 25 53 0 53C-25 53 -39 22 -40 -10Z";

/** A head seen from the front, its middle at (0, 0), the chin at y = 53; the hair may reach beyond. */
export function drawHead(look: Look, expression: Expression): string {
  return drawBackHair(look) + drawFace(look, expression);
}

/** A head without the hair that falls behind the shoulders. */
export function drawFace(look: Look, expression: Expression): string {
  const dark = shade(look.skin, 0.16);
  const blush = mix(look.skin, "#e0524d", 0.3);
  const ears =
    look.hairStyle === "headscarf"
      ? ""
      : circle(-40, 4, 9, look.skin) +
        circle(40, 4, 9, look.skin) +
        circle(-40, 5, 4, dark) +
        circle(40, 5, 4, dark);
  const cheeks = faded(ellipse(-23, 21, 9, 6, blush) + ellipse(23, 21, 9, 6, blush), 0.55);
  return [
    ears,
    look.earrings ? circle(-41, 17, 3.5, "#f1c550") + circle(41, 17, 3.5, "#f1c550") : "",
    shape(headOutline, look.skin),
    cheeks,
    drawBeard(look),
    drawBrows(look),
    drawEyes(look, expression),
    stroke("M-1 8Q-7 20 -2 21.5Q2 23 6 21", dark, expression.detailed ? 2.6 : 3.2),
    drawMouth(look, expression),
    look.glasses ? drawGlasses() : "",
    drawFrontHair(look),
  ].join("");
}

function drawBrows(look: Look): string {
  const colour = look.hairStyle === "bald" || look.hair === "#d8d6d4" ? "#7d736c" : shade(look.hair, 0.1);
  return stroke("M-26 -11Q-18 -16 -9 -12", colour, 3.6) + stroke("M26 -11Q18 -16 9 -12", colour, 3.6);
}

function drawEyes(look: Look, { gaze = 0, detailed = false, winking = false }: Expression): string {
  const shift = gaze * 2.6;
  const eye = (x: number) => {
    if (!detailed)
      return ellipse(x + shift, 1, 4, 4.8, "#2b2330") + circle(x + shift + 1.3, -0.6, 1.4, "#ffffff");
    const iris = ["#4a6f8f", "#5a4632", "#4f7a55", "#3a2c24"][look.top.charCodeAt(2) % 4] as string;
    return [
      ellipse(x, 1, 9.4, 6.6, "#fdfdfb"),
      circle(x + shift, 1, 5.4, iris),
      circle(x + shift, 1, 2.8, "#1c1620"),
      circle(x + shift + 1.9, -1, 1.5, "#ffffff"),
      stroke(`M${x - 9.6} 0Q${x} -9 ${x + 9.6} 0`, shade(look.skin, 0.72), 2.3),
      stroke(`M${x - 8} 5Q${x} 9.4 ${x + 8} 5`, shade(look.skin, 0.2), 1.2),
    ].join("");
  };
  const closed = stroke("M10 2Q18 -4 26 2", shade(look.skin, 0.72), 3);
  return eye(-18) + (winking ? closed : eye(18));
}

function drawMouth(look: Look, { mouth }: Expression): string {
  if (mouth === "laugh") {
    return (
      shape("M-17 30Q0 34 17 30Q14 46 0 46Q-14 46 -17 30Z", "#7a2530") +
      shape("M-15 31Q0 34.5 15 31Q14.6 35 13.8 36.4Q0 38.5 -13.8 36.4Q-14.6 35 -15 31Z", "#ffffff") +
      ellipse(0, 43.4, 7, 2.8, "#d9646b")
    );
  }
  if (mouth === "talk") {
    return (
      ellipse(0, 35, 9.5, 7.5, "#7a2530") +
      ellipse(0, 39.4, 5.6, 2.8, "#d9646b") +
      rect(-6, 28.8, 12, 2.8, "#ffffff", 1.4)
    );
  }
  if (mouth === "calm") return stroke("M-11 34Q0 36.5 11 34", look.lips, 4);
  return stroke("M-15 31Q0 43 15 31", look.lips, 4);
}

function drawBeard(look: Look): string {
  if (look.beard === "none") return "";
  if (look.beard === "moustache")
    return shape("M-16 29Q-8 22 0 26Q8 22 16 29Q8 31 0 29Q-8 31 -16 29Z", look.hair);
  const outline =
    "M-40 -4C-39 22 -25 56 0 56C25 56 39 22 40 -4C35 14 28 24 16 24Q0 21 -16 24C-28 24 -35 14 -40 -4Z";
  return look.beard === "full" ? shape(outline, look.hair) : faded(shape(outline, look.hair), 0.22);
}

function drawGlasses(): string {
  const frame = (x: number) =>
    `<rect x="${x - 13}" y="-9" width="26" height="20" rx="8" fill="#ffffff" fill-opacity=".22" stroke="#2d2a35" stroke-width="2.6"/>`;
  return frame(-18) + frame(18) + stroke("M-5 -1Q0 -4 5 -1M-31 -2L-40 0M31 -2L40 0", "#2d2a35", 2.6);
}

/** A head from behind, as neighbours in a crowd are seen. */
export function drawHeadFromBehind(look: Look): string {
  const covered = ["headscarf", "cap", "beanie"].includes(look.hairStyle) ? look.accent : look.hair;
  if (look.hairStyle === "bald") {
    return circle(-40, 6, 8, look.skin) + circle(40, 6, 8, look.skin) + ellipse(0, 0, 40, 52, look.skin);
  }
  const long = ["long", "waves", "headscarf"].includes(look.hairStyle)
    ? shape("M-42 -6C-46 70 46 70 42 -6Z", covered)
    : "";
  const volume = look.hairStyle === "afro" || look.hairStyle === "curly" ? circle(0, -10, 56, covered) : "";
  const knot = look.hairStyle === "bun" ? circle(0, -52, 18, shade(covered)) : "";
  const tail =
    look.hairStyle === "ponytail"
      ? shape("M-12 -30C-30 20 -14 70 0 78C14 70 30 20 12 -30Z", shade(covered))
      : "";
  return [
    circle(-40, 8, 8, look.skin),
    circle(40, 8, 8, look.skin),
    ellipse(0, 14, 34, 42, look.skin),
    long,
    volume,
    ellipse(0, -8, 41, 46, covered),
    stroke("M-18 -36Q0 -46 20 -34", tint(covered, 0.14), 5),
    knot,
    tail,
  ].join("");
}
