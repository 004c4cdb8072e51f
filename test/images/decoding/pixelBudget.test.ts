import { expect, it } from "vitest";
import { openPixelBudget } from "../../../src/images/decoding/pixelBudget.ts";

/** A budget of 100 pixels, what was let in, and how each leaves. */
function budgetOf100() {
  const budget = openPixelBudget(100);
  const admitted: string[] = [];
  const enter = (name: string, pixels: number) => budget.enter(pixels, () => void admitted.push(name));
  return { admitted, enter };
}

it("lets pictures in as long as they fit, in their order", () => {
  const { admitted, enter } = budgetOf100();
  const leaveA = enter("a", 60);
  enter("b", 40);
  enter("c", 30);
  enter("d", 10);
  expect(admitted).toEqual(["a", "b"]);
  leaveA();
  expect(admitted).toEqual(["a", "b", "c", "d"]);
});

it("lets no small picture pass a large one that waits", () => {
  const { admitted, enter } = budgetOf100();
  const leaveA = enter("a", 60);
  const leaveLarge = enter("large", 100);
  enter("b", 1);
  expect(admitted).toEqual(["a"]);
  leaveA();
  expect(admitted).toEqual(["a", "large"]);
  leaveLarge();
  expect(admitted).toEqual(["a", "large", "b"]);
});

it("lets a picture in alone that is larger than the budget", () => {
  const { admitted, enter } = budgetOf100();
  const leaveA = enter("a", 1);
  const leaveHuge = enter("huge", 500);
  enter("b", 1);
  expect(admitted).toEqual(["a"]);
  leaveA();
  expect(admitted).toEqual(["a", "huge"]);
  leaveHuge();
  expect(admitted).toEqual(["a", "huge", "b"]);
});

it("gives pixels back once, and lets go who waits no longer", () => {
  const { admitted, enter } = budgetOf100();
  const leaveA = enter("a", 60);
  const leaveLarge = enter("large", 100);
  enter("b", 40);
  leaveLarge();
  expect(admitted).toEqual(["a", "b"]);
  enter("c", 60);
  leaveA();
  leaveA();
  expect(admitted).toEqual(["a", "b", "c"]);
  enter("d", 1);
  expect(admitted).toEqual(["a", "b", "c"]);
});
