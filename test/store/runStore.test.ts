import { describe, expect, it, onTestFinished } from "vitest";
import { openStudy, type Study } from "../../src/store/openStudy.ts";
import type { Prediction, UnitOutcome } from "../../src/store/runStore.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { encoderRecord, runSpec, saveImage } from "./runSpec.ts";

function newStudy(): { study: Study; encoderId: number } {
  const study = openStudy(temporaryFolder());
  onTestFinished(() => study.close());
  return { study, encoderId: study.embeddings.encoderId(encoderRecord) };
}

const failure = (code: string): UnitOutcome => ({ failure: { code, sentence: `it is ${code}` } });

const answer = (category: number, phrase: number, probability: number, second?: number): Prediction => ({
  category,
  phrase,
  probability,
  runnerUp: second === undefined ? undefined : { category: 1 - category, phrase: 0, probability: second },
});

/** A complete run of seven units: images 1, 2, 3 with image 1 shown twice, and three failures. */
function completeRun() {
  const { study, encoderId } = newStudy();
  const [first, second, third] = [
    saveImage(study, 1),
    saveImage(study, 2, "small faults"),
    saveImage(study, 3),
  ];
  const run = study.runs.start(runSpec(encoderId));
  const outcomes: UnitOutcome[] = [
    failure("empty_file"),
    { imageId: first },
    { imageId: second },
    failure("corrupt"),
    { imageId: first },
    { imageId: third },
    failure("corrupt"),
  ];
  outcomes.forEach((outcome, position) => {
    const unit = { name: `${position}.jpg`, path: `/p/${position}.jpg`, rowNumber: position + 1 };
    study.runs.addUnits(run, position, [[unit, outcome]]);
  });
  study.runs.savePrediction(run, 1, answer(0, 0, 0.9, 0.05));
  study.runs.savePrediction(run, 2, answer(0, 1, 0.5, 0.4));
  study.runs.savePrediction(run, 4, answer(0, 0, 0.9, 0.05));
  study.runs.savePrediction(run, 5, answer(1, 2, 0.45, 0.2));
  study.runs.complete(run, "2025-03-01T10:05:00.000Z", 4);
  return { study, run, images: [first, second, third] };
}

describe("a run", () => {
  it("comes back as it was recorded", () => {
    const { study, encoderId } = newStudy();
    const spec = runSpec(encoderId, { logitBias: -16.771725, scoring: "mean", truncatedPhrases: 2 });
    const id = study.runs.start(spec);
    study.runs.complete(id, "2025-03-01T10:05:00.000Z", 3);
    const run = { ...spec, id, completedAt: "2025-03-01T10:05:00.000Z", ignoredFiles: 3 };
    expect(study.runs.maybeGet(id)).toEqual(run);
    expect(study.runs.maybeNewest()).toEqual(run);
    expect(study.runs.list()).toEqual([run]);
  });

  it("is no run for others until it is complete", () => {
    const { study, encoderId } = newStudy();
    const id = study.runs.start(runSpec(encoderId));
    expect(study.runs.list()).toEqual([]);
    expect(study.runs.maybeGet(id)).toBeUndefined();
    expect(study.runs.maybeNewest()).toBeUndefined();
    expect(study.runs.unfinished()).toEqual([{ id, writer: "1@example" }]);
  });

  it("that was interrupted goes with its units' answers; its number is not used again", () => {
    const { study, encoderId } = newStudy();
    const imageId = saveImage(study, 1);
    const id = study.runs.start(runSpec(encoderId));
    study.runs.addUnits(id, 0, [[{ name: "a", path: "/a", rowNumber: 0 }, { imageId }]]);
    study.runs.removeUnfinished(id);
    expect(study.runs.unfinished()).toEqual([]);
    expect([...study.runs.rows(id)]).toEqual([]);
    expect(study.runs.start(runSpec(encoderId))).toBe(id + 1);
  });

  it("that is complete is not removed", () => {
    const { study, run } = completeRun();
    expect(() => study.runs.removeUnfinished(run)).toThrow(RangeError);
    expect(() => study.runs.removeUnfinished(99)).toThrow(RangeError);
    expect([...study.runs.rows(run)]).toHaveLength(7);
  });

  it("lists runs from the oldest to the newest", () => {
    const { study, encoderId } = newStudy();
    const ids = [1, 2, 3].map(() => study.runs.start(runSpec(encoderId)));
    for (const id of ids.toReversed()) study.runs.complete(id, "2025-03-01T10:05:00.000Z", 0);
    expect(study.runs.list().map(({ id }) => id)).toEqual(ids);
    expect(study.runs.maybeNewest()?.id).toBe(ids[2]);
  });
});

