import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { openDeadline } from "../../../src/images/decoding/deadline.ts";

it("passes once when its time has run", async () => {
  let passed = 0;
  const over = Promise.withResolvers<void>();
  const deadline = openDeadline(20, () => {
    passed += 1;
    over.resolve();
  });
  await sleep(40);
  expect(passed).toBe(0);
  deadline.run();
  await over.promise;
  await sleep(40);
  expect(passed).toBe(1);
});

it("does not pass while it is stopped, however late it is", async () => {
  let passed = 0;
  const deadline = openDeadline(20, () => {
    passed += 1;
  });
  deadline.run();
  // Both timers are due when this thread looks next, as an answer is after a batch that took long.
  setTimeout(() => deadline.stop(), 20);
  const until = performance.now() + 40;
  while (performance.now() < until);
  await sleep(60);
  expect(passed).toBe(0);
});
