import { describe, expect, it } from "vitest";
import { completeDesign, suggestSize } from "../../src/validation/suggestDesign.ts";

describe("a suggested design", () => {
  it("has 400 images for a test, more for many categories or thin large ones, or the whole frame", () => {
    expect(suggestSize("test", [9000, 1000])).toBe(400);
    expect(suggestSize("test", new Array<number>(12).fill(500))).toBe(600);
    // One large category and eleven small ones: the floors alone would leave the accuracy to 50 images of it.
    const skewed = [20_000, ...new Array<number>(11).fill(100)];
    expect(suggestSize("test", skewed)).toBeGreaterThan(850);
    expect(suggestSize("test", [200, 30, 0])).toBe(230);
    expect(suggestSize("reliability", [9000, 1000])).toBe(100);
    expect(suggestSize("pilot", [9000, 1000])).toBe(100);
    expect(suggestSize("training", [9000, 1000])).toBe(20);
  });

  it("is stratified with a floor of 50 for a test, and simple random for reliability", () => {
    expect(completeDesign("test", {}, [9000, 1000])).toEqual({
      kind: "stratified",
      size: 400,
      floor: 50,
      isSplit: false,
    });
    expect(completeDesign("reliability", {}, [9000, 1000])).toEqual({ kind: "simple", size: 100 });
    expect(completeDesign("test", { kind: "uncertainty" }, [9000, 1000])).toEqual({
      kind: "uncertainty",
      size: 400,
      least: 0.25,
    });
  });

  it("keeps what was asked for, with a floor that the size can hold", () => {
    const sizes = [3000, 3000, 3000, 3000];
    expect(completeDesign("test", { kind: "split", size: 100 }, sizes)).toEqual({
      kind: "stratified",
      size: 100,
      floor: 20,
      isSplit: true,
    });
    expect(completeDesign("test", { size: 100, floor: 25 }, sizes)).toMatchObject({ floor: 25 });
    // Categories that are smaller than the floor leave room.
    expect(completeDesign("test", { size: 100 }, [3000, 20, 20])).toMatchObject({ floor: 50 });
  });
});
