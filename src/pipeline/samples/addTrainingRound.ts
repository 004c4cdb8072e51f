import { UserError } from "../../errors.ts";
import { sampleWithoutReplacement } from "../../seededRandom.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import type { Sample } from "../../store/sampleStore.ts";
import { frameBits } from "../../validation/frameBits.ts";
import { type GoldRule, goldOf } from "../../validation/goldStandard.ts";
import { namedRandom } from "../../validation/namedRandom.ts";
import { newOrderKey } from "./newOrderKey.ts";
import { requireNewName, requireSampleName } from "./requireSampleName.ts";
import { standingCodings } from "./standingCodings.ts";

/** A training round as it is asked for. */
export interface TrainingSpec {
  readonly name: string;
  /** The share of right answers that passes, above 0, at most 1. */
  readonly passMark: number;
  /** Where the right answers come from: what a sample's coders decided, or the codebook's `examples`. */
  readonly from:
    | { readonly sample: Sample; readonly rule: GoldRule }
    | { readonly examples: true; readonly run: Run };
  /** Images that are drawn from those with a right answer; undefined: all. */
  readonly size?: number | undefined;
  readonly seed: number;
  /** ISO 8601 */
  readonly drawnAt: string;
}

/** A training round, and what was left out of it. */
export interface AddedTraining {
  readonly sample: Sample;
  /** Examples that the run has no image of, or that are examples of two categories. */
  readonly unusable: readonly string[];
}

/** An image whose category is known. */
interface KnownImage {
  readonly imageId: number;
  readonly position: number;
  readonly category: string;
}

/**
 * Makes a sample for training: images whose category is known, in an order of chance.
 * @throws UserError for a test sample, a name that is taken or cannot be one, a pass mark that is no share, no image with a known category, and fewer of them
 * than asked for
 */
export function addTrainingRound(study: Study, spec: TrainingSpec): AddedTraining {
  const { passMark, from, seed, drawnAt } = spec;
  const name = requireSampleName(spec.name);
  requireNewName(study, name);
  if (!(passMark > 0 && passMark <= 1)) {
    throw new UserError(`${passMark} is no pass mark`, { hint: "give a share above 0, up to 1: 0.8" });
  }
  if ("sample" in from && from.sample.purpose === "test") {
    throw new UserError(`"${from.sample.name}" is a test sample, and coders must not learn its answers`, {
      hint: "train on a pilot or reliability sample, or on the codebook's examples",
    });
  }
  const { known, unusable } = "sample" in from ? decidedImages(study, from) : exampleImages(study, from.run);
  if (known.length === 0) throw nothingKnown(from, unusable);
  const size = spec.size ?? known.length;
  if (size > known.length || !(Number.isInteger(size) && size > 0)) {
    throw new UserError(`${known.length} images have a known category, and ${size} were asked for`, {
      hint:
        "sample" in from
          ? "ask for fewer, or let the sample be coded further"
          : "ask for fewer, or give categories more `examples` in the codebook, and classify anew",
    });
  }
  const drawn = sampleWithoutReplacement(known, size, namedRandom(seed, `sample ${name}`));
  const sample = study.transaction(
    () => {
      // Somebody may have drawn one meanwhile.
      requireNewName(study, name);
      return study.samples.add(
        {
          name,
          purpose: "training",
          runId: "sample" in from ? from.sample.runId : from.run.id,
          design: {
            spec: { kind: "simple", size },
            exclusions: { samples: [], reviewed: false, examples: false },
            strata: [{ category: undefined, half: undefined, size: known.length, drawn: size }],
            frameSize: known.length,
            orderKey: newOrderKey(),
            left: { failedUnits: 0, doubledUnits: 0, inSamples: 0, reviewed: 0, examples: 0 },
          },
          seed,
          isSealed: false,
          passMark,
          drawnAt,
        },
        drawn.map(({ imageId, position, category }) => ({
          imageId,
          position,
          stratum: 0,
          inclusionProbability: size / known.length,
          knownCategory: category,
        })),
        frameBits(known.map(({ position }) => position)),
      );
    },
    { onDisk: true },
  );
  return { sample, unusable };
}

function nothingKnown(from: TrainingSpec["from"], unusable: readonly string[]): UserError {
  if ("sample" in from) {
    return new UserError(`no image of sample "${from.sample.name}" has a decided category yet`, {
      hint: "let it be coded first, or train on the codebook's examples",
    });
  }
  return unusable.length === 0
    ? new UserError("the codebook has no examples", {
        hint: "give categories `examples` in the codebook, and classify anew",
      })
    : new UserError("none of the codebook's examples can be used", {
        hint: "the run has no image of them, or they are examples of two categories",
      });
}

function decidedImages(
  study: Study,
  { sample, rule }: { readonly sample: Sample; readonly rule: GoldRule },
): { readonly known: readonly KnownImage[]; readonly unusable: readonly string[] } {
  const codingsAt = Map.groupBy(standingCodings(study, sample), ({ place }) => place);
  const known = study.samples.members(sample.id).flatMap(({ place, imageId, position }) => {
    const here = codingsAt.get(place) ?? [];
    const codes = here.filter(({ role }) => role === "coder");
    const gold = goldOf(codes, here.filter(({ role }) => role === "adjudicator").at(-1), rule);
    return "category" in gold ? [{ imageId, position, category: gold.category }] : [];
  });
  return { known, unusable: [] };
}

function exampleImages(
  study: Study,
  run: Run,
): { readonly known: readonly KnownImage[]; readonly unusable: readonly string[] } {
  const wanted = new Map<string, Set<string>>();
  for (const { name, examples = [] } of run.codebook.categories) {
    for (const example of examples) wanted.set(example, (wanted.get(example) ?? new Set()).add(name));
  }
  const firstOfImage = new Map<number, number>();
  const imageOf = new Map<string, number>();
  for (const { position, imageId, unit, prediction } of study.runs.rows(run.id)) {
    // A sample's members stand for units with a prediction.
    if (imageId === undefined || prediction === undefined) continue;
    if (!firstOfImage.has(imageId)) firstOfImage.set(imageId, position);
    if (wanted.has(unit.name) && !imageOf.has(unit.name)) imageOf.set(unit.name, imageId);
  }
  // Two names may show the same image.
  const categoriesOf = new Map<number, Set<string>>();
  for (const [name, categories] of wanted) {
    const imageId = imageOf.get(name);
    if (imageId === undefined) continue;
    categoriesOf.set(imageId, new Set([...(categoriesOf.get(imageId) ?? []), ...categories]));
  }
  const known = [...categoriesOf].flatMap(([imageId, [category, ...others]]) =>
    category === undefined || others.length > 0
      ? []
      : [{ imageId, position: firstOfImage.get(imageId) as number, category }],
  );
  const usable = new Set(known.map(({ imageId }) => imageId));
  const unusable = [...wanted.keys()].filter((name) => !usable.has(imageOf.get(name) ?? -1));
  return { known, unusable };
}
