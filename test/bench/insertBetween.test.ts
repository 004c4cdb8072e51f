import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { insertBetween } from "../../bench/insertBetween.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/benchmark.md"), "utf8");
const marks = ["<!-- what npm run bench printed -->\n", "<!-- until here -->\n"] as const;

describe("insertBetween", () => {
  it("replaces the results of docs/benchmark.md and nothing else", () => {
    const once = insertBetween(page, ...marks, "| first |\n");
    expect(insertBetween(once, ...marks, "| second |\n")).toBe(once.replace("| first |", "| second |"));
    expect(once.split("\n")[0]).toBe(page.split("\n")[0]);
    expect(once.split("\n").at(-2)).toBe(page.split("\n").at(-2));
  });

  it("refuses a page without marks", () => {
    expect(() => insertBetween("# Page\n", ...marks, "table")).toThrow(RangeError);
  });
});
