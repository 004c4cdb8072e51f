import type { ModelConfig } from "./modelConfig.ts";

/** How a model wants its pixels. */
export type PixelNormalisation = Pick<ModelConfig, "sizePx" | "mean" | "std" | "rescaleFactor">;

/**
 * Rescales and normalises square views and turns them round for the image tower:
 * RGB `[S, S, 3]` 0-255 each -> `[n, 3, S, S]`.
 * @param room where the numbers go if there is enough of it, so that batch after batch needs no memory of its own
 * @throws RangeError for a view of another size
 */
export function normalisePixels(
  views: readonly Uint8Array[],
  { sizePx, mean, std, rescaleFactor }: PixelNormalisation,
  room: Float32Array = new Float32Array(),
): { readonly dims: readonly number[]; readonly values: Float32Array } {
  const plane = sizePx * sizePx;
  const length = views.length * 3 * plane;
  const values = room.length < length ? new Float32Array(length) : room.subarray(0, length);
  // 256 possible values per channel: normalise those once.
  const tables = [0, 1, 2].map((c) =>
    Float32Array.from(
      { length: 256 },
      (_, v) => (v * rescaleFactor - (mean[c] as number)) / (std[c] as number),
    ),
  );
  views.forEach((view, n) => {
    if (view.length !== plane * 3) {
      throw new RangeError(`a view has ${view.length} numbers, not ${plane * 3} (${sizePx} x ${sizePx} RGB)`);
    }
    tables.forEach((table, c) => {
      const channel = values.subarray((n * 3 + c) * plane, (n * 3 + c + 1) * plane);
      for (let i = 0, from = c; i < plane; i++, from += 3) channel[i] = table[view[from] as number] as number;
    });
  });
  return { dims: [views.length, 3, sizePx, sizePx], values };
}
