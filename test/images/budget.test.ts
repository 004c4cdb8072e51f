import { expect, it } from "vitest";
import { openBudget } from "../../src/images/budget.ts";

/** A budget of 100, what was let in, and how each leaves. */
function budgetOf100() {
  const budget = openBudget(100);
  const admitted: string[] = [];
  const enter = (name: string, amount: number) => budget.enter(amount, () => void admitted.push(name));
  return { admitted, enter };
}

it("lets in what fits, in its order", () => {
  const { admitted, enter } = budgetOf100();
  const leaveA = enter("a", 60);
  enter("b", 40);
  enter("c", 30);
  enter("d", 10);
  expect(admitted).toEqual(["a", "b"]);
  leaveA();
  expect(admitted).toEqual(["a", "b", "c", "d"]);
});

it("lets nothing small pass something large that waits", () => {
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

it("lets in alone what is larger than the budget", () => {
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

it("gives back once, and lets go who waits no longer", () => {
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
