import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCodedSample } from "../../../src/pipeline/evaluation/codedSample.ts";
import { responseDesign } from "../../../src/pipeline/evaluation/responseDesign.ts";
import { writeGold } from "../../../src/pipeline/evaluation/writeGold.ts";
import { drawnStudy } from "./drawnStudy.ts";

describe("the design of the answered images", () => {
  it("lets the answered of a stratum stand for the others of it", async () => {
    const { study, sample, run } = await drawnStudy({ kind: "stratified", size: 80, floor: 20 });
    const coded = readCodedSample(study, sample, run);
    const { images, weights, design, uncovered } = responseDesign(coded, "collection");
    expect(uncovered).toEqual([]);
    expect(images.length).toBe(coded.images.filter(({ trueCategory }) => trueCategory !== undefined).length);
    expect(images.length).toBeLessThan(80);
    for (const [h, { size }] of sample.design.strata.entries()) {
      const own = images.flatMap(({ member }, i) => (member.stratum === h ? [weights[i] as number] : []));
      expect(own.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(size, 9);
      expect(new Set(own).size).toBe(1);
    }
    expect(design.isFinite).toBe(true);
    expect(responseDesign(coded, "process").design.isFinite).toBe(false);
  });

  it("of a Poisson sample lowers all probabilities by the share of answers", async () => {
    const { study, sample, run } = await drawnStudy({ kind: "uncertainty", size: 80 });
    const coded = readCodedSample(study, sample, run);
    const { images, weights } = responseDesign(coded, "collection");
    const share = images.length / coded.images.length;
    expect(share).toBeLessThan(1);
    for (const [i, { member }] of images.entries())
      expect(weights[i]).toBeCloseTo(1 / (member.inclusionProbability * share), 9);
  });

  it("is what the exported gold table has as weights, empty without an answer", async () => {
    const { folder, study, sample, run } = await drawnStudy({ kind: "simple", size: 60 });
    const coded = readCodedSample(study, sample, run);
    const { weights, images } = responseDesign(coded, "collection");
    const file = join(folder, "gold.csv");
    await writeGold(coded, file, { format: { kind: "csv", delimiter: ",", bom: false, newline: "\n" } });
    const [head, ...rows] = readFileSync(file, "utf8").trim().split("\n");
    expect(head).toBe(
      "unit,sha256,gold,gold_by,predicted,phrase,probability,stratum,stratum_size,stratum_drawn,inclusion_probability,weight",
    );
    const cells = rows.map((row) => row.split(","));
    expect(cells).toHaveLength(60);
    expect(cells.filter((row) => row.at(-1) !== "")).toHaveLength(images.length);
    expect(cells.filter((row) => row.at(-1) !== "").map((row) => Number(row.at(-1)))).toEqual(weights);
    expect(
      cells.filter((row) => row[3] === "unsure").every((row) => row[2] === "" && row.at(-1) === ""),
    ).toBe(true);
    for (const row of cells) expect(Number(row.at(-2))).toBe(0.1);
  });
});
