import { seededRandom } from "../../../src/seededRandom.ts";
import type { Study } from "../../../src/store/openStudy.ts";
import type { Run } from "../../../src/store/runStore.ts";
import type { Sample } from "../../../src/store/sampleStore.ts";
import { frameBits } from "../../../src/validation/frameBits.ts";
import type { SamplePurpose } from "../../../src/validation/sampleSpec.ts";

/** What a test may set of a sample that is not drawn but written. */
export interface PlainSampleSpec {
  readonly name?: string;
  readonly purpose?: SamplePurpose;
  /** Images of each category; all, where it has fewer. */
  readonly perCategory?: number;
  readonly isSealed?: boolean;
  readonly passMark?: number;
  /** By position, for a training round. */
  readonly knownCategory?: (position: number) => string;
}

/** Stores a sample stratified by predicted category, of the first images of each one, in an order of its own. */
export function plainSample(study: Study, run: Run, spec: PlainSampleSpec = {}): Sample {
  const {
    name = "test",
    purpose = "test",
    perCategory = 10,
    isSealed = false,
    passMark,
    knownCategory,
  } = spec;
  const random = seededRandom(11);
  const strata = run.codebook.categories.map((_, category) => {
    const images = new Map<number, number>();
    for (const { position, imageId, prediction } of study.runs.rows(run.id)) {
      if (imageId !== undefined && prediction?.category === category && !images.has(imageId))
        images.set(imageId, position);
    }
    return { category, images: [...images] };
  });
  const members = strata.flatMap(({ category, images }) =>
    images.slice(0, perCategory).map(([imageId, position]) => ({
      position,
      imageId,
      stratum: category,
      inclusionProbability: Math.min(1, perCategory / images.length),
      knownCategory: knownCategory?.(position),
      order: random(),
    })),
  );
  return study.transaction(() =>
    study.samples.add(
      {
        name,
        purpose,
        runId: run.id,
        design: {
          spec: { kind: "stratified", size: members.length, floor: perCategory, isSplit: false },
          exclusions: { samples: [], reviewed: false, examples: false },
          strata: strata.map(({ category, images }) => ({
            category,
            half: undefined,
            size: images.length,
            drawn: Math.min(perCategory, images.length),
          })),
          frameSize: strata.reduce((sum, { images }) => sum + images.length, 0),
          left: { failedUnits: 0, doubledUnits: 0, inSamples: 0, reviewed: 0, examples: 0 },
        },
        seed: 7,
        isSealed,
        passMark,
        drawnAt: "2026-05-01T08:00:00.000Z",
      },
      members.sort((a, b) => a.order - b.order),
      frameBits(strata.flatMap(({ images }) => images.map(([, position]) => position))),
    ),
  );
}
