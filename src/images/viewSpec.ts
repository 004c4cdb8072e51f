import type { Interpolation } from "./resample.ts";
import type { View } from "./viewGeometry.ts";

/** How an encoder wants its pixels before normalisation. */
export interface ViewSpec {
  readonly view: View;
  /** Side of the square. */
  readonly sizePx: number;
  /** Length of the short side before the centre crop; `sizePx` when absent. */
  readonly resizeShortPx?: number;
  readonly interpolation: Interpolation;
  /** Whether colours are weighted by their opacity while resizing, or taken as stored; it is gone afterwards. */
  readonly alpha: "premultiplied" | "dropped";
  /** RGB 0-255 round the picture in the view `pad`. */
  readonly padColor: readonly [number, number, number];
}

/** A picture's square view, RGB `[sizePx, sizePx, 3]` 0-255, with what was learned about the picture. */
export interface RenderedView {
  readonly pixels: Uint8Array;
  readonly format: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Set when the file has faults that leave the picture whole. */
  readonly warning: string | undefined;
}
