import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drawnTruth } from "../../demo/drawPictures.ts";
import { answerChances, simulatedCoders } from "../../demo/simulateCoders.ts";
import type { DemoValidation } from "../../src/cli/validateDemo.ts";
import { openStudy, type Study } from "../../src/store/openStudy.ts";
import type { Evaluation } from "../../src/validation/evaluation.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { coverageOfExample } from "./coverageOfExample.ts";
import { type Finished, runClipbook } from "./runClipbook.ts";

const cwd = mkdtempSync(join(tmpdir(), "clipbook-validation-"));
const folder = join(cwd, "clipbook-demo");
const page = readFileSync(join(import.meta.dirname, "../../docs/validating-a-classification.md"), "utf8");
let first: Finished;
let validation: DemoValidation;
let evaluation: Evaluation;
let stored: ReturnType<typeof contents>;
let study: Study;

/** What the samples of the study hold. */
function contents() {
  const opened = openStudy(folder, { mustExist: true });
  const found = {
    runs: opened.runs.list().length,
    samples: opened.samples.list().map(({ id, name, isSealed }) => ({
      name,
      isSealed,
      members: opened.samples.members(id).map(({ imageId }) => imageId),
      codings: opened.codings.history(id).length,
      coders: opened.samples.coders(id).map(({ coder, role }) => `${coder}, ${role}`),
    })),
    freezes: opened.samples.freezes().length,
  };
  opened.close();
  return found;
}

beforeAll(async () => {
  first = await runClipbook(["demo", "--validate"], { cwd });
  stored = contents();
  const again = await runClipbook(["demo", "--validate", "--json"], { cwd });
  ({ validation } = JSON.parse(again.stdout) as { validation: DemoValidation });
  evaluation = JSON.parse(readFileSync(join(folder, "validation/evaluation.json"), "utf8")) as Evaluation;
  study = openStudy(folder, { mustExist: true });
}, 600_000);

afterAll(() => {
  study?.close();
  rmSync(cwd, { recursive: true, force: true });
});

const percent = (share: number | undefined) => `${((share ?? Number.NaN) * 100).toFixed(1)}%`;
const three = (value: number | undefined) => (value ?? Number.NaN).toFixed(3);

