import { describe, expect, it } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { recordVerdict } from "../../../src/pipeline/reviews/recordVerdict.ts";
import { drawStudySample, type WantedSample } from "../../../src/pipeline/samples/drawStudySample.ts";
import { readSampleFrame } from "../../../src/pipeline/samples/readSampleFrame.ts";
import { sampleIndices } from "../../../src/seededRandom.ts";
import type { Study } from "../../../src/store/openStudy.ts";
import type { Run } from "../../../src/store/runStore.ts";
import { codingOrder } from "../../../src/validation/codingOrder.ts";
import { namedRandom } from "../../../src/validation/namedRandom.ts";
import { plainRun } from "../plainRun.ts";
import { plainSample } from "./plainSample.ts";

const now = "2026-05-01T08:00:00.000Z";
const nothing = { samples: [], reviewed: false, examples: false };

function wanted(changes: Partial<WantedSample> = {}): WantedSample {
  return {
    name: "test",
    purpose: "test",
    design: {},
    seed: 1,
    isSealed: false,
    exclusions: nothing,
    ...changes,
  };
}

/** Judges a unit, or takes that back. */
function judge(
  study: Study,
  run: Run,
  position: number,
  verdict: "right" | "skipped" | "withdrawn",
  seen = 0,
) {
  const queue = { kind: "random", n: 12, seed: 1 } as const;
  const given = { position, verdict, reviewer: "Anna", correctCategory: undefined, note: "", judgedAt: now };
  const written = recordVerdict(study, run, { ...given, queue, seen });
  return "added" in written ? written.added.id : 0;
}

describe("what a sample is drawn from", () => {
  it("is one row for each distinct image with a prediction, for which its first unit stands", () => {
    const { study, run } = plainRun({ sizes: [20, 10], unitsPerImage: 2, failed: 3 });
    const frame = readSampleFrame(study, run, nothing);
    const firsts = new Map<number, number>();
    for (const { position, imageId } of study.runs.rows(run.id)) {
      if (imageId !== undefined && !firsts.has(imageId)) firsts.set(imageId, position);
    }
    expect(Array.from(frame.imageIds, (imageId, row) => [imageId, frame.positions[row]])).toEqual([
      ...firsts,
    ]);
    expect(frame.left).toEqual({ failedUnits: 3, doubledUnits: 15, inSamples: 0, reviewed: 0, examples: 0 });
    for (const [row, position] of frame.positions.entries()) {
      const { prediction } = study.runs.row(run.id, position);
      expect([frame.categories[row], frame.probabilities[row]]).toEqual([
        prediction?.category,
        prediction?.probability,
      ]);
    }
  });

  it("leaves out other samples' images, what was judged, and examples; each counts once", () => {
    const { study, run: plain } = plainRun({ sizes: [20, 10] });
    plainSample(study, plain, { name: "pilot", purpose: "pilot", perCategory: 3 });
    const inPilot = study.samples.members(1).map(({ position }) => position);
    const others = Array.from({ length: 30 }, (_, position) => position).filter(
      (position) => !inPilot.includes(position),
    );
    const [judged, skipped, takenBack, example] = others as [number, number, number, number];
    judge(study, plain, judged, "right");
    judge(study, plain, inPilot[0] as number, "right");
    judge(study, plain, skipped, "skipped");
    judge(study, plain, takenBack, "withdrawn", judge(study, plain, takenBack, "right"));
    const [first, ...rest] = plain.codebook.categories;
    const names = [`pictures/${example}.jpg`, `pictures/${judged}.jpg`, "pictures/gone.jpg"];
    const run = {
      ...plain,
      codebook: { ...plain.codebook, categories: [{ ...first, examples: names }, ...rest] },
    } as Run;
    const frame = readSampleFrame(study, run, { samples: ["pilot"], reviewed: true, examples: true });
    expect(frame.left).toMatchObject({ inSamples: 6, reviewed: 1, examples: 1 });
    expect(Array.from(frame.positions)).toEqual(
      others.filter((position) => ![judged, example].includes(position)),
    );
    expect(() => readSampleFrame(study, run, { ...nothing, samples: ["other"] })).toThrow(
      'there is no sample "other"',
    );
  });
});

