import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as clipbook from "../../src/index.ts";
import * as statistics from "../../src/statistics.ts";
import { readCsv } from "../pipeline/classifyInTest.ts";
import { namesOf, unitVectors, writeRetrieval } from "../pipeline/embeddings/vectorFolders.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

const root = join(import.meta.dirname, "../..");

describe("docs/library.md", () => {
  const text = readFileSync(join(root, "docs/library.md"), "utf8");
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

  it("has a program that takes embeddings from elsewhere to a table", async () => {
    const program = /```js\n([\s\S]*?importEmbeddings[\s\S]*?)```/.exec(ofLibrary)?.[1] as string;
    const folder = temporaryFolder();
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(root, join(folder, "node_modules/clipbook"), "dir");
    // The bundled model instead of one to download.
    writeFileSync(join(folder, "program.mjs"), program.replace('"clip-vit-b32"', '"demo"'));
    copyFileSync(join(root, "demo/codebook.yaml"), join(folder, "codebook.yaml"));
    await writeRetrieval(join(folder, "laion-part"), [unitVectors(3, 128)], 128);
    execFileSync(process.execPath, ["program.mjs"], { cwd: folder });
    const rows = readCsv(readFileSync(join(folder, "results.csv"), "utf8"));
    expect(rows.map(({ Image }) => Image)).toEqual(namesOf(3));
    for (const { Classification } of rows) expect(Classification).not.toBe("");
  });
});
