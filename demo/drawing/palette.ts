import type { Chance } from "./chance.ts";

/** Colours of one picture that go together: a strong main one, two companions, a light paper and a dark ink. */
export interface Palette {
  readonly name: string;
  readonly main: string;
  readonly second: string;
  readonly accent: string;
  readonly paper: string;
  readonly ink: string;
}

/** All palettes. */
export const palettes: readonly Palette[] = [
  { name: "blue", main: "#2f6fb5", second: "#7fb2e5", accent: "#f6b23c", paper: "#f5f1e6", ink: "#1d2b45" },
  { name: "red", main: "#d8432f", second: "#f19a83", accent: "#2d7f86", paper: "#fbf3e7", ink: "#3b1c22" },
  { name: "green", main: "#2f8f5b", second: "#9bd0a0", accent: "#f2c14e", paper: "#f6f5e8", ink: "#173326" },
  { name: "orange", main: "#ef7d2d", second: "#f8c08a", accent: "#295c8a", paper: "#fff6ea", ink: "#40261a" },
  { name: "purple", main: "#7247a5", second: "#bda0dc", accent: "#f4a93f", paper: "#f7f1fa", ink: "#2a1c40" },
  {
    name: "turquoise",
    main: "#17969b",
    second: "#8fd5d2",
    accent: "#f0664d",
    paper: "#f1f8f5",
    ink: "#12343b",
  },
  { name: "pink", main: "#d94f7e", second: "#f4aec4", accent: "#3a6ea5", paper: "#fff2f4", ink: "#421a2c" },
  { name: "yellow", main: "#e9ab17", second: "#f7dd8b", accent: "#b5403a", paper: "#fffaea", ink: "#3a2d10" },
  { name: "navy", main: "#23395d", second: "#6f8fb8", accent: "#e4572e", paper: "#f3f1ec", ink: "#141f36" },
  {
    name: "burgundy",
    main: "#8c2f48",
    second: "#d68fa1",
    accent: "#d9a441",
    paper: "#f9f1ec",
    ink: "#32121d",
  },
];

/** From light to dark. */
export const skinTones: readonly string[] = [
  "#fbdcc4",
  "#f5c9a6",
  "#e8b088",
  "#d29468",
  "#b0744c",
  "#8a5636",
  "#66402a",
];

/** From black to white. */
export const hairColours: readonly string[] = [
  "#2a211f",
  "#3d2b24",
  "#5a3a27",
  "#7b4d2c",
  "#a8703c",
  "#d3a559",
  "#b5482f",
  "#8c8a8c",
  "#d8d6d4",
];

/** Colours of clothes. */
export const clothColours: readonly string[] = [
  "#2f4a78",
  "#c8473a",
  "#3e8a63",
  "#e3a13b",
  "#6f4b94",
  "#2a8d93",
  "#d86c8c",
  "#40444f",
  "#8a5a3c",
  "#f0ebe0",
  "#5b87b8",
  "#9db36b",
  "#1f2c46",
  "#e88356",
];

/** Two colours mixed in sRGB; 0 gives the first, 1 the second. Colours are `#rrggbb`. */
export function mix(first: string, second: string, share: number): string {
  const channels = [1, 3, 5].map((start) => {
    const from = Number.parseInt(first.slice(start, start + 2), 16);
    const to = Number.parseInt(second.slice(start, start + 2), 16);
    return Math.round(from + (to - from) * share)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}

/** Darker by this share. */
export function shade(colour: string, share = 0.18): string {
  return mix(colour, "#1a1430", share);
}

/** Lighter by this share. */
export function tint(colour: string, share = 0.25): string {
  return mix(colour, "#ffffff", share);
}

/** One of the palettes. */
export function pickPalette(chance: Chance): Palette {
  return chance.pick(palettes);
}
