import { describe, expect, it } from "vitest";
import { encoderRecord, runSpec } from "./runSpec.ts";
import { studyWithRun } from "./studyWithRun.ts";

describe("a run's answers", () => {
  it("come as columns, without failed units, and go on where one stopped", () => {
    const { study, runId, ids } = studyWithRun();
    const all = study.answers.answersOf(runId, 0, 10);
    expect(all.positions).toEqual(Int32Array.of(0, 1, 3));
    expect(all.imageIds).toEqual(Int32Array.from(ids));
    expect(all.categories).toEqual(Int32Array.of(0, 1, 0));
    expect(all.phrases).toEqual(Int32Array.of(0, 1, 2));
    expect(all.probabilities).toEqual(Float64Array.of(0.25, 0.5, 0.75));
    expect(study.answers.answersOf(runId, 1, 1).positions).toEqual(Int32Array.of(1));
    expect(study.answers.answersOf(runId, 4, 1).positions).toHaveLength(0);
  });

  it("come with the names of units, in the order that was asked for", () => {
    const { study, runId, ids } = studyWithRun();
    expect(
      study.answers
        .unitsAt(runId, [3, 1, 2, 9])
        .map(({ position, name, imageId }) => [position, name, imageId]),
    ).toEqual([
      [3, "row 4", ids[2]],
      [1, "<b>.jpg", ids[1]],
    ]);
  });
});

describe("copying a run's units", () => {
  it("takes images and failures along, and no answers", () => {
    const { study, runId } = studyWithRun();
    const encoderId = study.embeddings.encoderId(encoderRecord);
    const copy = study.runs.start(runSpec(encoderId));
    expect(study.runs.copyUnits(copy, runId, 0, 3)).toBe(3);
    expect(study.runs.copyUnits(copy, runId, 3, 3)).toBe(1);
    const without = [...study.runs.rows(runId)].map((row) => ({ ...row, prediction: undefined }));
    expect([...study.runs.rows(copy)]).toEqual(without);
  });
});
