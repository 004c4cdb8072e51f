import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recordVerdict } from "../../src/pipeline/reviews/recordVerdict.ts";
import type { QueueSpec } from "../../src/review/queueSpec.ts";
import { openTable } from "../../src/tables/openTable.ts";
import { readCsv } from "../pipeline/classifyInTest.ts";
import { plainRun } from "../pipeline/plainRun.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { runClipbook } from "./runClipbook.ts";

const queue: QueueSpec = { kind: "random", n: 12, seed: 7 };

/** A closed study in which two people judged three pictures, one of them twice. */
function judgedStudy() {
  const { folder, study, run } = plainRun({ sizes: [20, 20], names: ["Trees", "=Houses"] });
  const judge = (
    position: number,
    reviewer: string,
    verdict: "right" | "wrong" | "unsure" | "skipped" | "withdrawn",
    seen = 0,
    more: { note?: string; correctCategory?: string; queue?: QueueSpec } = {},
  ) =>
    recordVerdict(study, run, {
      position,
      reviewer,
      verdict,
      correctCategory: undefined,
      note: "",
      queue,
      judgedAt: `2026-04-03T10:00:0${seen}.000Z`,
      seen,
      ...more,
    });
  const [first] = study.reviews.units(run.id, [2]);
  judge(2, "Anna", "right");
  judge(2, "Anna", "wrong", 1, {
    note: `=HYPERLINK("x"), "quoted"\nsecond line`,
    correctCategory: first?.category === 0 ? "=Houses" : "Trees",
  });
  judge(2, "Ben", "right", 0, { queue: { kind: "uncertain", n: 24, seed: 1, category: 1 } });
  judge(1, "Anna", "skipped");
  judge(3, "Anna", "unsure");
  judge(3, "Anna", "withdrawn", 5);
  const rows = [1, 2].map((position) => study.runs.row(run.id, position));
  study.close();
  return { folder, rows, first };
}

describe("clipbook export reviews", () => {
  it("prints the verdicts that count as CSV, with what they are about", async () => {
    const { folder, rows, first } = judgedStudy();
    const { code, stdout, stderr } = await runClipbook(["export", "reviews", "--study", folder]);
    expect([code, stderr]).toEqual([0, ""]);
    const [skipped, wrong, right, ...more] = readCsv(stdout);
    expect(more).toEqual([]);
    expect(Object.keys(skipped ?? {})).toEqual([
      "Image",
      "Run",
      "Classification",
      "Classification Label",
      "Classification Probability",
      "Reviewer",
      "Verdict",
      "Correct Category",
      "Note",
      "Judged At",
      "Queue",
    ]);
    expect(skipped).toMatchObject({ Image: rows[0]?.unit.name, Reviewer: "Anna", Verdict: "skipped" });
    // What a spreadsheet would run has an apostrophe in front.
    const names = ["Trees", "'=Houses"];
    expect(wrong).toEqual({
      Image: rows[1]?.unit.name,
      Run: "1",
      Classification: names[first?.category as number],
      "Classification Label": `phrase ${first?.category}`,
      "Classification Probability": ((first?.probability as number) * 100).toFixed(2),
      Reviewer: "Anna",
      Verdict: "wrong",
      "Correct Category": names[1 - (first?.category as number)],
      Note: `'=HYPERLINK("x"), "quoted"\nsecond line`,
      "Judged At": "2026-04-03T10:00:01.000Z",
      Queue: "random, 12 per category, seed 7",
    });
    expect(right).toMatchObject({
      Reviewer: "Ben",
      Verdict: "right",
      Queue: "most uncertain first, 24 of =Houses",
    });
  });

  it("writes every verdict ever given with --history, in their order", async () => {
    const { folder } = judgedStudy();
    const { stdout } = await runClipbook(["export", "reviews", "--study", folder, "--history"]);
    expect(readCsv(stdout).map(({ Reviewer, Verdict }) => `${Reviewer} ${Verdict}`)).toEqual([
      "Anna right",
      "Anna wrong",
      "Ben right",
      "Anna skipped",
      "Anna unsure",
      "Anna withdrawn",
    ]);
  });

  it("writes a file by its ending, and again over an earlier one, but over no other", async () => {
    const { folder } = judgedStudy();
    const output = join(temporaryFolder(), "reviews.jsonl");
    for (let time = 0; time < 2; time++) {
      const { code, stdout } = await runClipbook([
        "export",
        "reviews",
        "--study",
        folder,
        "--output",
        output,
      ]);
      expect([code, stdout]).toEqual([0, `${output}\n`]);
    }
    const rows = readFileSync(output, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows).toHaveLength(3);
    expect(rows[1]).toMatchObject({ Run: 1, Verdict: "wrong", Note: expect.stringMatching(/^=HYPER/) });
    expect(rows[0].Note).toBeNull();
    const other = join(temporaryFolder(), "mine.csv");
    writeFileSync(other, "my own table\n");
    const refused = await runClipbook(["export", "reviews", "--study", folder, "--output", other]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("not overwritten");
    expect(readFileSync(other, "utf8")).toBe("my own table\n");
  });

  it("reads back from Parquet, and counts its rows for programs", async () => {
    const { folder } = judgedStudy();
    const output = join(temporaryFolder(), "reviews.parquet");
    const { stdout } = await runClipbook([
      "export",
      "reviews",
      "--study",
      folder,
      "--output",
      output,
      "--json",
    ]);
    expect(JSON.parse(stdout)).toEqual({ runIds: [1], rows: 3, output });
    const table = await openTable(output);
    expect(table.columns).toContain("Judged At");
    const counted = [];
    for await (const row of table.rows()) counted.push(row);
    expect(counted).toHaveLength(3);
  });

  it("takes the run that is named, or all of them", async () => {
    const { folder } = judgedStudy();
    const all = await runClipbook(["export", "reviews", "--study", folder, "--run", "all"]);
    expect(readCsv(all.stdout)).toHaveLength(3);
    const missing = await runClipbook(["export", "reviews", "--study", folder, "--run", "9"]);
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining("its runs are 1")]);
    const none = await runClipbook(["export", "reviews", "--study", folder, "--run", "newest"]);
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining("number of a run, or all")]);
  });

  it("says so when nothing was judged, and when nothing can be told", async () => {
    const { folder, study } = plainRun({ sizes: [3] });
    study.close();
    const { code, stdout, stderr } = await runClipbook(["export", "reviews", "--study", folder]);
    expect([code, stdout.split("\n").length]).toEqual([0, 2]);
    expect(stderr).toContain("run 1 was not judged yet");
    const json = await runClipbook(["export", "reviews", "--study", folder, "--json"]);
    expect([json.code, json.stderr]).toEqual([1, expect.stringContaining("--output FILE")]);
    const empty = await runClipbook(["export", "reviews", "--study", temporaryFolder()]);
    expect([empty.code, empty.stderr]).toEqual([1, expect.stringContaining("there is no study here")]);
  });
});
