import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freezeCodebook } from "../../src/pipeline/samples/freezeCodebook.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { readCsv } from "../pipeline/classifyInTest.ts";
import { codedSampleOf, simulatedPosts, tableStudy } from "../pipeline/evaluation/tableStudy.ts";
import { codedStudy } from "./codedStudy.ts";
import { runClipbook } from "./runClipbook.ts";

// What numpy 2.4.6 finds with the true category of every unit.
const trueSlope = 0.04936006;

function simulated(isSealed = false) {
  const posts = simulatedPosts(1500);
  const { folder, study, run, table } = tableStudy(posts);
  const sample = codedSampleOf(study, run, posts, { drawn: [120, 80, 200], seed: 2, isSealed });
  return { posts, folder, study, run, table, sample };
}

const asked = ["--outcome", "category:Events", "--on", "followers", "--on", "party"];

describe("clipbook regress", () => {
  it("finds the true slope where the predictions alone miss it, prints both, and writes a table", async () => {
    const { posts, folder, study } = simulated();
    study.close();
    const output = join(folder, "slopes.csv");
    const args = ["regress", "--study", folder, ...asked, "--gold", "coder:Anna", "--output", output];
    const { code, stdout, stderr } = await runClipbook(args);
    expect([code, stderr]).toEqual([0, `written to ${output}\n`]);
    const lines = stdout.split("\n");
    expect(lines[0]).toBe("Linear regression of category:Events, design-based supervised learning");
    expect(lines[1]).toBe('run 1, sample "test", true: the codes of Anna');
    expect(lines[3]).toMatch(/estimate +s\.e\. +z +p +95% interval +naive +naive 95%$/);
    expect(stdout).toMatch(/\nfollowers +0\.0\d{3} .* \[0\.\d+, 0\.\d+\] +0\.00\d+ /);
    expect(stdout).toContain(`\n${posts.rows.length} units, of which`);
    expect(stdout).toContain("clustered by image (1500), for some images are shown by several units");
    expect(stdout).toContain('party: compared with "Greens"');
    const rows = readCsv(readFileSync(output, "utf8"));
    expect(rows.map(({ term }) => term)).toEqual(["(intercept)", "followers", "party: Left", "party: Right"]);
    const followers = rows[1];
    expect(Number(followers?.low)).toBeLessThan(trueSlope);
    expect(Number(followers?.high)).toBeGreaterThan(trueSlope);
    expect(Number(followers?.low)).toBeGreaterThan(0);
    expect(Number(followers?.naive_high)).toBeLessThan(trueSlope);
    // An earlier table is replaced, any other file is not.
    expect((await runClipbook(args)).code).toBe(0);
    writeFileSync(output, "mine\n");
    expect((await runClipbook(args)).stderr).toContain("not overwritten");
  });

  it("answers as JSON, with clusters of a column and the logistic family", async () => {
    const { folder, study } = simulated();
    study.close();
    const { code, stdout, stderr } = await runClipbook([
      ...["regress", "--study", folder, ...asked, "--on", "year of date"],
      ...["--family", "logistic", "--cluster", "account", "--missing", "Left", "--json"],
    ]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain('column "year of date" has the value "2024" only');
    const again = await runClipbook([
      ...["regress", "--study", folder, ...asked, "--on", "month of date"],
      ...["--family", "logistic", "--cluster", "account", "--missing", "Left", "--json"],
    ]);
    expect([again.code, again.stderr]).toEqual([0, ""]);
    const answer = JSON.parse(again.stdout);
    expect(answer).toMatchObject({
      runId: 1,
      sample: "test",
      gold: { kind: "coder", coder: "Anna" },
      model: "logistic",
      clusters: { column: "account", count: 40 },
      references: [
        { column: "party", value: "Greens" },
        { column: "month of date", value: "2024-01" },
      ],
    });
    expect(answer.left.missingByColumn.map(({ column }: { column: string }) => column)).toEqual([
      "party",
      "month of date",
    ]);
    expect(answer.notes[0]).toContain('for example "31.12.2023"');
  });

  it("opens a sealed sample only with a frozen codebook, counts it, and not for a misspelt column", async () => {
    const { folder, study, run, sample, table } = simulated(true);
    const args = ["regress", "--study", folder, ...asked];
    const sealed = await runClipbook(args);
    expect([sealed.code, sealed.stderr]).toEqual([1, expect.stringContaining("is sealed")]);
    freezeCodebook(study, run, "2026-05-03T10:00:00.000Z");
    const wrong = await runClipbook([...args, "--on", "follower"]);
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('no column "follower"')]);
    expect(study.samples.openings(sample.id)).toEqual([]);
    expect((await runClipbook(args)).code).toBe(0);
    expect(study.samples.openings(sample.id)).toMatchObject([{ how: "regress", runId: run.id }]);
    study.close();
    rmSync(table);
    const gone = await runClipbook(args);
    expect([gone.code, gone.stderr]).toEqual([1, expect.stringContaining("put the table back")]);
    const rule = await runClipbook([...args, "--gold", "all"]);
    expect([rule.code, rule.stderr]).toEqual([
      1,
      expect.stringContaining("majority, adjudicated, or coder:NAME"),
    ]);
    const reopened = openStudy(folder);
    expect(reopened.samples.openings(sample.id)).toHaveLength(1);
    reopened.close();
  });

  it("does not open the sample where the regression fails", async () => {
    const { folder, study, sample } = simulated();
    const failed = async (message: string, ...args: readonly string[]) => {
      const { code, stderr } = await runClipbook(["regress", "--study", folder, ...args]);
      expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
    };
    await failed(
      "neither the outcome nor a covariate is a category",
      "--outcome",
      "followers",
      "--on",
      "party",
    );
    await failed('has the value "2024" only', ...asked, "--on", "year of date");
    expect(study.samples.openings(sample.id)).toEqual([]);
    study.close();
  });

  it("corrects the run that the sample was drawn from, unless told, as export predictions does", async () => {
    const { folder, study } = await codedStudy();
    study.close();
    const common = ["--study", folder, "--gold", "coder:Anna", "--json"];
    const regressed = await runClipbook(["regress", ...common, "--outcome", "category:Category 0"]);
    expect(JSON.parse(regressed.stdout)).toMatchObject({ runId: 1 });
    const output = join(folder, "predictions.csv");
    const predictions = ["export", "predictions", ...common, "--at-precision", "50", "--output", output];
    const withheld = await runClipbook([...predictions, "--residual", "Nothing", "--no-columns"]);
    expect(JSON.parse(withheld.stdout)).toMatchObject({ runId: 1 });
    const other = await runClipbook([...predictions, "--residual", "Nothing", "--no-columns", "--run", "2"]);
    expect(JSON.parse(other.stdout)).toMatchObject({ runId: 2 });
  });
});