describe("clipbook demo --validate", () => {
  it("makes two samples without a common image, the sealed one coded by three and adjudicated", () => {
    expect(first.code).toBe(0);
    const [reliability, test] = stored.samples;
    expect([reliability?.name, reliability?.members.length, reliability?.isSealed]).toEqual([
      "reliability",
      100,
      false,
    ]);
    expect([test?.name, test?.members.length, test?.isSealed]).toEqual(["test", 400, true]);
    expect(new Set([...(reliability?.members ?? []), ...(test?.members ?? [])]).size).toBe(500);
    expect(test?.coders.toSorted()).toEqual([
      "Ana, coder",
      "Ben, coder",
      "Chloé, coder",
      "Dora, adjudicator",
    ]);
    expect(reliability?.codings).toBe(300);
    expect(test?.codings).toBe(1200 + evaluation.gold.by.adjudication);
    for (const name of ["validation.html", "validation/shares.csv", "validation/methods.txt"])
      expect([name, existsSync(join(folder, name))]).toEqual([name, true]);
  });

  it("covers every drawn share with its corrected share's interval, and prints that", () => {
    expect(validation.drawn.categories.map(({ isCovered }) => isCovered)).toEqual(Array(7).fill(true));
    expect(first.stdout).toContain("7 of 7 intervals of corrected shares hold the drawn share.\n");
    // Counted here from nothing but the drawings, the stored sample and the report's own figures.
    const sample = study.samples.list().find(({ name }) => name === "test");
    const left = new Set(stored.samples[0]?.members);
    const images = new Map<number, string>();
    const truth = drawnTruth(1500);
    for (const { unit, imageId } of study.runs.rows(sample?.runId ?? 0)) {
      const drawn = truth.find(({ name }) => unit.name.endsWith(name));
      if (imageId !== undefined && drawn && !left.has(imageId) && !images.has(imageId))
        images.set(imageId, drawn.category);
    }
    expect(images.size).toBe(evaluation.sample.design.frameSize);
    for (const { category, corrected } of evaluation.shares) {
      const name = evaluation.categories[category];
      const share = [...images.values()].filter((drawn) => drawn === name).length / images.size;
      expect(corrected.interval?.low).toBeLessThanOrEqual(share);
      expect(corrected.interval?.high).toBeGreaterThanOrEqual(share);
      expect(validation.drawn.categories[category]?.drawn).toBeCloseTo(share, 12);
    }
    expect(validation.drawn.correctedError).toBeLessThan(validation.drawn.rawError / 4);
  });

  it("has about the agreement that the coders' error rates imply", () => {
    // Of two coders who err independently, both giving a category.
    const truth = drawnTruth(1500);
    const pairs = [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const;
    const implied = pairs.map(([a, b]) => {
      let same = 0;
      let both = 0;
      for (const { category } of truth) {
        for (const one of answerChances(simulatedCoders[a] as (typeof simulatedCoders)[0], category)) {
          for (const other of answerChances(simulatedCoders[b] as (typeof simulatedCoders)[0], category)) {
            if (one.value === undefined || other.value === undefined) continue;
            both += one.chance * other.chance;
            if (one.value === other.value) same += one.chance * other.chance;
          }
        }
      }
      return same / both;
    });
    const mean = implied.reduce((sum, share) => sum + share, 0) / 3;
    const agreement = validation.reliability.coefficients[0]?.estimate;
    expect(agreement?.interval?.low).toBeLessThan(mean);
    expect(agreement?.interval?.high).toBeGreaterThan(mean);
    const ofTest = evaluation.reliability.coefficients[0]?.estimate.value as number;
    expect(Math.abs(ofTest - mean)).toBeLessThan(0.03);
  });

  it("goes on where it was when it is repeated, doubles nothing, and gives the same figures", () => {
    expect(contents()).toEqual(stored);
    expect(stored.runs).toBe(2);
    expect(readdirSync(folder).filter((name) => name.endsWith(".html"))).toHaveLength(2);
    for (const { name, corrected, interval } of validation.drawn.categories) {
      const shown = `${percent(corrected)} [${percent(interval?.low)}, ${percent(interval?.high)}]`;
      expect(first.stdout.split(shown).length, `${name}: ${shown}`).toBeGreaterThan(2);
    }
    expect(evaluation.sample.openings).toBe(2);
    expect(evaluation.sample.freezes).toHaveLength(1);
  });

  it("leaves samples of the user's own alone", async () => {
    const other = temporaryFolder();
    await runClipbook(["demo", "d", "--count", "420", "--json"], { cwd: other });
    await runClipbook(["sample", "--study", "d", "--name", "reliability", "--size", "20"], { cwd: other });
    const refused = await runClipbook(["demo", "d", "--validate", "--count", "420"], { cwd: other });
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringContaining(
        'error: the study has a sample "reliability" that is not the example\'s\nhint: ',
      ),
    ]);
    mkdirSync(join(other, "e"));
    const few = await runClipbook(["demo", "e", "--validate", "--count", "50"], { cwd: other });
    expect([few.code, few.stderr]).toEqual([1, expect.stringContaining("error: 50 pictures are too few")]);
    expect(readdirSync(join(other, "e"))).toEqual([]);
  });
});

