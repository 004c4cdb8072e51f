import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { drawStudySample } from "../../src/pipeline/samples/drawStudySample.ts";
import { codeSample } from "../pipeline/evaluation/codedRun.ts";
import { plainRun } from "../pipeline/plainRun.ts";
import { randomRun } from "../pipeline/randomRun.ts";
import { runClipbook } from "./runClipbook.ts";

const names = ["Protest", "Porträt", "町並み"];
const plainNames = ["Category 0", "Category 1", "Category 2"];

/** A study with a run of that many images of each category, and a table of error rates beside it. */
function study(sizes: readonly number[], rows: readonly string[], header = "true,predicted,images") {
  const opened = plainRun({ sizes, names: names.slice(0, sizes.length) });
  opened.study.close();
  const table = join(opened.folder, "rates.csv");
  writeFileSync(table, `${header}\n${rows.join("\n")}\n`);
  return ["shares", "--study", opened.folder, "--error-rates", table];
}

const rowsOf = (counts: readonly (readonly number[])[]) =>
  counts.flatMap((row, truth) =>
    row.map((count, predicted) => `${names[truth]},${names[predicted]},${count}`),
  );

const counts = [
  [80, 10, 10],
  [6, 40, 4],
  [3, 9, 60],
];

describe("clipbook shares", () => {
  // As in test/stats/backCalculationDelta.test.ts: numpy 2.4.6.
  it("prints shares corrected by a table of error rates, with intervals and what they take for granted", async () => {
    const args = study([520, 260, 220], rowsOf(counts));
    const { code, stdout, stderr } = await runClipbook(args);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Shares of run 1 \(1,000 classified\), corrected by .+ \(222 coded images\)\n/);
    expect(stdout).toContain("Matrix back-calculation; 95% intervals by the delta method\n");
    expect(stdout).toMatch(/\nProtest +52\.0% +60\.8% +\[52\.3%, 69\.3%\]\n/);
    expect(stdout).toContain("predictions go wrong here as they did there");
    expect(stdout).not.toContain("note:");
    const json = JSON.parse((await runClipbook([...args, "--json"])).stdout);
    expect(json).toMatchObject({
      runId: 1,
      method: "matrix back-calculation",
      isOutside: false,
      units: 1000,
    });
    expect(json.shares[0]).toMatchObject({
      category: "Protest",
      predicted: 0.52,
      corrected: expect.closeTo(0.6077846253649043, 8),
      standardError: expect.closeTo(0.043439931751367344, 8),
    });
  });

  it("finds a category that the table spells in another form of Unicode, either way", async () => {
    const spellings = ["Portr\u00e4t", "Portra\u0308t"] as const;
    for (const [inCodebook, inTable] of [spellings, spellings.toReversed()] as const) {
      const opened = plainRun({ sizes: [30, 20], names: ["Protest", inCodebook as string] });
      opened.study.close();
      const table = join(opened.folder, "rates.csv");
      const rows = [`Protest,Protest,40`, `${inTable},${inTable},30`, `${inTable},Protest,10`];
      writeFileSync(table, `true,predicted,images\n${rows.join("\n")}\n`);
      const { code, stderr } = await runClipbook([
        "shares",
        "--study",
        opened.folder,
        "--error-rates",
        table,
      ]);
      expect([code, stderr]).toEqual([0, expect.not.stringContaining("error:")]);
    }
  });

  it("uses the weights of a sample that was not drawn alike", async () => {
    const weights = [0.5, 0.02, 0.05, 0.03, 0.1, 0.03, 0.02, 0.03, 0.22];
    const rows = rowsOf(counts).map((row, i) => `${row},${weights[i]}`);
    const args = study([520, 260, 220], rows, "true,predicted,images,weighted_share");
    const { shares, isWeighted } = JSON.parse((await runClipbook([...args, "--json"])).stdout);
    expect(isWeighted).toBe(true);
    expect(shares[1].corrected).toBeCloseTo(0.3642602409638554, 8);
    expect(shares[1].standardError).toBeCloseTo(0.06320138513486064, 8);
  });

  it("prints shares outside of 0 to 100% as they are, and those that fit best beside", async () => {
    const { stdout } = await runClipbook(
      study(
        [960, 40],
        rowsOf([
          [80, 20],
          [10, 90],
        ]),
      ),
    );
    // (.96 + .9 - 1) / (.8 + .9 - 1)
    expect(stdout).toMatch(/\nProtest +96\.0% +122\.9% +\[\d+\.\d%, \d+\.\d%\] +100\.0%\n/);
    expect(stdout).toContain("Rogan and Gladen's formula");
    expect(stdout).toContain("note: a corrected share lies below 0% or above 100%");
  });

  it("warns of error rates that rest on a few images", async () => {
    const { stdout } = await runClipbook(
      study(
        [60, 40],
        rowsOf([
          [80, 20],
          [1, 8],
        ]),
      ),
    );
    expect(stdout).toContain('note: only 9 coded images truly are of "Porträt"');
  });

  it.each([
    [
      "the error rates do not tell the categories apart",
      rowsOf([
        [50, 50, 0],
        [50, 50, 0],
        [3, 9, 60],
      ]),
      {},
    ],
    [
      'no coded image truly is of "Porträt"',
      rowsOf([
        [80, 10, 10],
        [0, 0, 0],
        [3, 9, 60],
      ]),
      {},
    ],
    ['the run has no category "Other"', ["Other,Protest,3"], {}],
    ['no row of the category "Porträt"', ["Protest,Protest,3", "町並み,町並み,4"], {}],
    ["this pair of categories came before", ["Protest,Protest,3", "Protest,Protest,4"], {}],
    ['"many" in column images is no number', ["Protest,Protest,many"], {}],
    ['there is no column "images"', ["Protest,Protest,3"], { header: "true,predicted,count" }],
  ])("refuses, and says: %s", async (message, rows, { header }: { header?: string }) => {
    const { code, stdout, stderr } = await runClipbook(study([520, 260, 220], rows, header));
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(message);
    expect(stderr).toContain("hint: ");
  });

  it("refuses two categories that are predicted no better than by guessing", async () => {
    const { code, stderr } = await runClipbook(
      study(
        [50, 50],
        rowsOf([
          [10, 90],
          [90, 10],
        ]),
      ),
    );
    expect([code, stderr]).toEqual([1, expect.stringContaining("no better than guessing")]);
  });

  it("takes confusion.csv as clipbook evaluate wrote it for another study", async () => {
    const there = await randomRun({ units: 600, pictures: 600, categories: 3 });
    const sample = drawStudySample(
      there.study,
      there.run,
      {
        name: "test",
        purpose: "test",
        design: { kind: "simple", size: 200, floor: undefined, least: undefined },
        seed: 1,
        isSealed: false,
        exclusions: { samples: [], reviewed: false, examples: false },
      },
      "2026-05-01T08:00:00.000Z",
    );
    codeSample(there.study, there.run, sample, {
      Anna: (place, predicted) => (place % 6 === 0 ? (predicted + 1) % 3 : predicted),
      Ben: (place, predicted) => (place % 6 === 0 ? (predicted + 1) % 3 : predicted),
    });
    there.study.close();
    const { directory } = there.study;
    const files = join(there.folder, "files");
    const evaluate = ["evaluate", "--study", directory, "--no-page"];
    const powered = await runClipbook([...evaluate, "--files", files, "--shares", "ppi", "--ordinal"]);
    expect([powered.code, powered.stderr]).toEqual([0, ""]);
    expect(powered.stdout).toContain("corrected by PPI++");
    expect(powered.stdout).toMatch(
      /Ordinal alpha +1\.000 .*the categories as grades in the codebook's order/,
    );
    const here = plainRun({ sizes: [520, 260, 220], names: plainNames });
    here.study.close();
    const { code, stdout, stderr } = await runClipbook([
      ...["shares", "--study", here.folder],
      ...["--error-rates", join(files, "confusion.csv")],
    ]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("(200 coded images)");
    expect(stdout).toContain("error rates weighted as that sample was drawn");
  });
});
