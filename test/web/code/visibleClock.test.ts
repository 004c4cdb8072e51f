import { expect, it } from "vitest";
import { createVisibleClock } from "../../../web/code/visibleClock.ts";

it("counts the time in which an image is looked at, over all its visits, and no other", () => {
  let ms = 1000;
  const clock = createVisibleClock(() => ms);
  const pass = (by: number) => {
    ms += by;
  };
  expect(clock.secondsOf(4)).toBe(0);
  clock.look(4);
  pass(1500);
  expect(clock.secondsOf(4)).toBe(1.5);
  // The page is hidden.
  clock.look(undefined);
  pass(60_000);
  clock.look(4);
  clock.look(4);
  pass(500);
  clock.look(7);
  pass(250);
  expect([clock.secondsOf(4), clock.secondsOf(7)]).toEqual([2, 0.25]);
  clock.look(4);
  pass(1000);
  expect([clock.secondsOf(4), clock.secondsOf(7)]).toEqual([3, 0.25]);
  // A page that is left open in sight over a weekend.
  pass(200_000_000);
  expect(clock.secondsOf(4)).toBe(86_400);
});
