import { expect, it } from "vitest";
import type { Unit } from "../../../src/images/unit.ts";
import { type OrderedUnit, openOrderedUnits } from "../../../src/pipeline/queue/orderedUnits.ts";
import { seededRandom } from "../../../src/seededRandom.ts";

const toUnit = (name: string): OrderedUnit => ({
  unit: { name } as Unit,
  file: undefined,
  outcome: undefined,
});

it("gives every unit once and in its order, whatever the order of their outcomes", () => {
  for (const [seed, count, most] of [
    [1, 200, 7],
    [2, 20_000, 4096],
    [3, 1, 1],
  ] as const) {
    const random = seededRandom(seed);
    const ordered = openOrderedUnits();
    const all = Array.from({ length: count }, (_, i) => toUnit(`${i}`));
    const taken: OrderedUnit[] = [];
    const open: OrderedUnit[] = [];
    let pushed = 0;
    while (taken.length < count) {
      for (let i = 0; i < 50 && pushed < count; i++) {
        const one = all[pushed++] as OrderedUnit;
        ordered.push(one);
        open.push(one);
      }
      for (let i = 0; i < 50 && open.length > 0; i++) {
        const at = Math.floor(random() * open.length);
        const [one] = open.splice(at, 1) as [OrderedUnit];
        one.outcome = { imageId: pushed };
      }
      const done = ordered.takeDone(most);
      expect(done.length).toBeLessThanOrEqual(most);
      expect(done.every(({ outcome }) => outcome !== undefined)).toBe(true);
      taken.push(...done);
      expect(ordered.length).toBe(pushed - taken.length);
    }
    expect(taken.every((one, i) => one === all[i])).toBe(true);
  }
});

it("holds back what comes behind a unit without an outcome", () => {
  const ordered = openOrderedUnits();
  const [first, second] = [toUnit("first"), toUnit("second")];
  ordered.push(first);
  ordered.push(second);
  second.outcome = { imageId: 2 };
  expect(ordered.takeDone(10)).toEqual([]);
  first.outcome = { imageId: 1 };
  expect(ordered.takeDone(10)).toEqual([first, second]);
  expect(ordered.length).toBe(0);
});
