import { describe, expect, it } from "vitest";
import { frameBits, isInFrame } from "../../src/validation/frameBits.ts";

describe("a frame's bits", () => {
  it("hold exactly the positions that were put in, in as few bytes as they need", () => {
    const positions = [0, 7, 8, 63, 100_001];
    const bits = frameBits(positions);
    expect(bits.length).toBe(12_501);
    expect([...Array(100_100).keys()].filter((position) => isInFrame(bits, position))).toEqual(positions);
    expect(isInFrame(bits, 10_000_000)).toBe(false);
    expect(frameBits([])).toEqual(new Uint8Array(0));
  });

  it("take no position that is none", () => {
    expect(() => frameBits([1.5])).toThrow(RangeError);
    expect(() => frameBits([-1])).toThrow(RangeError);
  });
});