describe("docs/validating-a-classification.md", () => {
  it("shows the commands' own output", async () => {
    const plan = await runClipbook(["sample", "--study", folder, "--plan", "--exclude", "reliability"], {
      cwd,
    });
    const printed = first.stdout + plan.stdout;
    const blocks = [...page.matchAll(/```text\n([\s\S]*?)```/g)].map(([, text]) => text as string);
    expect(blocks.length).toBeGreaterThan(3);
    for (const line of blocks.flatMap((block) => block.trimEnd().split("\n")))
      expect(printed).toContain(`${line}\n`);
  });

  it("quotes the example's figures", () => {
    const { reliability, quality, shares, gold, sample, calibration } = evaluation;
    const alphas = reliability.perCategory.map(({ alpha }) => alpha.value as number);
    const campaign = shares[1];
    const meanProbability = (isRight: boolean) => {
      const images = evaluation.images.filter(
        ({ trueCategory, predicted }) => (trueCategory === predicted) === isRight,
      );
      return Math.round(
        (100 * images.reduce((sum, { probability }) => sum + probability, 0)) / images.length,
      );
    };
    const sentences = [
      `drawn from ${sample.design.frameSize.toLocaleString("en-US")} images`,
      `alpha ${three(validation.reliability.alpha.value)}, interval ${three(validation.reliability.alpha.interval?.low)} to ${three(validation.reliability.alpha.interval?.high)}`,
      `from ${Math.min(...alphas).toFixed(2)} to ${Math.max(...alphas).toFixed(2)}`,
      `on ${gold.by.adjudication} of the 400 images`,
      `prints \`${three(quality.accuracy.value)} ${three(campaign?.corrected.value)}\``,
      `accuracy of ${three(quality.accuracy.value)} (${three(quality.accuracy.interval?.low)} to ${three(quality.accuracy.interval?.high)})`,
      `precision ${three(quality.perCategory[1]?.precision.value)}, and a recall of only ${three(quality.perCategory[1]?.recall.value)}`,
      `${percent(campaign?.raw)} as predicted and ${percent(campaign?.corrected.value)} corrected`,
      `precision of ${three(quality.perCategory[1]?.precision.value)} has an interval from ${three(quality.perCategory[1]?.precision.interval?.low)} on: no error among ${quality.perCategory[1]?.predictedCount} images`,
      `If ${Math.round(100 * (quality.perCategory[0]?.precision.value ?? 0))} of 100 "Collages"`,
      `1,500 without the ${sample.design.left.inSamples} of the reliability sample and without two`,
      `wrong predictions have a mean probability of ${meanProbability(false)}%, the right ones of ${meanProbability(true)}%`,
      `calibration error is ${calibration.expectedCalibrationError?.toFixed(2)}`,
      `show ${calibration.errorUnderCalibration?.toFixed(2)}`,
      `by ${(validation.drawn.rawError * 100).toFixed(1)} points on average, the corrected ones by ${(validation.drawn.correctedError * 100).toFixed(1)}`,
    ];
    const flat = page.replace(/\s+/g, " ");
    for (const sentence of sentences) expect(flat).toContain(sentence);
  });

  it("tells how often the intervals of other draws cover the drawn shares", () => {
    const { covered, all } = coverageOfExample(study, validation.runId, 200);
    expect(page.replace(/\s+/g, " ")).toContain(
      `in ${percent(covered)} of all cases; all seven together in ${Math.round(all * 100)} of 100 draws`,
    );
    expect(covered).toBeGreaterThan(0.93);
    expect(covered).toBeLessThan(0.97);
  });

  it("compares two codebooks on the open sample, and the sealed one stays shut for what was not frozen", async () => {
    const open = await runClipbook(
      ["evaluate", "--study", folder, "--sample", "reliability", "--compare", "1", "--no-page", "--json"],
      { cwd },
    );
    const { comparison } = (JSON.parse(open.stdout) as { evaluation: Evaluation }).evaluation;
    expect(page.replace(/\s+/g, " ")).toContain(
      `is right in ${three(comparison?.accuracy.second)} of those images, the other in ${three(comparison?.accuracy.first)}`,
    );
    expect(comparison?.isSimpleRandom).toBe(true);
    const shut = await runClipbook(["evaluate", "--study", folder, "--sample", "test", "--run", "1"], {
      cwd,
    });
    expect(shut.code).toBe(1);
    const [, message] = shut.stderr.match(/^error: (.*)$/m) ?? [];
    expect(page).toContain(message);
  });

  it("has lines of Python that give the report's accuracy and corrected share", async ({ skip }) => {
    skip(spawnSync("python3", ["--version"]).status !== 0, "needs python3");
    const gold = join(cwd, "gold.csv");
    const exported = await runClipbook([
      "export",
      "gold",
      "--study",
      folder,
      "--sample",
      "test",
      "--output",
      gold,
    ]);
    expect(exported.code).toBe(0);
    const [, lines = ""] = page.match(/```python\n([\s\S]*?)```/) ?? [];
    expect(lines.trim().split("\n")).toHaveLength(5);
    writeFileSync(join(cwd, "lines.py"), lines);
    const python = spawnSync("python3", ["lines.py"], { cwd, encoding: "utf8" });
    expect(python.stdout, python.stderr).toBe(
      `${three(evaluation.quality.accuracy.value)} ${three(evaluation.shares[1]?.corrected.value)}\n`,
    );
  });
});
