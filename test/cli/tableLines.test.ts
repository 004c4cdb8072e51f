import { describe, expect, it } from "vitest";
import { displayWidth, fitWidth } from "../../src/cli/displayWidth.ts";
import { tableLines } from "../../src/cli/tableLines.ts";
import { wrapText } from "../../src/cli/wrapText.ts";

const heads = ["phrase", "wins", "share"];
const rows = [["Animals"], ["a dog on a lawn in the sun", "7", "70.0%"], ["写真", "1,234", "3.0%"]];

describe("tableLines", () => {
  it("aligns text on the left and numbers on the right, wide letters counted twice", () => {
    expect(tableLines([heads, ...rows], { width: 80, indent: 2 })).toEqual([
      "  phrase                       wins  share",
      "  Animals",
      "  a dog on a lawn in the sun      7  70.0%",
      "  写真                        1,234   3.0%",
    ]);
  });

  it("cuts text, and on a narrow terminal puts the numbers below it", () => {
    expect(tableLines([heads, ...rows], { width: 40, indent: 2 })[2]).toBe(
      "  a dog on a lawn in the…       7  70.0%",
    );
    expect(tableLines([heads, ...rows], { width: 30, indent: 2 })).toEqual([
      "  phrase",
      "  Animals",
      "  a dog on a lawn in the sun",
      "    wins 7, share 70.0%",
      "  写真",
      "    wins 1,234, share 3.0%",
    ]);
  });
});

describe("tableLines without a width", () => {
  it("cuts nothing, and begins at the margin", () => {
    const name = "a name ".repeat(30).trim();
    expect(
      tableLines([
        ["", "share"],
        [name, "7.0%"],
      ]),
    ).toEqual([`${" ".repeat(name.length)}  share`, `${name}   7.0%`]);
  });

  it("is nothing without rows", () => {
    expect(tableLines([])).toEqual([]);
  });
});

describe("wrapText and fitWidth", () => {
  it("break at blanks, keep the first indentation, and leave a long word whole", () => {
    expect(wrapText("   hint: one two three", 14, "     ")).toEqual(["   hint: one", "     two three"]);
    expect(wrapText("a verylongword b", 6)).toEqual(["a", "verylongword", "b"]);
  });

  it("cut between letters that belong together", () => {
    expect(fitWidth("写真写真", 5)).toBe("写真…");
    expect(displayWidth("写真…")).toBe(5);
    expect(fitWidth("a dog", 5)).toBe("a dog");
  });
});