describe("drawing and storing a sample", () => {
  it("stores what was drawn, with the design, what was left out, and each inclusion probability", () => {
    const { study, run } = plainRun({ sizes: [300, 60, 12], failed: 2 });
    const design = { kind: "stratified", size: 100, floor: 20 } as const;
    const sample = drawStudySample(study, run, wanted({ design, isSealed: true, seed: 9 }), now);
    expect(study.samples.list()).toEqual([sample]);
    expect(sample).toMatchObject({
      name: "test",
      purpose: "test",
      runId: run.id,
      seed: 9,
      isSealed: true,
      drawnAt: now,
      design: {
        spec: { kind: "stratified", size: 100, floor: 20, isSplit: false },
        exclusions: nothing,
        frameSize: 372,
        left: { failedUnits: 2, doubledUnits: 0, inSamples: 0, reviewed: 0, examples: 0 },
      },
    });
    const members = study.samples.members(sample.id);
    expect(members).toHaveLength(100);
    for (const { position, stratum, inclusionProbability } of members) {
      const { size, drawn, category } = sample.design.strata[
        stratum
      ] as (typeof sample.design.strata)[number];
      expect(study.runs.row(run.id, position).prediction?.category).toBe(category);
      expect(inclusionProbability).toBe(drawn / size);
    }
  });

  it("gives no coder an order from which the predictions can be worked out, not even who knows the seed and the program", () => {
    const { study, run } = plainRun({ sizes: [300, 60, 12], failed: 0 });
    const size = 60;
    const sample = drawStudySample(
      study,
      run,
      wanted({ design: { kind: "stratified", size, floor: 5 } }),
      now,
    );
    const other = drawStudySample(study, run, wanted({ name: "other" }), now);
    expect(sample.design.orderKey).toMatch(/^[\w-]{22}$/);
    expect(other.design.orderKey).not.toBe(sample.design.orderKey);
    // What a coder can do: the stream of the drawing, forwarded to its last shuffle, and the order by the seed.
    const random = namedRandom(sample.seed, `sample ${sample.name}`);
    sampleIndices(372, size, random);
    const places = sampleIndices(size, size, random);
    const members = study.samples.members(sample.id);
    const strataOf = (order: readonly number[]) =>
      order
        .map((place, at) => [
          places[codingOrder(size, { ...sample, design: {} }, "Anna")[at] as number],
          place,
        ])
        .toSorted(([a = 0], [b = 0]) => a - b)
        .map(([, place]) => members[place as number]?.stratum as number);
    const isSorted = (strata: readonly number[]) =>
      strata.every((stratum, i) => stratum >= (strata[i - 1] ?? 0));
    expect(isSorted(strataOf(codingOrder(size, { ...sample, design: {} }, "Anna")))).toBe(true);
    expect(isSorted(strataOf(codingOrder(size, sample, "Anna")))).toBe(false);
  });

  it("suggests 400 images with a floor of 50, and the whole frame of a small run", () => {
    const large = plainRun({ sizes: [600, 70, 20] });
    const { strata } = drawStudySample(large.study, large.run, wanted(), now).design;
    expect(strata.map(({ drawn }) => drawn)).toEqual([310, 70, 20]);
    expect(large.study.samples.members(1)).toHaveLength(400);
    const small = plainRun({ sizes: [30, 12] });
    drawStudySample(small.study, small.run, wanted(), now);
    expect(small.study.samples.members(1)).toHaveLength(42);
  });

  it("refuses a name that exists and draws nothing anew", () => {
    const { study, run } = plainRun({ sizes: [30, 12] });
    drawStudySample(study, run, wanted({ design: { size: 10 } }), now);
    const before = study.samples.members(1);
    expect(() => drawStudySample(study, run, wanted({ name: " test ", seed: 2 }), now)).toThrow(
      'sample "test" exists already: drawn on 2026-05-01 from run 1',
    );
    expect(study.samples.list()).toHaveLength(1);
    expect(study.samples.members(1)).toEqual(before);
  });

  it.each([
    ["a size above the frame", { design: { size: 43 } }, "run 1 has 42 different ones"],
    ["no size at all", { design: { size: 0 } }, "a sample of 0 images"],
    ["a seal on a pilot", { purpose: "pilot", isSealed: true }, "a pilot sample cannot be sealed"],
    ["an empty name", { name: "  " }, "cannot be a sample's name"],
    ["a name on two lines", { name: "a\nb" }, "cannot be a sample's name"],
    [
      "a category that is left out by chance",
      { design: { kind: "stratified", size: 3, floor: 0 } },
      "would be drawn",
    ],
    ["halves that are left out", { design: { kind: "split", size: 2 } }, "half) would be drawn"],
  ] as const)("refuses %s", (_, changes, message) => {
    const { study, run } = plainRun({ sizes: [39, 3] });
    const draw = () => drawStudySample(study, run, wanted(changes as Partial<WantedSample>), now);
    expect(draw).toThrow(UserError);
    expect(draw).toThrow(message);
    expect(study.samples.list()).toEqual([]);
  });

  it("refuses a run of which nothing is left", () => {
    const { study, run } = plainRun({ sizes: [5, 5] });
    drawStudySample(study, run, wanted({ name: "all", purpose: "pilot" }), now);
    const exclusions = { ...nothing, samples: ["all"] };
    expect(() => drawStudySample(study, run, wanted({ exclusions }), now)).toThrow(
      "run 1 has no images that could be drawn, 10 others are left out",
    );
    const failed = plainRun({ sizes: [0, 0], failed: 2 });
    expect(() => drawStudySample(failed.study, failed.run, wanted(), now)).toThrow("no images that could");
  });
});
