import { describe, expect, it } from "vitest";
import { type CodedSample, readCodedSample } from "../../../src/pipeline/evaluation/codedSample.ts";
import { groupsOf, groupWarning } from "../../../src/pipeline/evaluation/groupsOf.ts";
import { readFrameUnits } from "../../../src/pipeline/evaluation/readFrameUnits.ts";
import { responseDesign } from "../../../src/pipeline/evaluation/responseDesign.ts";
import { readUserColumns } from "../../../src/pipeline/evaluation/userColumns.ts";
import { codedSampleOf, type SimulatedStudy, simulatedPosts, tableStudy } from "./tableStudy.ts";

async function groups(posts: SimulatedStudy, columns: readonly string[], seed = 5) {
  const { study, run } = tableStudy(posts);
  const sample = codedSampleOf(study, run, posts, {
    drawn: [120, 80, 80],
    seed,
    isUncoded: (image) => image % 17 === 0,
    isLeftOut: (image) => image % 29 === 0,
  });
  const coded = readCodedSample(study, sample, run);
  const read = await readUserColumns(study, run, columns);
  return groupsOf(coded, await readFrameUnits(study, sample, run), plainResponses(coded), read);
}

/** The sample is stratified by predicted category: post-stratification changes nothing. */
function plainResponses(coded: CodedSample) {
  const response = responseDesign(coded, "collection");
  return { response, weighted: response };
}

describe("groups by a column of the user's", () => {
  it("have the shares and errors of an independent computation, with nonresponse, doubled images and a smaller frame", async () => {
    const [party] = await groups(simulatedPosts(1500), ["party"]);
    // numpy 2.4.6, scipy 1.17.1: units, coded images, error, then naive share, corrected share and standard error by category.
    const byNumpy = [
      [
        "Right",
        564,
        94,
        0.18726172310345834,
        [
          [0.3049645390070922, 0.3341278358425615, 0.04658340354912937],
          [0.2978723404255319, 0.35025507029986314, 0.017254135100637447],
          [0.3971631205673759, 0.3156170938575754, 0.043474310567694706],
        ],
      ],
      [
        "Greens",
        531,
        86,
        0.18187965579241072,
        [
          [0.2749529190207156, 0.41756423387407626, 0.05146207793249669],
          [0.2542372881355932, 0.2751015957974031, 0.010195153248192713],
          [0.4708097928436911, 0.30733417032852056, 0.0504420887293164],
        ],
      ],
      [
        "Left",
        486,
        83,
        0.2647470096546663,
        [
          [0.27983539094650206, 0.36726289317257477, 0.0591057074312012],
          [0.28600823045267487, 0.33919933578802974, 0.016705935571608644],
          [0.43415637860082307, 0.2935377710393955, 0.056925208693099937],
        ],
      ],
    ] as const;
    expect(party?.groups.map(({ value, units, coded }) => [value, units, coded])).toEqual(
      byNumpy.map(([value, units, coded]) => [value, units, coded]),
    );
    for (const [g, [, , , error, shares]] of byNumpy.entries()) {
      expect(party?.groups[g]?.error.value).toBeCloseTo(error, 12);
      for (const [k, [raw, corrected, standardError]] of shares.entries()) {
        const share = party?.groups[g]?.shares[k];
        expect(share?.raw).toBeCloseTo(raw, 12);
        expect(share?.corrected.value).toBeCloseTo(corrected, 12);
        expect(share?.corrected.standardError).toBeCloseTo(standardError, 12);
      }
    }
    expect(party?.differenceP).toBeCloseTo(0.3574562415740727, 12);
    expect(party && groupWarning(party)).toBeUndefined();
  });

  it("are the 30 largest, the others counted, and too small to be compared", async () => {
    const [account] = await groups(simulatedPosts(1500), ["account"]);
    expect(account?.groups).toHaveLength(30);
    expect(account?.more).toBe(30);
    const sizes = account?.groups.map(({ units }) => units) ?? [];
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(account?.differenceP).toBeUndefined();
    const few = account?.groups.find(({ coded }) => coded > 0 && coded < 10);
    expect(few?.shares[0]?.corrected).toMatchObject({
      interval: undefined,
      why: "fewer than ten of its images are coded",
    });
  });

  it("have the empty cells together, beside cells that say so themselves, and warn where errors differ", async () => {
    const posts = simulatedPosts(1500);
    const rows = posts.rows.map((row) => {
      const { truth, predicted } = posts.images[row.image] as SimulatedStudy["images"][number];
      // Nearly all errors are in rows without a cell.
      const isHere = (truth !== predicted) !== (row.image % 9 === 0);
      return { ...row, cells: { cell: isHere ? "" : row.image % 2 === 0 ? "(empty)" : "full" } };
    });
    const [cell] = await groups({ ...posts, rows }, ["cell"]);
    expect(cell?.groups.map(({ value }) => value).toSorted()).toEqual(["(empty)", "(empty)", "full"]);
    expect(cell?.differenceP).toBeLessThan(0.001);
    const warning = cell && groupWarning(cell);
    expect(warning).toMatch(
      /^Predictions are not equally often wrong in all groups of "cell" \(p < \.001\): \d+% of ".*", \d+% of "\(empty\)"\./,
    );
  });

  it("cover the groups' true shares in most samples", async () => {
    const posts = simulatedPosts(1500);
    const { study, run } = tableStudy(posts);
    const trueShare = (value: string) => {
      const own = posts.rows.filter(({ cells }) => cells.party === value);
      return own.filter(({ image }) => posts.images[image]?.truth === 0).length / own.length;
    };
    let covered = 0;
    let all = 0;
    for (let seed = 0; seed < 60; seed++) {
      const sample = codedSampleOf(study, run, posts, {
        drawn: [120, 80, 200],
        seed,
        name: `sample ${seed}`,
      });
      const coded = readCodedSample(study, sample, run);
      const columns = await readUserColumns(study, run, ["party"]);
      const frame = await readFrameUnits(study, sample, run);
      const [party] = groupsOf(coded, frame, plainResponses(coded), columns);
      for (const { value, shares } of party?.groups ?? []) {
        const { low, high } = shares[0]?.corrected.interval ?? { low: 2, high: 2 };
        covered += Number(low <= trueShare(value) && trueShare(value) <= high);
        all += 1;
      }
    }
    expect(all).toBe(180);
    expect(covered / all).toBeGreaterThan(0.9);
  });

  it("say of which stratum no image has a true category, as its predictions stand uncorrected", async () => {
    const posts = simulatedPosts(600);
    const { study, run } = tableStudy(posts);
    const sample = codedSampleOf(study, run, posts, {
      ...{ drawn: [40, 40, 40], seed: 1 },
      isUncoded: (image) => posts.images[image]?.predicted === 1,
    });
    const coded = readCodedSample(study, sample, run);
    const columns = await readUserColumns(study, run, ["party"]);
    const frame = await readFrameUnits(study, sample, run);
    const [party] = groupsOf(coded, frame, plainResponses(coded), columns);
    expect(party?.note).toContain(`Of "${posts.categories[1]}" no image has a true category`);
  });
});
