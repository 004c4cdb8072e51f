import { UserError } from "../../errors.ts";
import type { Study } from "../../store/openStudy.ts";
import { isPlainName, longestName } from "../isPlainName.ts";

/** @throws UserError for a name that is blank, too long, has control characters or towers of marks */
export function requireSampleName(text: string): string {
  const name = text.toWellFormed().normalize("NFC").trim();
  if (!isPlainName(name)) {
    throw new UserError(`${JSON.stringify(text)} cannot be a sample's name`, {
      hint: `use 1 to ${longestName} letters on one line`,
    });
  }
  return name;
}

/** @throws UserError for a name that a sample has */
export function requireNewName(study: Study, name: string): void {
  const known = study.samples.maybeByName(name);
  if (known === undefined) return;
  throw new UserError(
    `sample "${name}" exists already: drawn on ${known.drawnAt.slice(0, 10)} from run ${known.runId}`,
    {
      hint: "a sample stays as it was drawn; give the new one another name",
    },
  );
}
