import type { Study } from "../../store/openStudy.ts";
import type { Sample, SampleCoder } from "../../store/sampleStore.ts";
import type { Coding, CodingAnswer, CodingRole } from "../../validation/coding.ts";
import { codingOrder } from "../../validation/codingOrder.ts";
import type { SamplePurpose } from "../../validation/sampleSpec.ts";
import type { TrainingScore } from "../../validation/trainingScore.ts";
import { findDisagreements } from "./findDisagreements.ts";
import { requireDoneCoding } from "./requireDoneCoding.ts";
import { runOfSample } from "./runOfSample.ts";
import { scoreCoder } from "./scoreCoder.ts";

/** What a coder said of an image last; a withdrawn one is as good as none, but its id has to be known. */
export interface OwnCoding {
  readonly id: number;
  readonly answer: CodingAnswer;
  readonly value: string | null;
  readonly note: string;
}

/** A coder's answer as an adjudicator sees it. */
export interface CoderCode extends Omit<OwnCoding, "id"> {
  readonly coder: string;
}

/** An image as its coder knows it. */
export interface CodingImage {
  /** Index in the coder's own order of the whole sample: all that a coder ever hears of an image's identity. */
  readonly at: number;
  readonly own: OwnCoding | null;
  /** The right category of a training round's image, once it was answered; null before, and elsewhere. */
  readonly known: string | null;
  /** What the coders said, for an adjudicator only. */
  readonly codes: readonly CoderCode[];
}

/** All that a coder is told: nothing of predictions, of how the sample was drawn, nor of where images come from. */
export interface CodingView {
  readonly sample: {
    readonly name: string;
    readonly purpose: SamplePurpose;
    readonly size: number;
    readonly passMark: number | null;
  };
  readonly title: string | null;
  readonly coder: string;
  readonly role: CodingRole;
  readonly categories: readonly {
    readonly name: string;
    readonly description: string | null;
    readonly instructions: string | null;
  }[];
  /** In the coder's own order; for an adjudicator only those on which the coders disagree. */
  readonly images: readonly CodingImage[];
  /** For an adjudicator: images that not all who have begun, or not two, have coded yet. */
  readonly waiting: number;
  /** Of a training round. */
  readonly score: (Omit<TrainingScore, "hasPassed"> & { readonly hasPassed: boolean | null }) | null;
}

/**
 * A sample as one of its coders may see it.
 * @throws UserError for an adjudicator who still codes the sample
 */
export function showCoding(study: Study, sample: Sample, viewer: SampleCoder): CodingView {
  requireDoneCoding(study, sample, viewer);
  const { coder, role } = viewer;
  const run = runOfSample(study, sample);
  const members = study.samples.members(sample.id);
  const own = new Map(study.codings.newest(sample.id, { coder, role }).map((row) => [row.place, row]));
  const disagreements = role === "adjudicator" ? findDisagreements(study, sample) : undefined;
  const isTraining = isTrainingOf(sample, role);
  const images = codingOrder(members.length, sample, coder).flatMap((place, at): CodingImage[] => {
    const coding = own.get(place);
    const codes = disagreements?.byPlace.get(place);
    if (disagreements !== undefined && codes === undefined) return [];
    return [
      {
        at,
        own: coding === undefined ? null : ownCoding(coding),
        known: isTraining && coding !== undefined ? (members[place]?.knownCategory ?? null) : null,
        codes: (codes ?? []).map(({ coder: name, answer, value, note }) => ({
          coder: name,
          answer,
          value: value ?? null,
          note,
        })),
      },
    ];
  });
  return {
    sample: {
      name: sample.name,
      purpose: sample.purpose,
      size: members.length,
      passMark: sample.passMark ?? null,
    },
    title: run.codebook.title ?? null,
    coder,
    role,
    categories: run.codebook.categories.map(({ name, description, instructions }) => ({
      name,
      description: description ?? null,
      instructions: instructions ?? null,
    })),
    images,
    waiting: disagreements?.waiting ?? 0,
    score: isTraining ? scoreCoder(sample, members, [...own.values()]) : null,
  };
}

/** Whether somebody takes part in a training round, and is told the right answers. */
export function isTrainingOf(sample: Sample, role: CodingRole): boolean {
  return sample.purpose === "training" && role === "coder";
}

/** A stored coding as its coder sees it. */
export function ownCoding({ id, answer, value, note }: Coding): OwnCoding {
  return { id, answer, value: value ?? null, note };
}
