import { describe, expect, it } from "vitest";
import { startRecentRate } from "../../../src/pipeline/indexing/recentRate.ts";

describe("startRecentRate", () => {
  it("tells nothing before a second has passed", () => {
    const rate = startRecentRate();
    expect(rate.perSecond()).toBeUndefined();
    rate.add(0, 0);
    rate.add(999, 50);
    expect(rate.perSecond()).toBeUndefined();
    rate.add(1000, 50);
    expect(rate.perSecond()).toBe(50);
  });

  it("forgets what was longer ago than 20 seconds: known pictures do not colour the rest", () => {
    const rate = startRecentRate();
    rate.add(0, 0);
    // 10,000 known ones at once, then two a second.
    for (let second = 1; second <= 60; second++) rate.add(second * 1000, 10_000 + 2 * second);
    expect(rate.perSecond()).toBe(2);
  });

  it("covers the whole window also where steps are long", () => {
    const rate = startRecentRate();
    rate.add(0, 0);
    rate.add(15_000, 30);
    rate.add(30_000, 90);
    expect(rate.perSecond()).toBe(3);
  });
});
