import { expect, it } from "vitest";
import { deathsNeeded, mostDeaths } from "../../../src/pipeline/queue/deathsNeeded.ts";

it("needs three lost workers where no image was lost that came back later", () => {
  expect(deathsNeeded({ trials: 0, losses: 0 })).toBe(3);
  expect(deathsNeeded({ trials: 10_000, losses: 0 })).toBe(3);
});

it("needs so many that chance would do it once in a million", () => {
  // Laplace's estimates 0.1, 0.02 and 0.0003; 0.1^6 = 1e-6, 0.02^4 = 1.6e-7 and 0.02^3 = 8e-6, 0.0003^2 = 9e-8.
  expect(deathsNeeded({ trials: 18, losses: 1 })).toBe(7);
  expect(deathsNeeded({ trials: 98, losses: 1 })).toBe(5);
  expect(deathsNeeded({ trials: 9998, losses: 2 })).toBe(3);
});

it("ends also where nearly every trial is lost", () => {
  expect(deathsNeeded({ trials: 1000, losses: 900 })).toBe(mostDeaths);
  expect(mostDeaths).toBe(25);
});
