import { UserError } from "../../errors.ts";
import { isPlainName, longestName } from "../isPlainName.ts";

/** @throws UserError for a name that is blank, too long, has control characters or towers of marks */
export function requireImportName(text: string): string {
  const name = text.toWellFormed().normalize("NFC").trim();
  if (!isPlainName(name)) {
    throw new UserError(`${JSON.stringify(text)} cannot be an import's name`, {
      hint: `give one with --name, of 1 to ${longestName} letters on one line`,
    });
  }
  return name;
}
