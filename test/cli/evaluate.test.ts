import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { evaluationTableNames } from "../../src/figures/evaluation/evaluationTableNames.ts";
import type { Evaluation } from "../../src/validation/evaluation.ts";
import { readCsv } from "../pipeline/classifyInTest.ts";
import { codedStudy } from "./codedStudy.ts";
import { runClipbook } from "./runClipbook.ts";

async function evaluate(folder: string, ...more: readonly string[]) {
  return runClipbook(["evaluate", "--study", folder, ...more]);
}

/** Asserts that it ends with exit code 1, this message and hint, and nothing on stdout. */
async function refused(folder: string, [message, hint]: readonly [string, string], ...more: string[]) {
  const { code, stdout, stderr } = await evaluate(folder, ...more);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(message);
  expect(stderr.split("\n").find((line) => line.startsWith("hint: "))).toContain(hint);
}

describe("clipbook evaluate", () => {
  it("prints the main figures, writes the page, and says the same as --json", async () => {
    const { folder, opened } = await codedStudy();
    const { code, stdout, stderr } = await evaluate(folder);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain('Sample "test" of run 1: 45 of 90 images, stratified by predicted category');
    expect(stdout).toContain(
      "40 of them have a true category, by the majority of the coders. Coded by Anna, Ben.",
    );
    const [page] = readdirSync(folder).filter((name) => /^\d{4}-\d\d-\d\d-CLIP-Validation\.html$/.test(name));
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(join(folder, page as string));
    expect(readFileSync(join(folder, page as string), "utf8")).toContain("data:image/jpeg;base64,");

    const json = await evaluate(folder, "--no-page", "--json");
    const answer = JSON.parse(json.stdout) as { evaluation: Evaluation; page?: string; files: string[] };
    expect([answer.page, answer.files]).toEqual([undefined, []]);
    const { quality, shares, warnings } = answer.evaluation;
    const { value = Number.NaN, interval } = quality.accuracy;
    expect(stdout).toMatch(
      new RegExp(
        `^Accuracy +${value.toFixed(3)} \\[${interval?.low.toFixed(3)}, ${interval?.high.toFixed(3)}\\] `,
        "m",
      ),
    );
    for (const { category, raw, corrected } of shares) {
      const figures = [raw, corrected.value as number].map((share) => `${(share * 100).toFixed(1)}%`);
      expect(stdout).toMatch(new RegExp(`^Category ${category} +${figures.join(" +")} \\[`, "m"));
    }
    expect(warnings.length).toBeGreaterThan(0);
    for (const warning of warnings) expect(stdout).toContain(`note: ${warning}\n`);
    expect(opened()).toEqual(["evaluate 1", "evaluate 1"]);
  });

  it("takes a named coder's codes, and refuses one who coded nothing", async () => {
    const { folder, opened } = await codedStudy();
    const { stdout } = await evaluate(folder, "--no-page", "--gold", "coder:Anna");
    expect(stdout).toContain("45 of them have a true category, by the codes of Anna.");
    await refused(
      folder,
      ['nobody called "Dora" has coded', "its coders are Anna, Ben"],
      ...["--gold", "coder:Dora"],
    );
    expect(opened()).toEqual(["evaluate 1"]);
  });

  it("writes every table, the data, the paragraph and BibTeX, and replaces them on the second call", async () => {
    const { folder } = await codedStudy();
    const files = join(folder, "numbers");
    const names = [
      ...evaluationTableNames.map((name) => `${name}.csv`),
      ...["evaluation.json", "methods.txt", "references.bib"],
    ];
    const first = await evaluate(folder, "--no-page", "--files", files);
    expect(first.code).toBe(0);
    for (const name of names) expect(first.stdout).toContain(`${join(files, name)}\n`);
    expect(readdirSync(files).toSorted()).toEqual(names.toSorted());
    const known = () =>
      readCsv(readFileSync(join(files, "response.csv"), "utf8")).reduce(
        (sum, row) => sum + Number(row.with_true_category),
        0,
      );
    expect(known()).toBe(40);
    const { methods } = JSON.parse(readFileSync(join(files, "evaluation.json"), "utf8")) as Evaluation;
    expect(readFileSync(join(files, "methods.txt"), "utf8")).toContain(methods.paragraph);
    const bibtex = readFileSync(join(files, "references.bib"), "utf8");
    for (const { key } of methods.references) expect(bibtex).toContain(`{${key},`);

    const second = await evaluate(folder, "--no-page", "--files", files, "--gold", "coder:Anna");
    expect(second.code).toBe(0);
    expect(known()).toBe(45);
    expect(readdirSync(files).toSorted()).toEqual(names.toSorted());
  });

  it("overwrites nothing in a folder in which one of the names is another file's, and looks at no result", async () => {
    const { folder, opened } = await codedStudy();
    const files = join(folder, "numbers");
    mkdirSync(files);
    writeFileSync(join(files, "references.bib"), "@book{mine2020}\n");
    await refused(
      folder,
      ["references.bib: there is another file of this name", "move that one away"],
      ...["--no-page", "--files", files],
    );
    expect(readdirSync(files)).toEqual(["references.bib"]);
    expect(readFileSync(join(files, "references.bib"), "utf8")).toBe("@book{mine2020}\n");
    expect(opened()).toEqual([]);
  });

  it("replaces its own page, and refuses another's before it looks at the results", async () => {
    const { folder, opened } = await codedStudy();
    const [own, foreign] = [join(folder, "own.html"), join(folder, "foreign.html")];
    expect((await evaluate(folder, "--output", own)).code).toBe(0);
    expect((await evaluate(folder, "--output", own)).code).toBe(0);
    writeFileSync(foreign, "<p>mine</p>");
    await refused(folder, ["foreign.html: there is another file", "name another file"], "--output", foreign);
    await refused(
      folder,
      ["own.txt: not the name of a page", "end the name in .html"],
      "--output",
      "own.txt",
    );
    expect(readFileSync(foreign, "utf8")).toBe("<p>mine</p>");
    expect(opened()).toHaveLength(2);
  });

  it("gives errors by folder, and counts no opening for a misspelt column", async () => {
    const { folder, opened } = await codedStudy();
    await refused(folder, ['no column "foldr"', 'its only column is "folder"'], "--by", "foldr");
    expect(opened()).toEqual([]);
    const { stdout } = await evaluate(folder, "--no-page", "--by", "folder");
    expect(stdout).toMatch(/^by folder +units +coded +share of errors\npictures +90 +\d+ +[\d.]+% \[/m);
    expect(opened()).toEqual(["evaluate 1"]);
  });

  it("compares with another run on the same images, and not with itself", async () => {
    const { folder, opened } = await codedStudy();
    await refused(folder, ["run 1 cannot be compared with itself", "another run"], "--compare", "1");
    await refused(folder, ["there is no run 9", "its runs are 1, 2"], "--compare", "9");
    expect(opened()).toEqual([]);
    const { stdout } = await evaluate(folder, "--no-page", "--compare", "2");
    expect(stdout).toMatch(/^the same 40 images +run 1 +run 2 +difference$/m);
    const [, ...counts] =
      /both right (\d+), only run 1 (\d+), only run 2 (\d+), both wrong (\d+)/.exec(stdout) ?? [];
    expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(40);
    // One look, which both runs had to be open for.
    expect(opened()).toEqual(["evaluate 1"]);
  });

  it("refuses a sealed sample before the codebook is frozen, and an uncoded one", async () => {
    const sealed = await codedStudy({ isSealed: true });
    await refused(sealed.folder, ['sample "test" is sealed', "clipbook freeze"]);
    expect(sealed.opened()).toEqual([]);
    const uncoded = await codedStudy({ isCoded: false });
    await refused(uncoded.folder, ['nothing of sample "test" is coded yet', "code it first"]);
    expect(uncoded.opened()).toEqual([]);
  });
});
