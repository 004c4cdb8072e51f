import { describe, expect, it } from "vitest";
import { drawStudySample } from "../../../src/pipeline/samples/drawStudySample.ts";
import { openSample } from "../../../src/pipeline/samples/openSample.ts";
import { readSampleFrame } from "../../../src/pipeline/samples/readSampleFrame.ts";
import { recordCoding } from "../../../src/pipeline/samples/recordCoding.ts";
import {
  plannedOverlaps,
  sampleOverlaps,
  tellingOverlaps,
} from "../../../src/pipeline/samples/sampleOverlap.ts";
import { inclusionProbabilities } from "../../../src/validation/inclusionProbabilities.ts";
import type { DesignSpec } from "../../../src/validation/sampleSpec.ts";
import { plainRun } from "../plainRun.ts";
import { plainSample } from "./plainSample.ts";

const now = "2026-05-01T08:00:00.000Z";
const nothing = { samples: [], reviewed: false, examples: false };

describe("images that samples share", () => {
  it("are about as many as chance has it when two are drawn with the same seed", () => {
    const { study, run } = plainRun({ sizes: [600, 400] });
    const draw = (name: string, size: number) =>
      drawStudySample(
        study,
        run,
        {
          name,
          purpose: "test",
          design: { kind: "simple", size },
          seed: 1,
          isSealed: false,
          exclusions: nothing,
        },
        now,
      );
    const small = draw("reliability", 100);
    const large = draw("test", 400);
    const [shared] = sampleOverlaps(study, small);
    expect(shared).toMatchObject({ name: "test", purpose: "test" });
    // Hypergeometric: mean 40, standard deviation 4.6.
    expect(shared?.images).toBeGreaterThan(20);
    expect(shared?.images).toBeLessThan(60);
    expect(sampleOverlaps(study, large)).toEqual([{ ...shared, name: "reliability" }]);
    const own = new Set(study.samples.imageIds(small.id));
    expect(study.samples.imageIds(large.id).filter((imageId) => own.has(imageId))).toHaveLength(
      shared?.images as number,
    );
  });

  it.each<DesignSpec>([
    { kind: "simple", size: 50 },
    { kind: "stratified", size: 50, floor: 10, isSplit: false },
    { kind: "uncertainty", size: 50, least: 0.25 },
  ])("can be expected of a plan: all in all as many as are drawn ($kind)", (design) => {
    const { study, run } = plainRun({ sizes: [150, 40, 10] });
    const frame = readSampleFrame(study, run, nothing);
    const inclusion = inclusionProbabilities(frame, design, run.codebook.categories.length);
    expect(plannedOverlaps(study, frame, inclusion)).toEqual([]);
    plainSample(study, run, { name: "all", purpose: "pilot", perCategory: 1000 });
    const [expected] = plannedOverlaps(study, frame, inclusion);
    expect(expected).toMatchObject({ name: "all", purpose: "pilot" });
    expect(expected?.images).toBeCloseTo(50, 6);
    const rest = readSampleFrame(study, run, { ...nothing, samples: ["all"] });
    expect(plannedOverlaps(study, rest, new Float64Array(0))).toEqual([]);
  });

  it("matter where a sealed sample has them until it is opened, or a training round of the same coders", () => {
    const { study, run } = plainRun({ sizes: [30, 30] });
    const pilot = plainSample(study, run, { name: "pilot", purpose: "pilot", perCategory: 10 });
    const sealed = plainSample(study, run, { name: "later", perCategory: 4, isSealed: true });
    const training = plainSample(study, run, {
      name: "quiz",
      purpose: "training",
      perCategory: 3,
      passMark: 0.8,
    });
    plainSample(study, run, { name: "other", perCategory: 5 });
    const code = (sample: typeof pilot, coder: string, places: readonly number[]) => {
      for (const place of places) {
        recordCoding(study, sample, {
          place,
          coder,
          role: "coder",
          variable: "category",
          answer: "unsure",
          value: undefined,
          note: "",
          seconds: undefined,
          source: "screen",
          codedAt: now,
          seen: 0,
        });
      }
    };
    code(pilot, "Anna", [0]);
    code(training, "Ben", [0, 1, 2]);
    expect(tellingOverlaps(study, pilot)).toEqual([
      { name: "later", purpose: "test", images: 8, why: "sealed" },
    ]);
    code(training, "ANNA", [3, 5]);
    expect(tellingOverlaps(study, pilot).map(({ name, images, why }) => [name, images, why])).toEqual([
      ["later", 8, "sealed"],
      ["quiz", 2, "training"],
    ]);
    study.transaction(() =>
      study.samples.addFreeze({
        runId: run.id,
        sha256: "0",
        frozenAt: now,
      }),
    );
    expect(() => openSample(study, sealed, [run], "evaluate", now)).toThrow("not what was frozen");
    study.transaction(() =>
      study.samples.addOpening({
        sampleId: sealed.id,
        runId: run.id,
        freezeId: 1,
        how: "evaluate",
        openedAt: now,
      }),
    );
    expect(tellingOverlaps(study, pilot).map(({ name }) => name)).toEqual(["quiz"]);
  });
});
