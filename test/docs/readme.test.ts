import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { drawPictures } from "../../demo/drawPictures.ts";
import { parseCodebook } from "../../src/codebook/parseCodebook.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { requireKnownCommands } from "./requireKnownCommands.ts";

const root = join(import.meta.dirname, "../..");
const readme = readFileSync(join(root, "README.md"), "utf8");

/** The code blocks of a language, in order. */
function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(
    ([, text]) => text as string,
  );
}

describe("the README", () => {
  it("opens its Start section with the two lines that set up, test and show", () => {
    const start = readme.split("## Start")[1] as string;
    const [first] = [...start.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text]) => text as string);
    const lines = (first as string)
      .trim()
      .split("\n")
      .map((line) => line.replace(/\s+#.*/, ""));
    expect(lines).toEqual(["npm ci && npm run demo", "npm ci && npm test"]);
    const ci = readFileSync(join(root, ".ci/run"), "utf8");
    expect(ci).toContain("npm ci && npm test");
    expect(ci).toContain("npm run demo");
  });

  it("has a program of at most 18 lines that classifies a folder and prints its rows", async () => {
    const program = blocks("ts").find((text) => text.includes('from "clipbook"')) as string;
    expect(program.trim().split("\n").length).toBeLessThanOrEqual(18);
    const folder = temporaryFolder();
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(root, join(folder, "node_modules/clipbook"), "dir");
    // What npm init writes.
    writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }');
    writeFileSync(join(folder, "program.mts"), program);
    copyFileSync(join(root, "demo/codebook.yaml"), join(folder, "codebook.yaml"));
    await drawPictures(join(folder, "images"), { count: 7 });
    const printed = execFileSync(process.execPath, ["program.mts"], { cwd: folder, encoding: "utf8" });
    const rows = printed.trim().split("\n");
    expect(rows).toHaveLength(7);
    for (const row of rows) expect(row).toMatch(/^images\/post-\d{4}\.\w+ .+ \d+\.\d\d$/);
    // Its types are those that the package ships.
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    const flags = [
      "--noEmit",
      "--strict",
      "--module",
      "nodenext",
      "--target",
      "es2024",
      "--types",
      "node",
      "--skipLibCheck",
    ];
    const types = spawnSync(
      process.execPath,
      [tsc, ...flags, "--typeRoots", join(root, "node_modules/@types"), "program.mts"],
      {
        cwd: folder,
        encoding: "utf8",
      },
    );
    expect(types.stdout).toBe("");
    expect(types.status).toBe(0);
  });

  it("shows a codebook of ten lines that loads", () => {
    const codebook = blocks("yaml")[0] as string;
    expect(codebook.trim().split("\n")).toHaveLength(10);
    expect(parseCodebook(Buffer.from(codebook), "readme.yaml").codebook.categories.length).toBeGreaterThan(1);
  });

  it("links to files that are there", () => {
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, path]) => path as string);
    expect(links.length).toBeGreaterThan(3);
    for (const path of links) expect([path, existsSync(join(root, path))]).toEqual([path, true]);
  });

  it("names commands and options that the program knows", async () => {
    await requireKnownCommands(readme);
  });
});
