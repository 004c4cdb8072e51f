import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The tests of one area, a folder right under `test/`. */
export interface AreaCount {
  readonly area: string;
  readonly files: number;
  /** Tests as they are written: one that runs over a table of cases counts once. */
  readonly tests: number;
  /** Those of them that run over a table of cases. */
  readonly tables: number;
}

// Biome puts every test on a line of its own: `it("...`, `it.each(`, `it.skipIf(...)(`, `test(`.
const testStart = /^[ \t]*(?:it|test)((?:\.\w+)*)(?:\(|<)/gm;

/** Counts the tests of each area by reading the suite's files, without running them; in the areas' order. */
export function testCounts(root: string): readonly AreaCount[] {
  const areas = new Map<string, { files: number; tests: number; tables: number }>();
  for (const path of globSync("test/**/*.test.{ts,tsx}", { cwd: root })) {
    const [, area, ...rest] = path.replaceAll("\\", "/").split("/");
    const name = rest.length === 0 ? "" : (area ?? "");
    const count = areas.get(name) ?? { files: 0, tests: 0, tables: 0 };
    const starts = [...readFileSync(join(root, path), "utf8").matchAll(testStart)];
    count.files += 1;
    count.tests += starts.length;
    count.tables += starts.filter(([, modifiers]) => /\.(each|for)\b/.test(modifiers ?? "")).length;
    areas.set(name, count);
  }
  return [...areas].sort(([a], [b]) => (a < b ? -1 : 1)).map(([area, count]) => ({ area, ...count }));
}
