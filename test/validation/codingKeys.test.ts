import { describe, expect, it } from "vitest";
import { codingKeys, maybeCategoryOfKey } from "../../src/validation/codingKeys.ts";

describe("the keys of categories", () => {
  it("are 1 to 9, 0 and letters, without those of other commands", () => {
    expect(maybeCategoryOfKey("1", 3)).toBe(0);
    expect(maybeCategoryOfKey("9", 12)).toBe(8);
    expect(maybeCategoryOfKey("0", 12)).toBe(9);
    expect(maybeCategoryOfKey("a", 12)).toBe(10);
    expect(maybeCategoryOfKey("4", 3)).toBeUndefined();
    for (const key of ["u", "x", "n", "z", "", "12", "Enter"])
      expect(maybeCategoryOfKey(key, 40)).toBeUndefined();
    expect(new Set(codingKeys).size).toBe(codingKeys.length);
  });
});
