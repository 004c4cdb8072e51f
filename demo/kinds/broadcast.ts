import { drawLettering } from "../drawing/lettering.ts";
import { shade } from "../drawing/palette.ts";
import type { Sheet } from "../drawing/sheet.ts";
import { rect } from "../drawing/svg.ts";

/** Invented broadcasters. */
export const channelNames = [
  "CHANNEL 7",
  "CITY TV",
  "NEWS 24",
  "TV ONE",
  "RADIO 5",
  "DAILY NEWS",
  "LIVE 9",
] as const;

/** An armchair from the front, its feet at (x, y). */
export function drawArmchair(x: number, y: number, size: number, colour: string): string {
  return (
    rect(x - size * 0.22, y - size * 0.68, size * 0.44, size * 0.56, colour, size * 0.09) +
    rect(x - size * 0.27, y - size * 0.4, size * 0.54, size * 0.32, shade(colour), size * 0.07) +
    rect(x - size * 0.2, y - size * 0.1, size * 0.05, size * 0.1, "#3a2c24") +
    rect(x + size * 0.15, y - size * 0.1, size * 0.05, size * 0.1, "#3a2c24")
  );
}

/** The strip of a broadcast with name and headline. */
export function drawLowerThird({ chance, width, height, palette }: Sheet, channel: string): string {
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
