import { describe, expect, it } from "vitest";
import {
  afterScroll,
  mostScrollPx,
  placeFor,
  type ScrollPlace,
  scrollHeight,
  settled,
} from "../../web/gallery/scrollScale.ts";

const sightPx = 700;
const short = { listPx: 50_000, sightPx };
const long = { listPx: 10 * mostScrollPx, sightPx };
const start: ScrollPlace = { scrolledPx: 0, shiftPx: 0 };
const inList = ({ scrolledPx, shiftPx }: ScrollPlace) => scrolledPx + shiftPx;

describe("scrolling through a list that browsers can hold", () => {
  it("is the browser's own", () => {
    expect(scrollHeight(short)).toBe(50_000);
    expect(afterScroll(short, start, 1234.5)).toEqual({ scrolledPx: 1234.5, shiftPx: 0 });
    expect(placeFor(short, start, 40_000)).toEqual({ scrolledPx: 40_000, shiftPx: 0 });
    expect(placeFor(short, start, 99_999)).toEqual({ scrolledPx: 49_300, shiftPx: 0 });
    expect(settled(short, { scrolledPx: 40_000, shiftPx: 0 }, 39_999.6)).toEqual({
      scrolledPx: 39_999.6,
      shiftPx: 0,
    });
  });
});

describe("scrolling through a list that is higher than browsers can hold", () => {
  it("begins at the beginning and ends at the end", () => {
    expect(scrollHeight(long)).toBe(mostScrollPx);
    expect(inList(afterScroll(long, start, 0))).toBe(0);
    expect(inList(afterScroll(long, start, -80))).toBe(-80);
    expect(inList(afterScroll(long, start, mostScrollPx - sightPx))).toBe(long.listPx - sightPx);
  });

  it("goes pixel by pixel in small steps, everywhere", () => {
    let place = afterScroll(long, start, mostScrollPx / 2);
    for (const step of [100, 100, -40, 1, -900]) {
      const next = afterScroll(long, place, place.scrolledPx + step);
      expect(inList(next)).toBeCloseTo(inList(place) + step, 4);
      place = next;
    }
  });

  it("leaps by the share of the whole", () => {
    for (const share of [0.1, 0.5, 0.93]) {
      const scrolledPx = share * (mostScrollPx - sightPx);
      const place = afterScroll(long, start, scrolledPx);
      expect(inList(place) / (long.listPx - sightPx)).toBeCloseTo(share, 6);
    }
  });

  it("comes to every place that is asked for, near ones by small steps", () => {
    const middle = afterScroll(long, start, mostScrollPx / 2);
    const near = placeFor(long, middle, inList(middle) + 300);
    expect(near.scrolledPx).toBeCloseTo(middle.scrolledPx + 300, 4);
    for (const topPx of [1, 5000, long.listPx / 3, long.listPx - sightPx - 1, long.listPx - sightPx]) {
      const place = placeFor(long, middle, topPx);
      expect(inList(place)).toBeCloseTo(topPx, 4);
      expect(place.scrolledPx).toBeGreaterThanOrEqual(0);
      expect(place.scrolledPx).toBeLessThanOrEqual(mostScrollPx - sightPx);
      expect(inList(settled(long, place, Math.floor(place.scrolledPx)))).toBeCloseTo(
        place.scrolledPx < 1 ? 0 : topPx,
        4,
      );
    }
    expect(placeFor(long, middle, -60)).toEqual({ scrolledPx: -60, shiftPx: 0 });
  });

  it("never leaves the list", () => {
    let place: ScrollPlace = placeFor(long, start, 3000);
    // The scroll bar says that there is more above than there is.
    place = { scrolledPx: 9000, shiftPx: inList(place) - 9000 };
    for (let i = 0; i < 9; i++) {
      place = afterScroll(long, place, place.scrolledPx - 1000);
      expect(inList(place)).toBeGreaterThanOrEqual(0);
    }
  });
});