describe("a run's rows", () => {
  it("come in order with unit, image, answer or failure", () => {
    const { study, run, images } = completeRun();
    const rows = [...study.runs.rows(run)];
    expect(rows.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(rows[0]).toEqual({
      position: 0,
      unit: { name: "0.jpg", path: "/p/0.jpg", rowNumber: 1 },
      imageId: undefined,
      prediction: undefined,
      failure: { code: "empty_file", sentence: "it is empty_file" },
    });
    expect(rows[5]).toEqual({
      position: 5,
      unit: { name: "5.jpg", path: "/p/5.jpg", rowNumber: 6 },
      imageId: images[2],
      prediction: answer(1, 2, 0.45, 0.2),
      failure: undefined,
    });
    expect(study.runs.row(run, 5)).toEqual(rows[5]);
    expect(() => study.runs.row(run, 7)).toThrow(RangeError);
  });

  it("keep a probability to its last digit, and an answer without a runner-up", () => {
    const { study, encoderId } = newStudy();
    const imageId = saveImage(study, 1);
    const run = study.runs.start(runSpec(encoderId));
    study.runs.addUnits(run, 0, [[{ name: "a", path: "/a", rowNumber: 0 }, { imageId }]]);
    const prediction = answer(0, 1, 0.1 + 0.2);
    study.runs.savePrediction(run, 0, prediction);
    expect(study.runs.row(run, 0).prediction).toEqual(prediction);
  });

  it("keep names whatever they contain", () => {
    const { study, encoderId } = newStudy();
    const imageId = saveImage(study, 1);
    const run = study.runs.start(runSpec(encoderId));
    const names = ["'; DROP TABLE run; --", "line\nend", "", "😀ä\u0308", "a\0b", " "];
    names.forEach((name, position) => {
      study.runs.addUnits(run, position, [[{ name, path: `/${name}`, rowNumber: 0 }, { imageId }]]);
    });
    expect([...study.runs.rows(run)].map(({ unit }) => unit.name)).toEqual(names);
  });

  it("share units between runs", () => {
    const { study, encoderId } = newStudy();
    const imageId = saveImage(study, 1);
    const unit = { name: "a", path: "/a", rowNumber: 0 };
    for (let i = 0; i < 2; i++)
      study.runs.addUnits(study.runs.start(runSpec(encoderId)), 0, [[unit, { imageId }]]);
    // Two rows of one run may be the same unit, too: a table that names a picture whose name is not UTF-8 twice.
    const run = study.runs.start(runSpec(encoderId));
    study.runs.addUnits(run, 0, [[unit, { imageId }]]);
    study.runs.addUnits(run, 1, [[unit, failure("unreadable_name")]]);
    expect([...study.runs.rows(run)].map(({ unit: { name } }) => name)).toEqual(["a", "a"]);
  });

  it("refuse two answers at one place", () => {
    const { study, encoderId } = newStudy();
    const run = study.runs.start(runSpec(encoderId));
    const unit = { name: "a", path: "/a", rowNumber: 0 };
    study.runs.addUnits(run, 0, [[unit, failure("corrupt")]]);
    expect(() => study.runs.addUnits(run, 0, [[unit, failure("corrupt")]])).toThrow(/UNIQUE/);
  });
});

describe("a run's summary", () => {
  it("counts units, images, failures and warnings", () => {
    const { study, run } = completeRun();
    expect(study.runs.counts(run)).toEqual({ units: 7, classified: 4, failed: 3, images: 3, warned: 1 });
    expect(study.runs.failureCounts(run)).toEqual([
      { code: "corrupt", count: 2 },
      { code: "empty_file", count: 1 },
    ]);
    expect(study.runs.failures(run, 2)).toEqual([
      { name: "0.jpg", code: "empty_file", sentence: "it is empty_file" },
      { name: "3.jpg", code: "corrupt", sentence: "it is corrupt" },
    ]);
  });

  it("counts categories and phrases with their mean probability", () => {
    const { study, run } = completeRun();
    const [tree, house] = study.runs.categoryCounts(run);
    // (0.9 + 0.5 + 0.9) / 3
    expect(tree?.meanProbability).toBeCloseTo(2.3 / 3, 12);
    expect([tree, house]).toMatchObject([
      { index: 0, count: 3 },
      { index: 1, count: 1, meanProbability: 0.45 },
    ]);
    expect(study.runs.phraseCounts(run).map(({ index, count }) => [index, count])).toEqual([
      [0, 2],
      [1, 1],
      [2, 1],
    ]);
  });

  it("draws from each distinct image once, by its first unit", () => {
    const { study, run } = completeRun();
    expect([...study.runs.distinctPositions(run, 0)]).toEqual([1, 2]);
    expect(study.runs.distinctCount(run, 0)).toBe(2);
    expect([...study.runs.distinctPositions(run, 1)]).toEqual([5]);
    expect([...study.runs.distinctPositions(run, 2)]).toEqual([]);
    expect(study.runs.distinctCount(run, 2)).toBe(0);
  });

  it("finds the smallest margins first: 0.1, 0.25, 0.85", () => {
    const { study, run } = completeRun();
    expect(study.runs.closestPositions(run, 9)).toEqual([2, 5, 1]);
    expect(study.runs.closestPositions(run, 1)).toEqual([2]);
  });

  it("of one run knows nothing of another", () => {
    const { study, run, images } = completeRun();
    const other = study.runs.start(runSpec(study.runs.maybeGet(run)?.encoderId as number));
    study.runs.addUnits(other, 0, [
      [{ name: "x", path: "/x", rowNumber: 0 }, { imageId: images[0] as number }],
    ]);
    study.runs.savePrediction(other, 0, answer(1, 2, 0.2, 0.2));
    expect(study.runs.counts(other)).toMatchObject({ units: 1, classified: 1, failed: 0 });
    expect(study.runs.counts(run).units).toBe(7);
    expect(study.runs.closestPositions(run, 1)).toEqual([2]);
    expect([...study.runs.distinctPositions(run, 1)]).toEqual([5]);
  });
});
