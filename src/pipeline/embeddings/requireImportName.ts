import { hasMarkTower } from "../../combiningMarks.ts";
import { UserError } from "../../errors.ts";

/** Longest name of an import, in characters. */
const longestName = 80;

/** @throws UserError for a name that is empty, too long, has control characters or towers of marks */
export function requireImportName(text: string): string {
  const name = text.toWellFormed().normalize("NFC").trim();
  if (name === "" || name.length > longestName || /\p{Cc}/u.test(name) || hasMarkTower(name)) {
    throw new UserError(`${JSON.stringify(text)} cannot be an import's name`, {
      hint: `give one with --name, of 1 to ${longestName} letters on one line`,
    });
  }
  return name;
}
