import type { Look } from "./look.ts";
import { shade, tint } from "./palette.ts";
import { circle, ellipse, rect, shape, stroke } from "./svg.ts";

/** The hair that is behind the head (head units: 80 wide, 104 high round (0, 0)). */
export function drawBackHair(look: Look): string {
  const { hair } = look;
  switch (look.hairStyle) {
    case "long":
      return shape(
        "M-46 -14C-50 -70 50 -70 46 -14C48 30 56 70 50 88C30 96 -30 96 -50 88C-56 70 -48 30 -46 -14Z",
        shade(hair),
      );
    case "waves":
      return shape(
        "M-46 -14C-50 -72 50 -72 46 -14C60 6 44 26 56 44C64 66 46 80 34 76C10 86 -10 86 -34 76C-46 80 -64 66 -56 44C-44 26 -60 6 -46 -14Z",
        shade(hair),
      );
    case "bob":
      return shape(
        "M-47 -12C-52 -72 52 -72 47 -12C50 14 52 34 46 42C20 50 -20 50 -46 42C-52 34 -50 14 -47 -12Z",
        shade(hair),
      );
    case "bun":
      return (
        circle(0, -66, 20, hair) +
        stroke("M-9 -74Q0 -80 10 -73", tint(hair, 0.15), 3) +
        ellipse(0, -22, 43, 40, shade(hair))
      );
    case "ponytail":
      return (
        shape("M10 -52C70 -70 76 20 58 62C52 74 44 60 46 40C48 0 40 -24 20 -40Z", shade(hair)) +
        ellipse(0, -22, 43, 40, shade(hair))
      );
    case "afro":
      return [
        [-34, -40],
        [0, -54],
        [34, -40],
        [-50, -12],
        [50, -12],
        [-44, 14],
        [44, 14],
        [-20, -52],
        [20, -52],
      ]
        .map(([x = 0, y = 0]) => circle(x, y, 25, hair))
        .join("");
    case "headscarf":
      return shape(
        "M-50 -10C-54 -76 54 -76 50 -10C54 30 58 64 46 84C20 98 -20 98 -46 84C-58 64 -54 30 -50 -10Z",
        shade(look.accent),
      );
    default:
      return "";
  }
}

/** The hair, cap or scarf in front of the head. */
export function drawFrontHair(look: Look): string {
  const { hair, accent } = look;
  const light = tint(hair, 0.16);
  switch (look.hairStyle) {
    case "short":
      return (
        shape(
          "M-42 -2C-48 -66 -10 -66 6 -62C36 -66 48 -40 42 -2C38 -14 38 -24 34 -32C14 -26 -14 -26 -30 -34C-36 -24 -38 -14 -42 -2Z",
          hair,
        ) + stroke("M-16 -48Q2 -56 20 -48", light, 4)
      );
    case "parted":
      return (
        shape(
          "M-42 -2C-50 -50 -30 -68 4 -66C40 -66 50 -38 42 -2C39 -14 38 -22 33 -30C12 -24 -10 -30 -22 -42C-28 -28 -38 -20 -42 -2Z",
          hair,
        ) + stroke("M-20 -44Q-2 -30 26 -32", light, 3.4)
      );
    case "crop":
      return shape(
        "M-41 -8C-44 -62 44 -62 41 -8C37 -26 30 -38 20 -38C6 -34 -6 -34 -20 -38C-30 -38 -37 -26 -41 -8Z",
        shade(hair, 0.06),
      );
    case "curly":
      return [
        [-36, -24],
        [-30, -42],
        [-14, -52],
        [4, -55],
        [21, -50],
        [34, -38],
        [38, -20],
        [-6, -42],
        [14, -40],
        [-22, -36],
      ]
        .map(([x = 0, y = 0], index) => circle(x, y, 13, index % 3 === 1 ? tint(hair, 0.08) : hair))
        .join("");
    case "bob":
      return (
        shape(
          "M-46 18C-52 -66 52 -66 46 18C40 4 40 -12 36 -24C10 -16 -14 -16 -36 -24C-40 -12 -40 4 -46 18Z",
          hair,
        ) + stroke("M-24 -40Q0 -50 24 -40", light, 4)
      );
    case "long":
    case "waves":
      return (
        shape("M-44 24C-54 -66 54 -66 44 24C42 -4 34 -24 8 -40C-8 -26 -40 -20 -44 24Z", hair) +
        stroke("M10 -44Q32 -34 38 -8", light, 3.6)
      );
    case "bun":
    case "ponytail":
      return (
        shape("M-42 0C-48 -64 48 -64 42 0C38 -18 28 -34 0 -36C-28 -34 -38 -18 -42 0Z", hair) +
        stroke("M-22 -42Q0 -50 22 -42", light, 3.6)
      );
    case "afro":
      return (
        shape("M-42 0C-46 -50 46 -50 42 0C38 -16 26 -28 0 -28C-26 -28 -38 -16 -42 0Z", hair) +
        stroke("M-30 -50Q0 -70 30 -50", light, 4)
      );
    case "headscarf":
      return (
        shape("M-46 44C-58 -76 58 -76 46 44C44 4 36 -34 0 -36C-36 -34 -44 4 -46 44Z", accent) +
        shape("M-46 40C-30 62 30 62 46 40C48 62 40 82 0 84C-40 82 -48 62 -46 40Z", accent) +
        stroke("M-34 66Q0 78 34 62", shade(accent), 3)
      );
    case "cap":
      return (
        shape("M-42 -16C-44 -68 44 -68 42 -16Z", accent) +
        shape("M-44 -20C-20 -30 40 -32 66 -14C50 -8 0 -16 -44 -12Z", shade(accent)) +
        circle(0, -56, 4, shade(accent))
      );
    case "beanie":
      return (
        shape("M-42 -18C-44 -78 44 -78 42 -18Z", accent) +
        rect(-45, -28, 90, 15, shade(accent), 7) +
        circle(0, -66, 10, tint(accent))
      );
    default:
      return stroke("M-16 -44Q-2 -50 10 -46", tint(look.skin, 0.3), 4);
  }
}
