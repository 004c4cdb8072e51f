import { randomBytes } from "node:crypto";
import { foldCase } from "../../codebook/foldCase.ts";
import { UserError } from "../../errors.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Sample, SampleCoder } from "../../store/sampleStore.ts";
import type { CodingRole } from "../../validation/coding.ts";
import { isPlainName, longestName } from "../isPlainName.ts";

/** Whom to add, and when; the link's chance is an effect that tests replace. */
export interface NewCoder {
  readonly coder: string;
  readonly role: CodingRole;
  readonly addedAt: string;
}

/**
 * Gives somebody a link of their own to a sample; who has one keeps it.
 * @param newLink makes a secret that nobody guesses
 * @throws UserError for a name that is empty, too long, has control characters or differs from another one's in the same role by letter
 * case only, and for an adjudicator of a training round
 */
export function addCoder(
  study: Study,
  sample: Sample,
  { coder: name, role, addedAt }: NewCoder,
  newLink: () => string = () => randomBytes(16).toString("base64url"),
): SampleCoder {
  const coder = requireCoderName(name);
  return study.transaction(() => addNamedCoder(study, sample, { coder, role, addedAt }, newLink), {
    onDisk: true,
  });
}

/** As `addCoder`, within a transaction, for a name that `requireCoderName` gave. @throws UserError as there */
export function addNamedCoder(
  study: Study,
  sample: Sample,
  { coder, role, addedAt }: NewCoder,
  newLink: () => string = () => randomBytes(16).toString("base64url"),
): SampleCoder {
  if (role === "adjudicator" && sample.purpose === "training") {
    throw new UserError(`"${sample.name}" is a training round: its right answers are known`, {
      hint: "add adjudicators to other samples",
    });
  }
  const peers = study.samples.coders(sample.id).filter((candidate) => candidate.role === role);
  const known = peers.find((candidate) => candidate.coder === coder);
  if (known !== undefined) return known;
  requireNoNamesake(
    coder,
    peers.map((candidate) => candidate.coder),
  );
  const added: SampleCoder = { sampleId: sample.id, coder, role, link: newLink(), addedAt };
  study.samples.addCoder(added);
  return added;
}

/** @throws UserError for a name that differs from one of the others by letter case only */
export function requireNoNamesake(coder: string, others: readonly string[]): void {
  const namesake = others.find((other) => other !== coder && foldCase(other) === foldCase(coder));
  if (namesake === undefined) return;
  throw new UserError(
    `there is a coder ${JSON.stringify(namesake)}, from whom ${JSON.stringify(coder)} differs by letter case only`,
    {
      hint: `write ${JSON.stringify(namesake)} for the same person; give another one a name that differs more`,
    },
  );
}

/**
 * A coder's name as it is stored. Characters that cannot be seen go: two names that look the same are the same.
 * @throws UserError for a name that is empty, too long or has control characters
 */
export function requireCoderName(name: string): string {
  const coder = name.toWellFormed().replaceAll(unseen, "").normalize("NFC").trim();
  if (!isPlainName(coder)) {
    throw new UserError(`${JSON.stringify(name)} cannot be a coder's name`, {
      hint: `use 1 to ${longestName} letters on one line`,
    });
  }
  return coder;
}

/** Format characters, but for the joiners where they belong to a script's spelling (Arabic, Indic scripts) or to an emoji. */
const unseen =
  /(?![\u200c\u200d])\p{Cf}|(?<![\p{Script=Arabic}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d]/gu;
