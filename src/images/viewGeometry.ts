import type { ResizeAndCrop } from "./resample.ts";

/** How a picture becomes the model's square input; the model was trained with one of them. */
export type View = "center" | "pad" | "squash";

/** All views, in the order in which they are offered. */
export const views: readonly View[] = ["center", "pad", "squash"];

/** A resize with its crop, and where its result lies in the square (away from 0, 0 only for `pad`). */
export interface ViewGeometry extends ResizeAndCrop {
  readonly offsetX: number;
  readonly offsetY: number;
}

/**
 * Sizes and offsets of a view, with the reference's roundings (transformers' image processors): the long side is
 * truncated, the crop's offset is rounded half to even, as Python's `round` does.
 * @param sizePx side of the square input
 * @param resizeShortPx length of the short side before a centre crop; larger than `sizePx` for some models
 */
export function viewGeometry(
  view: View,
  widthPx: number,
  heightPx: number,
  sizePx: number,
  resizeShortPx: number = sizePx,
): ViewGeometry {
  if (view === "squash") {
    return { ...whole(sizePx, sizePx), offsetX: 0, offsetY: 0 };
  }
  const wide = widthPx >= heightPx;
  if (view === "pad") {
    const short = Math.max(
      1,
      Math.trunc((sizePx * Math.min(widthPx, heightPx)) / Math.max(widthPx, heightPx)),
    );
    const box = wide ? whole(sizePx, short) : whole(short, sizePx);
    return {
      ...box,
      offsetX: roundHalfToEven((sizePx - box.widthPx) / 2),
      offsetY: roundHalfToEven((sizePx - box.heightPx) / 2),
    };
  }
  const long = Math.trunc((resizeShortPx * Math.max(widthPx, heightPx)) / Math.min(widthPx, heightPx));
  const resizedWidth = wide ? long : resizeShortPx;
  const resizedHeight = wide ? resizeShortPx : long;
  return {
    widthPx: resizedWidth,
    heightPx: resizedHeight,
    left: roundHalfToEven((resizedWidth - sizePx) / 2),
    top: roundHalfToEven((resizedHeight - sizePx) / 2),
    cropWidthPx: sizePx,
    cropHeightPx: sizePx,
    offsetX: 0,
    offsetY: 0,
  };
}

function whole(widthPx: number, heightPx: number): ResizeAndCrop {
  return { widthPx, heightPx, left: 0, top: 0, cropWidthPx: widthPx, cropHeightPx: heightPx };
}

/** Rounds as Python's `round` does: 0.5 to 0, 1.5 to 2, 2.5 to 2. */
export function roundHalfToEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}
