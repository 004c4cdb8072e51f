import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";
import { testCounts } from "../../tools/testReport/testCounts.ts";
import { testReport } from "../../tools/testReport/testReport.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

describe("docs/how-it-is-tested.md", () => {
  it("has the suite's own counts (npm run docs:tests writes it anew)", async () => {
    const written = readFileSync(join(packageRoot, "docs/how-it-is-tested.md"), "utf8");
    expect(await testReport(packageRoot)).toBe(written);
  });

  it("says of every area what its tests hold", async () => {
    const rows = (await testReport(packageRoot))
      .split("\n")
      .filter((line) => /^\| (`\w+`|\(none\)) \|/.test(line));
    const areas = readdirSync(join(packageRoot, "test"), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.test\.tsx?$/.test(path))
      .map((path) => (path.includes("/") ? `\`${path.split("/")[0]}\`` : "(none)"));
    expect(rows.map((row) => row.split(" | ")[0]?.slice(2))).toEqual([...new Set(areas)].sort());
    for (const row of rows) expect(row).toMatch(/ \| [a-z][^|]+ \|$/i);
  });
});

describe("testCounts", () => {
  it("counts tests as they are written, and those over tables once", () => {
    const root = temporaryFolder();
    mkdirSync(join(root, "test/model/deep"), { recursive: true });
    const text = [
      'describe("x", () => {',
      '  it("a", () => {});',
      "  it.each([1, 2])(",
      '    "b %i", () => {});',
      '  it.skipIf(true)("c", () => {});',
      '  test("d", () => {});',
      '  await it2("no");',
      '  // it("in a comment")',
      '  visit("no");',
      "});",
    ].join("\n");
    writeFileSync(join(root, "test/model/one.test.ts"), text);
    writeFileSync(join(root, "test/model/deep/two.test.tsx"), 'it("e", () => {});\n');
    writeFileSync(join(root, "test/model/helper.ts"), 'it("no", () => {});\n');
    writeFileSync(join(root, "test/alone.test.ts"), 'it("f", () => {});\n');
    expect(testCounts(root)).toEqual([
      { area: "", files: 1, tests: 1, tables: 0 },
      { area: "model", files: 2, tests: 5, tables: 1 },
    ]);
  });
});
