import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCsv } from "../pipeline/classifyInTest.ts";
import {
  codedSampleOf,
  type SimulatedImage,
  simulatedPosts,
  tableStudy,
} from "../pipeline/evaluation/tableStudy.ts";
import { runClipbook } from "./runClipbook.ts";

function simulated(hasResidual: boolean) {
  const posts = { ...simulatedPosts(1500), hasResidual };
  const { folder, study, run, table } = tableStudy(posts);
  const sample = codedSampleOf(study, run, posts, { drawn: [120, 100, 150], seed: 9 });
  const opened = () => study.samples.openings(sample.id);
  const output = join(folder, "predictions.csv");
  const args = (...more: readonly string[]) => [
    ...["export", "predictions", "--study", folder, "--output", output],
    ...more,
  ];
  return { posts, study, table, output, args, opened };
}

describe("clipbook export predictions", () => {
  it("gives units below the threshold the residual category, and says which they were", async () => {
    const { posts, study, output, args, opened } = simulated(true);
    const { code, stdout, stderr } = await runClipbook(args("--at-precision", "90"));
    expect([code, stdout]).toEqual([0, `${output}\n`]);
    expect(stderr).toContain("too narrow with few coded images; --lower-bound is on the safe side\n");
    const [, shown, precision, low, high, coverage] =
      /^probability from ([\d.]+) on; precision, cross-validated: ([\d.]+)% \[([\d.]+)%, ([\d.]+)%\]; coverage ([\d.]+)%\n/.exec(
        stderr,
      ) ?? [];
    expect(Number(low)).toBeLessThan(Number(precision));
    expect(Number(high)).toBeGreaterThan(Number(precision));
    expect(Number(coverage)).toBeLessThan(90);
    const rows = readCsv(readFileSync(output, "utf8"));
    expect(Object.keys(rows[0] ?? {})).toEqual([
      ...["file", "account", "party", "followers", "date", "Image"],
      ...["Classification", "Classification Label", "Classification Probability", "Classification Withheld"],
    ]);
    let kept = 0;
    for (const [i, { image, cells }] of posts.rows.entries()) {
      const { predicted, probability } = posts.images[image] as SimulatedImage;
      const isKept = probability >= Number(shown) / 100;
      kept += Number(isKept);
      expect(rows[i]).toMatchObject({
        account: cells.account,
        Image: `${image}.jpg`,
        Classification: isKept ? posts.categories[predicted] : "Other",
        "Classification Label": `phrase ${predicted}`,
        "Classification Probability": (probability * 100).toFixed(2),
        "Classification Withheld": isKept ? "" : posts.categories[predicted],
      });
    }
    expect(stderr).toContain(`kept ${kept} of ${posts.rows.length} classified units`);
    expect(opened()).toMatchObject([{ how: "export predictions" }]);
    study.close();
  });

  it("takes the margin, a threshold for each category and a residual category that is named", async () => {
    const { posts, study, output, args } = simulated(false);
    study.close();
    const { code, stdout } = await runClipbook(
      args("--at-precision", "85", "--score", "margin", "--per-category", "--residual", "Not sure", "--json"),
    );
    expect(code).toBe(0);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({
      score: "margin",
      residual: "Not sure",
      classified: posts.rows.length,
      output,
    });
    expect(answer.thresholds.map(({ category }: { category: string }) => category)).toEqual(posts.categories);
    const rows = readCsv(readFileSync(output, "utf8"));
    expect(rows.filter((row) => row["Classification Withheld"] === "")).toHaveLength(answer.kept);
    for (const [i, { image }] of posts.rows.entries()) {
      const { predicted, probability, runnerUp } = posts.images[image] as SimulatedImage;
      const { threshold } = answer.thresholds[predicted];
      const isKept = threshold !== undefined && Math.max(0, probability - runnerUp) >= threshold;
      expect(rows[i]?.Classification).toBe(isKept ? posts.categories[predicted] : "Not sure");
    }
  });

  it("refuses what it cannot do before it opens the sample, and says what would go", async () => {
    const { study, output, args, table, opened } = simulated(false);
    const refused = async (message: string, ...more: readonly string[]) => {
      const { code, stderr } = await runClipbook(args(...more));
      expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
    };
    await refused("no residual category", "--at-precision", "90");
    await refused("above 0, up to 100", "--at-precision", "0");
    await refused("did you mean 90?", "--at-precision", "0.9");
    await refused("did you mean 100?", "--at-precision", "1");
    await refused('"Events" is a category', "--at-precision", "90", "--residual", "Events");
    await refused(
      "choose another prefix",
      "--at-precision",
      "90",
      "--residual",
      "x",
      "--column-name",
      "party",
    );
    expect(opened()).toEqual([]);
    rmSync(table);
    await refused("--no-columns", "--at-precision", "90", "--residual", "x");
    expect(opened()).toEqual([]);
    study.close();
    const without = await runClipbook(args("--at-precision", "90", "--residual", "x", "--no-columns"));
    expect(without.code).toBe(0);
    expect(readFileSync(output, "utf8")).toMatch(/^Image,Classification,/);
  });

  it("does not open a sample of which too few images are coded", async () => {
    const posts = { ...simulatedPosts(300), hasResidual: true };
    const { folder, study, run } = tableStudy(posts);
    const sample = codedSampleOf(study, run, posts, { drawn: [1, 1, 1], seed: 9 });
    const output = join(folder, "predictions.csv");
    const { code, stderr } = await runClipbook([
      ...["export", "predictions", "--study", folder, "--output", output, "--at-precision", "90"],
    ]);
    expect([code, stderr]).toEqual([1, expect.stringContaining("too few to choose a threshold")]);
    expect(study.samples.openings(sample.id)).toEqual([]);
    study.close();
  });

  it("says of a category with too few coded images that these are too few", async () => {
    const posts = { ...simulatedPosts(1500), hasResidual: true };
    const { folder, study, run } = tableStudy(posts);
    codedSampleOf(study, run, posts, { drawn: [3, 100, 150], seed: 9 });
    study.close();
    const output = join(folder, "predictions.csv");
    const { code, stderr } = await runClipbook([
      ...["export", "predictions", "--study", folder, "--output", output, "--at-precision", "70"],
      ...["--per-category", "--residual", "Other"],
    ]);
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining(
        `${posts.categories[0]}: too few coded images to choose a threshold (3; 5 are the least): all are withheld`,
      ),
    ]);
  });
});
