import { UserError } from "../../errors.ts";
import type { CodingAnswer, CodingRole, CodingSource } from "../../validation/coding.ts";
import type { FoundMember } from "./findMember.ts";

/** A coding as it stands in a file. */
export interface ReadCoding {
  /** File and line or entry, for messages. */
  readonly where: string;
  readonly place: number;
  /** As the file names them. */
  readonly coder: string;
  readonly role: CodingRole;
  /** `withdrawn` only in a file of a coding page, for an answer that an earlier file of it had. */
  readonly answer: CodingAnswer;
  readonly value: string | undefined;
  readonly note: string;
  readonly seconds: number | undefined;
  /** ISO 8601; undefined where the file does not tell */
  readonly codedAt: string | undefined;
}

/** A file of codings, read. */
export interface ReadCodings {
  readonly path: string;
  readonly source: Exclude<CodingSource, "screen">;
  readonly codings: readonly ReadCoding[];
  /** Entries that hold no answer: annotations that were skipped, images that nobody annotated. */
  readonly unanswered: number;
}

/** What a reader of files has to know of the sample. */
export interface CodingsContext {
  readonly sample: string;
  readonly sampleDigest: string;
  readonly categories: readonly string[];
  readonly find: (name: string) => FoundMember;
}

/** The place of an image. @throws UserError for one that the sample does not have */
export function requirePlace({ sample, find }: CodingsContext, name: string, where: string): number {
  const found = find(name);
  if ("place" in found) return found.place;
  const shown = JSON.stringify(name);
  if (found.missing === "notDrawn") {
    throw new UserError(`${where}: ${shown} is not one of the images of sample "${sample}"`, {
      hint: "is this the right sample? Only images that were drawn have a place in it",
    });
  }
  if (found.missing === "ambiguous") {
    throw new UserError(`${where}: several images are called ${shown}`, {
      hint: "name the image by its SHA-256, as clipbook export codings does",
    });
  }
  throw new UserError(
    `${where}: there is no image ${shown} in the run that sample "${sample}" was drawn from`,
    {
      hint: "an image is named as in the results table, or by its SHA-256",
    },
  );
}

/** @throws UserError that lists what can be answered */
export function unknownAnswer(
  { categories, sample }: CodingsContext,
  word: string,
  where: string,
): UserError {
  const names = categories.map((name) => JSON.stringify(name)).join(", ");
  return new UserError(`${where}: sample "${sample}" has no category ${JSON.stringify(word)}`, {
    hint: `write one of ${names}, or unsure, or uncodable`,
  });
}
