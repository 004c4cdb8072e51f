import { describe, expect, it } from "vitest";
import { wrapLabel } from "../../src/figures/wrapLabel.ts";

describe("wrapLabel", () => {
  it("breaks at blanks and keeps every word", () => {
    expect(wrapLabel("people shaking hands or posing together", { maxWidth: 24, maxLines: 2 })).toEqual([
      "people shaking hands or",
      "posing together",
    ]);
  });

  it("leaves a label that fits exactly on one line", () => {
    expect(wrapLabel("twelve chars", { maxWidth: 12, maxLines: 2 })).toEqual(["twelve chars"]);
  });

  it("breaks inside a word only where the word alone is too wide", () => {
    expect(wrapLabel("ab cdefghij", { maxWidth: 4, maxLines: 4 })).toEqual(["ab", "cdef", "ghij"]);
  });

  it("marks what it had to cut with an ellipsis inside the width", () => {
    expect(wrapLabel("one two three four", { maxWidth: 5, maxLines: 2 })).toEqual(["one", "two…"]);
    expect(wrapLabel("x".repeat(300), { maxWidth: 5, maxLines: 2 })).toEqual(["xxxxx", "xxxx…"]);
  });

  it("counts ideographs and emoji as two letters and never splits an emoji family", () => {
    expect(wrapLabel("写真写真", { maxWidth: 4, maxLines: 2 })).toEqual(["写真", "写真"]);
    expect(wrapLabel("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", { maxWidth: 3, maxLines: 2 })).toEqual(["👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"]);
  });

  it("has no line for an empty label", () => {
    expect(wrapLabel("  ", { maxWidth: 5, maxLines: 2 })).toEqual([]);
  });
});
