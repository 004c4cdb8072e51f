import { describe, expect, it } from "vitest";
import { freezeCodebook, openSample } from "../../../src/pipeline/samples/freezeCodebook.ts";
import { measureDigest } from "../../../src/pipeline/samples/measureDigest.ts";
import { plainRun } from "../plainRun.ts";
import { plainSample } from "./plainSample.ts";

const now = "2026-05-03T10:00:00.000Z";

describe("a sealed sample", () => {
  it("is opened only when the codebook is frozen, and every opening is counted", () => {
    const { study, run } = plainRun({ sizes: [5, 5] });
    const sample = plainSample(study, run, { isSealed: true });
    expect(() => openSample(study, sample, [run], "evaluate", now)).toThrow("the codebook is not frozen");
    expect(study.samples.openings(sample.id)).toEqual([]);
    const freeze = freezeCodebook(study, run, now);
    expect(freezeCodebook(study, run, "2026-05-04T10:00:00.000Z")).toEqual(freeze);
    openSample(study, sample, [run], "evaluate", now);
    openSample(study, sample, [run], "screen", now);
    expect(study.samples.openings(sample.id)).toMatchObject([
      { how: "evaluate", freezeId: freeze.id, runId: run.id },
      { how: "screen" },
    ]);
  });

  it("is not opened for another codebook than the frozen one", () => {
    const { study, run } = plainRun({ sizes: [5, 5] });
    const sample = plainSample(study, run, { isSealed: true });
    freezeCodebook(study, run, now);
    const other = { ...run, id: 2, scoring: "sum" as const };
    expect(() => openSample(study, sample, [other], "evaluate", now)).toThrow("is not what was frozen");
    expect(() => openSample(study, sample, [run, other], "evaluate", now)).toThrow(`run ${other.id} is not`);
  });

  it("is not needed to be sealed: an open one is counted, too", () => {
    const { study, run } = plainRun({ sizes: [5, 5] });
    const sample = plainSample(study, run);
    openSample(study, sample, [run], "evaluate", now);
    expect(study.samples.openings(sample.id)).toMatchObject([{ freezeId: undefined }]);
  });
});

describe("the digest of a measure", () => {
  it("changes with what decides the answers, and with nothing else", () => {
    const { study, run } = plainRun({ sizes: [5, 5] });
    const [first, second] = run.codebook.categories;
    const digest = measureDigest(study, run);
    const withCategories = (categories: unknown) =>
      measureDigest(study, { ...run, codebook: { ...run.codebook, categories } as typeof run.codebook });
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(withCategories([{ ...first, instructions: "look twice", examples: ["a.jpg"] }, second])).toBe(
      digest,
    );
    expect(withCategories([{ ...first, phrases: ["another"] }, second])).not.toBe(digest);
    expect(withCategories([second, first])).not.toBe(digest);
    expect(measureDigest(study, { ...run, view: "pad" })).not.toBe(digest);
  });
});
