import type { Pixels } from "./resample.ts";

/** Colours weighted by their opacity, so that invisible colours do not bleed into visible ones. `[h, w, 4]` */
export function premultiply(pixels: Pixels): Pixels {
  const data = Uint8Array.from(pixels.data);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] as number;
    for (let c = at; c < at + 3; c++) data[c] = Math.round(((data[c] as number) * alpha) / 255);
  }
  return { ...pixels, data };
}

/** Colours without their weights and without the opacity: `[h, w, 4] -> [h, w, 3]`. */
export function unpremultiply(pixels: Pixels): Pixels {
  const data = new Uint8Array(pixels.widthPx * pixels.heightPx * 3);
  for (let from = 0, to = 0; to < data.length; from += 4) {
    const alpha = pixels.data[from + 3] as number;
    for (let c = from; c < from + 3; c++) {
      const value = pixels.data[c] as number;
      data[to++] = alpha === 0 ? value : Math.min(255, Math.trunc((value * 255) / alpha));
    }
  }
  return { ...pixels, data, channels: 3 };
}

/** Colours as they are stored, visible or not: `[h, w, 4] -> [h, w, 3]`. */
export function dropAlpha(pixels: Pixels): Pixels {
  const data = new Uint8Array(pixels.widthPx * pixels.heightPx * 3);
  for (let from = 0, to = 0; to < data.length; from++) {
    if (from % 4 !== 3) data[to++] = pixels.data[from] as number;
  }
  return { ...pixels, data, channels: 3 };
}
