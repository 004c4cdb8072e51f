/** Memory for views that is used again and again. */
export interface ViewPool {
  /** A copy of a view, which holds its place until `release`. */
  hold(pixels: Uint8Array): Uint8Array;
  /** Gives the place of a view that `hold` gave to the next one. */
  release(view: Uint8Array): void;
}

/**
 * Starts without any memory; it grows to the most views that are held at once. Theirs is memory that the towers' threads see
 * without a copy. Left to V8, views would pile up until it next collects its garbage.
 */
export function openViewPool(): ViewPool {
  const free: Uint8Array[] = [];
  return {
    hold: (pixels) => {
      const last = free.pop();
      const place =
        last?.length === pixels.length ? last : new Uint8Array(new SharedArrayBuffer(pixels.length));
      place.set(pixels);
      return place;
    },
    release: (view) => {
      free.push(view);
    },
  };
}
