import { UserError } from "../../errors.ts";
import type { Study } from "../../store/openStudy.ts";
import type { NamedMember, Sample, SampleCoder } from "../../store/sampleStore.ts";
import { type CodingAnswer, categoryVariable } from "../../validation/coding.ts";
import { codingOrder } from "../../validation/codingOrder.ts";
import { findDisagreements } from "./findDisagreements.ts";
import { recordCoding } from "./recordCoding.ts";
import { requireDoneCoding } from "./requireDoneCoding.ts";
import { isTrainingOf, type OwnCoding, ownCoding } from "./showCoding.ts";

/** A judgement as it comes from a coder's screen. */
export interface JudgedImage {
  /** Index in the coder's own order. */
  readonly at: number;
  readonly answer: CodingAnswer;
  readonly value: string | undefined;
  readonly note: string;
  readonly seconds: number | undefined;
  /** Id of the coder's newest coding of the image that the screen knew of; 0 for none. */
  readonly seen: number;
  /** ISO 8601 */
  readonly codedAt: string;
}

/** What became of a judgement: `newer` is what stands instead, and `isFinal` says that nothing can replace it. */
export type GivenOutcome =
  /** `known` is the right category, in a training round. */
  | { readonly added: OwnCoding; readonly known: string | undefined }
  | { readonly newer: OwnCoding; readonly isFinal: boolean; readonly known: string | undefined };

/**
 * Writes a coder's judgement of an image that the coder was shown. In a training round the right category comes back with it, and the
 * first answer stays.
 * @throws UserError for an image that the coder was not shown, a category that the codebook does not have, and taking back an answer
 * of a training round
 */
export function giveCoding(
  study: Study,
  sample: Sample,
  coder: SampleCoder,
  { at, seen, ...judged }: JudgedImage,
): GivenOutcome {
  const { place, knownCategory } = shownMember(study, sample, coder, at);
  const isTraining = isTrainingOf(sample, coder.role);
  if (isTraining && judged.answer === "withdrawn") {
    throw new UserError("an answer of a training round stays: the right one was told", {
      hint: "go on with the next image",
    });
  }
  const written = recordCoding(study, sample, {
    ...judged,
    place,
    coder: coder.coder,
    role: coder.role,
    variable: categoryVariable,
    source: "screen",
    seen: isTraining ? 0 : seen,
  });
  const known = isTraining ? knownCategory : undefined;
  if ("added" in written) return { added: ownCoding(written.added), known };
  return { newer: ownCoding(written.newer), isFinal: isTraining, known };
}

/**
 * The member behind an image of a coder's own order.
 * @throws UserError for one that the sample does not have; for an adjudicator also for one on which the coders do not disagree,
 * and before the adjudicator's own coding is done
 */
export function shownMember(study: Study, sample: Sample, viewer: SampleCoder, at: number): NamedMember {
  requireDoneCoding(study, sample, viewer);
  const { coder, role } = viewer;
  const members = study.samples.members(sample.id);
  const place = codingOrder(members.length, sample, coder)[at];
  const member = place === undefined ? undefined : members[place];
  if (member === undefined) {
    throw new UserError(`the sample has no image ${at}`, { hint: "reload the page" });
  }
  if (role === "adjudicator" && !findDisagreements(study, sample).byPlace.has(member.place)) {
    throw new UserError("the coders do not disagree on this image any more", { hint: "reload the page" });
  }
  return member;
}
