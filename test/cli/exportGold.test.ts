import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCsv } from "../pipeline/classifyInTest.ts";
import { codedStudy } from "./codedStudy.ts";
import { runClipbook } from "./runClipbook.ts";

const columns = [
  ...["unit", "sha256", "gold", "gold_by", "predicted", "phrase", "probability"],
  ...["stratum", "stratum_size", "stratum_drawn", "inclusion_probability", "weight"],
];

const exported = (folder: string, ...more: readonly string[]) =>
  runClipbook(["export", "gold", "--study", folder, ...more]);

describe("clipbook export gold", () => {
  it("prints the drawn images as CSV, whose weights add up to the frame", async () => {
    const { folder, study, run, sample, opened } = await codedStudy();
    const { code, stdout, stderr } = await exported(folder);
    expect([code, stderr]).toEqual([0, ""]);
    const rows = readCsv(stdout);
    expect(Object.keys(rows[0] ?? {})).toEqual(columns);
    expect(rows).toHaveLength(45);
    const answered = rows.filter(({ gold }) => gold !== "");
    expect(answered).toHaveLength(40);
    expect(answered.reduce((sum, { weight }) => sum + Number(weight), 0)).toBeCloseTo(90, 9);
    for (const row of rows) {
      expect(row.weight === "").toBe(row.gold === "");
      expect(Number(row.inclusion_probability)).toBeCloseTo(15 / Number(row.stratum_size), 12);
      expect(row.stratum).toBe(row.predicted);
    }
    for (const member of study.samples.members(sample.id)) {
      const { prediction } = study.runs.row(run.id, member.position);
      const isWrong = member.place % 5 === 0;
      const truth = ((prediction?.category as number) + (isWrong ? 1 : 0)) % 3;
      expect(rows[member.place]).toMatchObject({
        unit: member.name,
        predicted: `Category ${prediction?.category}`,
        // Where Ben is unsure there is no majority.
        gold: member.place % 11 === 0 ? "" : `Category ${truth}`,
        gold_by: member.place % 11 === 0 ? "disagreement" : "agreement",
        stratum_drawn: "15",
      });
    }
    expect(opened()).toEqual(["export gold 1"]);
  });

  it("writes a file that may replace its own and no other, and says so with --json", async () => {
    const { folder } = await codedStudy();
    const output = join(folder, "gold.csv");
    expect(await exported(folder, "--output", output)).toMatchObject({ code: 0, stdout: `${output}\n` });
    const again = await exported(folder, "--output", output, "--gold", "coder:Anna", "--json");
    expect(JSON.parse(again.stdout)).toEqual({ sample: "test", runId: 1, rows: 45, output });
    expect(readCsv(readFileSync(output, "utf8")).filter(({ gold }) => gold === "")).toEqual([]);
    writeFileSync(output, "mine\n");
    const refused = await exported(folder, "--output", output);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("is not overwritten")]);
    expect(readFileSync(output, "utf8")).toBe("mine\n");
    const both = await exported(folder, "--json");
    expect([both.code, both.stdout, both.stderr]).toEqual([1, "", expect.stringContaining("hint: name the")]);
  });

  it("refuses a sealed sample before the codebook is frozen, and says of an uncoded one that nothing is known", async () => {
    const sealed = await codedStudy({ isSealed: true });
    const { code, stdout, stderr } = await exported(sealed.folder);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain('sample "test" is sealed');
    expect(stderr).toContain("clipbook freeze");
    expect(sealed.opened()).toEqual([]);
    const uncoded = await codedStudy({ isCoded: false });
    const empty = await exported(uncoded.folder);
    expect([empty.code, empty.stderr]).toEqual([0, expect.stringContaining("is coded yet")]);
    expect(readCsv(empty.stdout).every(({ gold, weight }) => gold === "" && weight === "")).toBe(true);
  });
});
