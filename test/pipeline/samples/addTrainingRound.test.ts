import { describe, expect, it } from "vitest";
import { addTrainingRound, type TrainingSpec } from "../../../src/pipeline/samples/addTrainingRound.ts";
import { recordCoding } from "../../../src/pipeline/samples/recordCoding.ts";
import type { Run } from "../../../src/store/runStore.ts";
import { plainRun } from "../plainRun.ts";
import { plainSample } from "./plainSample.ts";

const names = ["Trees", "Houses"];
const base = { name: "practice", passMark: 0.8, seed: 5, drawnAt: "2026-05-04T10:00:00.000Z" };

function studyOf(unitsPerImage = 1) {
  return plainRun({ sizes: [20, 20], names, unitName: (position) => `${position}.jpg`, unitsPerImage });
}

function withExamples(run: Run, examples: readonly (readonly string[])[]): Run {
  const categories = run.codebook.categories.map((category, c) => ({
    ...category,
    examples: examples[c] ?? [],
  }));
  return { ...run, codebook: { ...run.codebook, categories } };
}

describe("a training round from another sample", () => {
  it("is refused of a test sample, whose answers coders must not learn", () => {
    const { study, run } = studyOf();
    const sample = plainSample(study, run, { purpose: "test" });
    const from = { sample, rule: { kind: "majority" } } as const;
    expect(() => addTrainingRound(study, { ...base, from })).toThrow("must not learn its answers");
    expect(study.samples.list()).toHaveLength(1);
  });

  function coded() {
    const { study, run } = studyOf();
    const pilot = plainSample(study, run, { name: "pilot", purpose: "pilot", perCategory: 3 });
    const code = (
      coder: string,
      answers: readonly (string | undefined)[],
      role: "coder" | "adjudicator" = "coder",
    ) => {
      answers.forEach((value, place) => {
        recordCoding(study, pilot, {
          place,
          coder,
          role,
          variable: "category",
          answer: value === undefined ? "unsure" : "category",
          value,
          note: "",
          seconds: undefined,
          source: "screen",
          codedAt: "2026-05-03T10:00:00.000Z",
          seen: 0,
        });
      });
    };
    code("Anna", ["Trees", "Houses", "Trees", undefined]);
    code("Ben", ["Trees", "Houses", "Houses", undefined]);
    code("Eve", ["Houses", "Houses", "Houses"], "adjudicator");
    return { study, pilot };
  }

  it.each([
    [{ kind: "majority" }, ["Trees", "Houses", "Houses"]],
    [{ kind: "adjudicated" }, ["Houses", "Houses", "Houses"]],
    [{ kind: "coder", coder: "Anna" }, ["Trees", "Houses", "Trees"]],
  ] as const)("takes what its gold standard decided: %j", (rule, expected) => {
    const { study, pilot } = coded();
    const { sample, unusable } = addTrainingRound(study, { ...base, from: { sample: pilot, rule } });
    expect(sample).toMatchObject({
      name: "practice",
      purpose: "training",
      passMark: 0.8,
      runId: pilot.runId,
    });
    expect(unusable).toEqual([]);
    const placeOf = new Map(study.samples.members(pilot.id).map(({ imageId, place }) => [imageId, place]));
    const members = study.samples.members(sample.id);
    expect(members).toHaveLength(3);
    for (const { imageId, knownCategory } of members) {
      expect(knownCategory).toBe(expected[placeOf.get(imageId) as number]);
    }
  });

  it("draws some of them, the same ones for a seed", () => {
    const { study, pilot } = coded();
    const from = { sample: pilot, rule: { kind: "majority" } } as const;
    const draw = (name: string, seed: number) =>
      study.samples
        .members(addTrainingRound(study, { ...base, name, seed, size: 2, from }).sample.id)
        .map(({ imageId }) => imageId);
    expect(draw("a", 1)).toEqual(draw("b", 1));
    const others = Array.from({ length: 8 }, (_, seed) => draw(`other ${seed}`, seed).join());
    expect(new Set(others).size).toBeGreaterThan(1);
    expect(study.samples.members(2)[0]?.inclusionProbability).toBeCloseTo(2 / 3, 12);
  });
});

