import { describe, expect, it } from "vitest";
import { roundHalfToEven, viewGeometry } from "../../src/images/viewGeometry.ts";

describe("viewGeometry", () => {
  it("truncates the long side, as the reference does", () => {
    // 500 x 415 at 224: 224 * 500 / 415 = 269.88
    expect(viewGeometry("center", 500, 415, 224)).toMatchObject({ widthPx: 269, heightPx: 224 });
  });

  it("rounds the crop's offset half to even", () => {
    // (269 - 224) / 2 = 22.5 -> 22; 353 x 500: trunc(317.28) = 317, (317 - 224) / 2 = 46.5 -> 46
    expect(viewGeometry("center", 500, 415, 224).left).toBe(22);
    expect(viewGeometry("center", 353, 500, 224).top).toBe(46);
    // 227 x 224: (227 - 224) / 2 = 1.5 -> 2
    expect(viewGeometry("center", 227, 224, 224).left).toBe(2);
  });

  it("crops from a larger resize where the model was trained so", () => {
    expect(viewGeometry("center", 512, 256, 224, 256)).toMatchObject({
      widthPx: 512,
      heightPx: 256,
      left: 144,
      top: 16,
      cropWidthPx: 224,
      cropHeightPx: 224,
    });
  });

  it("keeps the whole picture in the view pad, centred", () => {
    expect(viewGeometry("pad", 400, 100, 64)).toMatchObject({
      widthPx: 64,
      heightPx: 16,
      cropWidthPx: 64,
      cropHeightPx: 16,
      offsetX: 0,
      offsetY: 24,
    });
    expect(viewGeometry("pad", 1, 10_000, 64)).toMatchObject({ widthPx: 1, heightPx: 64 });
  });

  it("distorts to the square in the view squash", () => {
    expect(viewGeometry("squash", 400, 100, 64)).toMatchObject({
      widthPx: 64,
      heightPx: 64,
      left: 0,
      top: 0,
    });
  });
});

describe("roundHalfToEven", () => {
  it("rounds as Python's round does", () => {
    expect([0.5, 1.5, 2.5, 22.5, 23.5, 1.4, 1.6, 3].map(roundHalfToEven)).toEqual([0, 2, 2, 22, 24, 1, 2, 3]);
  });
});
