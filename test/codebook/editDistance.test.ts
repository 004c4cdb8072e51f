import { expect, it } from "vitest";
import { editDistance } from "../../src/codebook/editDistance.ts";
import { suggestKey } from "../../src/codebook/suggestKey.ts";

it.each([
  // Values by hand from the definition of optimal string alignment.
  ["", "", 0],
  ["abc", "", 3],
  ["", "abc", 3],
  ["kitten", "sitting", 3],
  ["phrases", "pharses", 1],
  ["ca", "abc", 3],
  ["title", "titel", 1],
])("the edit distance of %j and %j is %d", (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});

it("suggests a known key for a misspelling, another word or another case, and none for anything else", () => {
  const known = ["title", "categories", "template"];
  expect(suggestKey("Titel", known)).toBe("title");
  expect(suggestKey("catgories", known)).toBe("categories");
  expect(suggestKey("classes", known)).toBe("categories");
  expect(suggestKey("prompts", known)).toBeUndefined();
  expect(suggestKey("constructor", known)).toBeUndefined();
  expect(suggestKey("colour", known)).toBeUndefined();
});
