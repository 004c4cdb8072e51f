import { describe, expect, it } from "vitest";
import { readCodedSample } from "../../../src/pipeline/evaluation/codedSample.ts";
import { compareRuns } from "../../../src/pipeline/evaluation/compareRuns.ts";
import { codedSampleOf, simulatedPosts, tableStudy } from "./tableStudy.ts";

const posts = simulatedPosts(600);
/** The second codebook is right where the first misses events, in a codebook of another order and with one category more. */
const better = posts.images.map((image) => ({
  ...image,
  predicted: (image.truth === 0 ? 0 : image.predicted) + 1,
}));

describe("two runs on the same gold units", () => {
  it("are compared by McNemar's test and by the design's paired differences, categories by their names", () => {
    const { study, run, addRun, imageIds } = tableStudy(posts);
    const second = addRun(better, ["New", ...posts.categories]);
    const sample = codedSampleOf(study, run, posts, { drawn: [60, 50, 50], seed: 3 });
    const coded = readCodedSample(study, sample, run);
    const found = compareRuns(study, coded, second, "collection");
    const drawn = coded.images.map(({ member }) => posts.images[imageIds.indexOf(member.imageId)]);
    const missed = drawn.filter((image) => image?.truth === 0 && image.predicted !== 0).length;
    expect(missed).toBeGreaterThan(5);
    expect(found).toMatchObject({
      firstRunId: run.id,
      secondRun: { id: second.id, isSampledRun: false },
      units: 160,
      onlyFirst: 0,
      onlySecond: missed,
      isSimpleRandom: false,
    });
    expect(found.bothRight + found.bothWrong).toBe(160 - missed);
    // All discordant pairs on one side: twice a half to their number.
    expect(found.mcnemar?.exactP).toBeCloseTo(2 ** (1 - missed), 12);
    const { first, second: other, difference, p } = found.accuracy;
    expect(difference.value).toBeCloseTo((other as number) - (first as number), 12);
    expect(difference.interval?.low).toBeGreaterThan(0);
    expect(p).toBeLessThan(0.05);
    expect(found.macroF1.difference.interval?.low).toBeGreaterThan(0);
    expect(found.macroF1.difference.method).toContain("paired");
  });

  it("do not differ where they say the same, and are not compared without the coded categories", () => {
    const { study, run, addRun } = tableStudy(posts);
    const sample = codedSampleOf(study, run, posts, { drawn: [60, 50, 50], seed: 3 });
    const coded = readCodedSample(study, sample, run);
    const same = compareRuns(study, coded, addRun(posts.images), "process");
    expect(same).toMatchObject({ onlyFirst: 0, onlySecond: 0, mcnemar: undefined });
    expect(same.accuracy.difference).toMatchObject({ value: 0, interval: undefined });
    const other = addRun(posts.images, ["Events", "Interviews", "Something"]);
    expect(() => compareRuns(study, coded, other, "process")).toThrow('"Other", a category that run');
  });
});
