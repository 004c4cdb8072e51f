import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as clipbook from "../../src/index.ts";
import * as statistics from "../../src/statistics.ts";

describe("docs/library.md", () => {
  const text = readFileSync(join(import.meta.dirname, "../../docs/library.md"), "utf8");
  const [ofLibrary, ofStatistics] = text.split("\n## Statistics\n") as [string, string];

  it.each([
    ["clipbook", clipbook, ofLibrary],
    ["clipbook/stats", statistics, ofStatistics],
  ] as const)("names every value that %s exports, and nothing that it does not", (_, exported, part) => {
    const named = [...part.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell]) =>
      [...(cell as string).matchAll(/`(\w+)/g)].map(([, name]) => name as string),
    );
    expect(named.length).toBeGreaterThan(20);
    const values = Object.keys(exported).filter((name) => part !== ofStatistics || !(name in clipbook));
    expect(values.filter((name) => !new RegExp(`\\b${name}\\b`).test(part))).toEqual([]);
    expect(named.filter((name) => !(name in exported))).toEqual([]);
  });
});
