import { classifierOfRun } from "../../../src/pipeline/classifierOfRun.ts";
import { type EvaluationSpec, evaluateSample } from "../../../src/pipeline/evaluation/evaluateSample.ts";
import { drawStudySample } from "../../../src/pipeline/samples/drawStudySample.ts";
import { scoreRun } from "../../../src/pipeline/scoreRun.ts";
import type { Run } from "../../../src/store/runStore.ts";
import type { WantedDesign } from "../../../src/validation/suggestDesign.ts";
import { runSpec } from "../../store/runSpec.ts";
import { randomRun } from "../randomRun.ts";
import { codeSample, type TestCode } from "./codedRun.ts";

const categories = 4;

/** A study of 600 images in four categories with a drawn sample that one coder has coded, and a second run whose phrases are dealt otherwise. */
export async function drawnStudy(
  design: WantedDesign,
  codeOf: (place: number, predicted: number) => TestCode = (place, predicted) =>
    place % 11 === 3 ? "unsure" : place % 4 === 0 ? (predicted + 1 + (place % 3)) % categories : predicted,
  changes: NonNullable<Parameters<typeof randomRun>[0]["changes"]> = {},
) {
  const { folder, study, run } = await randomRun({ units: 600, pictures: 600, categories, changes });
  const wanted = {
    name: "test",
    purpose: "test",
    design,
    seed: 3,
    isSealed: false,
    exclusions: { samples: [], reviewed: false, examples: false },
  } as const;
  const sample = drawStudySample(study, run, wanted, "2026-05-01T08:00:00.000Z");
  codeSample(study, run, sample, { Anna: codeOf });
  const phrases = run.codebook.categories.flatMap((category) => category.phrases);
  const other = runSpec(run.encoderId, {
    codebook: {
      ...run.codebook,
      categories: run.codebook.categories.map(({ name }, c) => ({
        name,
        // The second phrase is the next category's.
        phrases: [phrases[2 * c] as string, phrases[(2 * c + 3) % phrases.length] as string],
      })),
    },
    logitScale: 4,
  });
  const otherId = study.runs.start(other);
  study.transaction(() => {
    for (const { position, imageId } of study.runs.rows(run.id)) {
      const unit = { name: `${position}.png`, path: `/${position}.png`, rowNumber: position + 1 };
      study.runs.addUnits(otherId, position, [[unit, { imageId: imageId as number }]]);
    }
  });
  await scoreRun(study, otherId, other, classifierOfRun(study, { ...run, ...other, id: otherId } as Run));
  study.runs.complete(otherId, "2026-03-01T10:05:00.000Z", 3);
  const second = study.runs.maybeGet(otherId) as Run;
  const evaluate = (more: Partial<EvaluationSpec> = {}) =>
    evaluateSample(study, {
      ...{ sample, run, target: "collection", by: [], how: "evaluate" },
      madeAt: "2026-05-03T10:00:00.000Z",
      ...more,
    });
  return { folder, study, run, second, sample, evaluate };
}