describe("a training round from the codebook's examples", () => {
  it("takes the images that the run has, once each, and names the others", () => {
    // Two units show each image.
    const { study, run } = studyOf(2);
    const rows = [...study.runs.rows(run.id)];
    const namesOf = (category: number) => rows.filter(({ prediction }) => prediction?.category === category);
    const [a, twin, b] = namesOf(0);
    const [c] = namesOf(1);
    expect(a?.imageId).toBe(twin?.imageId);
    const nameOf = (row: typeof a) => row?.unit.name as string;
    const shown = withExamples(run, [
      [nameOf(twin), nameOf(a), "gone.jpg"],
      [nameOf(c), nameOf(b)],
    ]);
    const { sample, unusable } = addTrainingRound(study, { ...base, from: { examples: true, run: shown } });
    expect(unusable).toEqual(["gone.jpg"]);
    const members = study.samples.members(sample.id);
    expect(members.map(({ imageId, knownCategory }) => [imageId, knownCategory]).toSorted()).toEqual(
      [
        [a?.imageId, "Trees"],
        [b?.imageId, "Houses"],
        [c?.imageId, "Houses"],
      ].toSorted(),
    );
    expect(members.find(({ imageId }) => imageId === a?.imageId)?.position).toBe(a?.position);
  });

  it("leaves out an image that is the example of two categories", () => {
    const { study, run } = studyOf();
    const shown = withExamples(run, [["1.jpg", "2.jpg"], ["1.jpg"]]);
    const { sample, unusable } = addTrainingRound(study, { ...base, from: { examples: true, run: shown } });
    expect(unusable).toEqual(["1.jpg"]);
    expect(study.samples.members(sample.id)).toMatchObject([{ name: "2.jpg", knownCategory: "Trees" }]);
  });
});

it.each([
  [{ name: "  " }, "cannot be a sample's name"],
  [{ name: "a\nb" }, "cannot be a sample's name"],
  [{ name: "x".repeat(81) }, "cannot be a sample's name"],
  [{ name: " take\u0301n" }, 'sample "tak\u00e9n" exists already'],
  [{ name: "taken" }, 'sample "taken" exists already'],
  [{ passMark: 0 }, "0 is no pass mark"],
  [{ passMark: 80 }, "80 is no pass mark"],
  [{ size: 3 }, "2 images have a known category, and 3 were asked for"],
  [{ size: 0 }, "2 images have a known category, and 0 were asked for"],
])("a training round is refused that cannot be made: %j", (changes: Partial<TrainingSpec>, message) => {
  const { study, run } = studyOf();
  plainSample(study, run, { name: "taken" });
  plainSample(study, run, { name: "tak\u00e9n" });
  const from = { examples: true, run: withExamples(run, [["1.jpg"], ["2.jpg"]]) } as const;
  expect(() => addTrainingRound(study, { ...base, from, ...changes })).toThrow(message);
  expect(study.samples.list()).toHaveLength(2);
});

it("a codebook without examples makes no training round", () => {
  const { study, run } = studyOf();
  expect(() => addTrainingRound(study, { ...base, from: { examples: true, run } })).toThrow(
    "the codebook has no examples",
  );
  expect(() =>
    addTrainingRound(study, {
      ...base,
      from: { examples: true, run: withExamples(run, [["gone.jpg"]]) },
    }),
  ).toThrow("none of the codebook's examples can be used");
});

it("a sample that nobody coded makes no training round", () => {
  const { study, run } = studyOf();
  const sample = plainSample(study, run, { name: "pilot", purpose: "pilot" });
  expect(() => addTrainingRound(study, { ...base, from: { sample, rule: { kind: "majority" } } })).toThrow(
    'no image of sample "pilot" has a decided category yet',
  );
});
