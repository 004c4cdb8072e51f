import { describe, expect, it } from "vitest";
import { categoryKeys, readCategoryKeys } from "../../../web/code/categoryKeys.ts";

describe("the keys of categories", () => {
  it("are the digits, then letters that are no commands", () => {
    expect(categoryKeys(3)).toEqual(["1", "2", "3"]);
    const all = categoryKeys(30);
    expect(all.slice(8, 11)).toEqual(["9", "a", "b"]);
    for (const command of "uxzni") expect(all).not.toContain(command);
  });

  it.each([1, 9, 30, 31, 400, 900, 901])("are different for each of %d, and none begins another", (count) => {
    const keys = categoryKeys(count);
    expect(new Set(keys).size).toBe(count);
    expect(new Set(keys.map(({ length }) => length)).size).toBe(1);
    keys.forEach((key, category) => {
      expect(readCategoryKeys(key, count)).toEqual({ category });
    });
  });

  it("are read one after the other where one is not enough", () => {
    expect(readCategoryKeys("1", 31)).toBe("beginning");
    expect(readCategoryKeys("12", 31)).toEqual({ category: 1 });
    expect(readCategoryKeys("2y", 31)).toBeUndefined();
    expect(readCategoryKeys("4", 3)).toBeUndefined();
  });
});
