import { describe, expect, it } from "vitest";
import { formatCount, formatDay, formatPercent, formatPoints } from "../../src/report/formatNumbers.ts";

describe("numbers on the page", () => {
  it("groups thousands with a narrow no-break space", () => {
    expect(formatCount(999)).toBe("999");
    expect(formatCount(1_234_567)).toBe("1\u202f234\u202f567");
  });

  it("writes percent with one decimal", () => {
    expect([0, 0.0625, 0.5, 1].map(formatPercent)).toEqual(["0.0%", "6.3%", "50.0%", "100.0%"]);
  });

  it("never rounds something to nothing or nearly all to all", () => {
    expect(formatPercent(0.0001)).toBe("<0.1%");
    expect(formatPercent(0.99999)).toBe(">99.9%");
    expect(formatPoints(0.00001)).toBe("<0.1 points");
  });

  it("writes a difference in points, one of them in the singular", () => {
    expect([0.0021, 0.01, 0].map(formatPoints)).toEqual(["0.2 points", "1.0 point", "0.0 points"]);
  });

  it("throws instead of printing what is not a number", () => {
    for (const format of [formatCount, formatPercent, formatPoints]) {
      expect(() => format(Number.NaN)).toThrow(RangeError);
      expect(() => format(Number.POSITIVE_INFINITY)).toThrow(RangeError);
    }
  });

  it("prints the day that the time itself names, whatever the zone of this machine", () => {
    expect(formatDay("2026-10-03T00:05:00+02:00")).toBe("3 October 2026");
    expect(formatDay("2026-01-31T23:59:59Z")).toBe("31 January 2026");
    for (const text of ["3 October 2026", "2026-13-01", "2026-10-031"]) {
      expect(() => formatDay(text)).toThrow(RangeError);
    }
  });
});
