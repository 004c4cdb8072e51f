import { describe, expect, it } from "vitest";
import { dropAlpha, premultiply, unpremultiply } from "../../src/images/alpha.ts";
import type { Pixels } from "../../src/images/resample.ts";

const row = (...data: number[]): Pixels => ({
  data: Uint8Array.from(data),
  widthPx: data.length / 4,
  heightPx: 1,
  channels: 4,
});

describe("alpha", () => {
  it("weights colours by their opacity, rounded", () => {
    // 200 * 128 / 255 = 100.39, 3 * 128 / 255 = 1.506, 255 * 1 / 255 = 1
    const { data } = premultiply(row(200, 3, 255, 128, 9, 9, 255, 1, 7, 8, 9, 0, 7, 8, 9, 255));
    expect([...data]).toEqual([100, 2, 128, 128, 0, 0, 1, 1, 0, 0, 0, 0, 7, 8, 9, 255]);
  });

  it("takes the weights off again, cut to whole numbers", () => {
    // 100 * 255 / 128 = 199.2, 2 * 255 / 128 = 3.98; a colour above its opacity cannot be brighter than 255.
    const { data, channels } = unpremultiply(row(100, 2, 128, 128, 5, 0, 1, 1, 7, 8, 9, 0, 7, 8, 9, 255));
    expect([...data]).toEqual([199, 3, 255, 255, 0, 255, 7, 8, 9, 7, 8, 9]);
    expect(channels).toBe(3);
  });

  it("drops it and keeps the colours as stored", () => {
    const { data, channels } = dropAlpha(row(1, 2, 3, 0, 4, 5, 6, 255));
    expect([...data]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(channels).toBe(3);
  });

  it("leaves its input as it was", () => {
    const pixels = row(200, 100, 50, 128);
    premultiply(pixels);
    unpremultiply(pixels);
    expect([...pixels.data]).toEqual([200, 100, 50, 128]);
  });
});
