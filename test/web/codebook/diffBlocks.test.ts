import { describe, expect, it } from "vitest";
import { diffBlocks } from "../../../web/codebook/diffBlocks.ts";
import { lineDiff } from "../../../web/codebook/lineDiff.ts";

const letters = "abcdefghijklmnopqrstuvwxyz".split("");
const text = (lines: readonly string[]) => lines.join("\n");

function shape(before: readonly string[], after: readonly string[]) {
  return diffBlocks(lineDiff(text(before), text(after)), 2).map((block) =>
    "equalLines" in block
      ? block.equalLines
      : block.rows.map(({ before: line }) => line?.text ?? "-").join(""),
  );
}

describe("blocks of a difference", () => {
  it("leave out equal lines that are far from every difference, and say how many", () => {
    expect(shape(letters, letters.with(10, "X"))).toEqual([8, "ijklm", 13]);
    expect(shape(letters, letters.with(0, "X").with(25, "Y"))).toEqual(["abc", 20, "xyz"]);
  });

  it("join where two differences are near each other", () => {
    expect(shape(letters, letters.with(10, "X").with(13, "Y"))).toEqual([8, "ijklmnop", 10]);
  });

  it("are one number for equal texts", () => {
    expect(shape(letters, letters)).toEqual([26]);
  });
});
