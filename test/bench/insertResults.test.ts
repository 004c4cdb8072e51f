import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { insertResults } from "../../bench/insertResults.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/benchmark.md"), "utf8");

describe("insertResults", () => {
  it("replaces the results of docs/benchmark.md and nothing else", () => {
    const once = insertResults(page, "| first |\n");
    expect(insertResults(once, "| second |\n")).toBe(once.replace("| first |", "| second |"));
    expect(once.split("\n")[0]).toBe(page.split("\n")[0]);
    expect(once.split("\n").at(-2)).toBe(page.split("\n").at(-2));
  });

  it("refuses a page without marks", () => {
    expect(() => insertResults("# Page\n", "table")).toThrow(RangeError);
  });
});
