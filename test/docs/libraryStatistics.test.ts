import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporaryFolder.ts";

const root = join(import.meta.dirname, "../..");
const text = readFileSync(join(root, "docs/library.md"), "utf8");

function block(language: string): string {
  return (new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text)?.[1] ?? "").trim();
}

describe("the example of clipbook/stats in docs/library.md", () => {
  // Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C: .743, ordinal .815, interval .849, ratio .797.
  it("computes Krippendorff's published values with the built package, as the page prints them, and its types check", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(root, join(folder, "node_modules/clipbook"), "dir");
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    writeFileSync(join(folder, "alpha.ts"), block("ts"));
    const printed = execFileSync(process.execPath, ["alpha.ts"], { cwd: folder, encoding: "utf8" });
    expect(printed.trim()).toBe(block("text"));
    expect(printed.split("\n").slice(0, 4)).toEqual([
      "nominal 0.743",
      "ordinal 0.815",
      "interval 0.849",
      "ratio 0.797",
    ]);
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const flags = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2024", "--skipLibCheck"];
    const types = ["--types", "node", "--typeRoots", join(root, "node_modules/@types")];
    execFileSync(process.execPath, [tsc, ...flags, ...types, "alpha.ts"], { cwd: folder, stdio: "pipe" });
  });
});
