import type { Chance } from "./chance.ts";
import { clothColours, hairColours, skinTones } from "./palette.ts";

const hairStyles = [
  "short",
  "parted",
  "crop",
  "curly",
  "bald",
  "bob",
  "long",
  "bun",
  "afro",
  "ponytail",
  "waves",
  "headscarf",
  "cap",
  "beanie",
] as const;
const outfits = ["suit", "jumper", "shirt", "tee", "hoodie", "dress", "stripes"] as const;

/** What a drawn, invented person looks like, the same in every pose. */
export interface Look {
  readonly skin: string;
  readonly hair: string;
  readonly hairStyle: (typeof hairStyles)[number];
  readonly outfit: (typeof outfits)[number];
  /** Colour of the upper garment. */
  readonly top: string;
  /** Tie, stripes, scarf or cap. */
  readonly accent: string;
  readonly trousers: string;
  readonly glasses: boolean;
  readonly beard: "none" | "full" | "moustache" | "stubble";
  readonly earrings: boolean;
  readonly lips: string;
}

/** An invented person. `formal` people wear a suit, a shirt or a dress. */
export function pickLook(chance: Chance, options: { formal?: boolean; top?: string } = {}): Look {
  const skin = chance.pick(skinTones);
  const dark = skinTones.indexOf(skin) > 3;
  const hairStyle = chance.pick(hairStyles);
  const manly = ["short", "parted", "crop", "bald", "cap"].includes(hairStyle);
  const outfit = options.formal
    ? chance.pick(["suit", "suit", "shirt", "dress"] as const)
    : chance.pick(outfits);
  const top = options.top ?? (outfit === "suit" ? chance.pick(suitColours) : chance.pick(clothColours));
  return {
    skin,
    hair: chance.pick(dark ? hairColours.filter((colour) => !fairHair.includes(colour)) : hairColours),
    hairStyle: options.formal && (hairStyle === "cap" || hairStyle === "beanie") ? "parted" : hairStyle,
    outfit: outfit === "dress" && manly ? "shirt" : outfit,
    top,
    accent: chance.pick(clothColours.filter((colour) => colour !== top)),
    trousers: chance.pick(trouserColours),
    glasses: chance.happens(0.25),
    beard: manly ? chance.pick(["none", "none", "full", "moustache", "stubble"] as const) : "none",
    earrings: !manly && chance.happens(0.5),
    lips: manly ? "#a8544a" : chance.pick(["#b8473f", "#c25563", "#a8544a", "#cf4a4a"]),
  };
}

const suitColours = ["#2b3a5b", "#3a3f4b", "#26323f", "#5a4a5e", "#44546b", "#1f2c46", "#7a3b46", "#2f5d57"];
const trouserColours = ["#2a3350", "#3a3f4b", "#4a5f86", "#5b4636", "#26323f", "#6b6f7a", "#7d6a52"];

const fairHair = ["#7b4d2c", "#a8703c", "#d3a559", "#b5482f"];
