import { parseFragment } from "parse5";
import { describe, expect, it } from "vitest";
import { roundUp, sizePlot } from "../../bench/sizePlot.ts";

const points = [
  { pictures: 100, rate: 20, peakMb: 500, indexingMb: 400 },
  { pictures: 1000, rate: 50, peakMb: 600, indexingMb: 500 },
  { pictures: 10_000, rate: 60, peakMb: 610, indexingMb: 500 },
];

describe("sizePlot", () => {
  const svg = sizePlot(points, "A < B & C");

  it("is one SVG whose text is escaped", () => {
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).toContain("A &lt; B &amp; C");
    expect(parseFragment(svg).childNodes[0]?.nodeName).toBe("svg");
  });

  it("draws three lines, a point of each for every size, at heights in proportion to the values", () => {
    const lines = [...svg.matchAll(/<polyline points="([^"]+)"/g)].map(([, at]) =>
      (at as string).split(" ").map((pair) => pair.split(",").map(Number) as [number, number]),
    );
    expect(lines.map((line) => line.length)).toEqual([3, 3, 3]);
    const [rate] = lines as [[number, number][]];
    const [[x1, y1], [x2, y2], [x3, y3]] = rate as [[number, number], [number, number], [number, number]];
    expect(x2 - x1).toBeCloseTo(x3 - x2, 0);
    // 20 to 50 is three times 50 to 60.
    expect((y1 - y2) / (y2 - y3)).toBeCloseTo(3, 1);
    expect(svg.match(/<circle /g)).toHaveLength(9);
  });

  it("needs two sizes", () => {
    expect(() => sizePlot(points.slice(1, 2), "")).toThrow(RangeError);
  });
});

describe("roundUp", () => {
  it("gives the end of an axis", () => {
    expect([0.3, 1, 9, 61, 610, 2000, 0].map(roundUp)).toEqual([0.4, 1, 10, 80, 800, 2000, 1]);
  });
});
