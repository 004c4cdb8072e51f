import type { Chance } from "./chance.ts";
import type { Palette } from "./palette.ts";

/** The empty sheet that a kind of picture is drawn on. */
export interface Sheet {
  readonly chance: Chance;
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
}

/** A finished drawing: SVG content that fills the sheet, and words for what is to be seen on it. */
export interface Drawing {
  readonly content: string;
  readonly seen: Readonly<Record<string, string>>;
}

/** Draws one kind of picture. */
export type DrawKind = (sheet: Sheet) => Drawing;
