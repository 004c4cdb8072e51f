import { UserError } from "../errors.ts";

/** Longest name beside a vector, in bytes: no path that Linux opens is longer (PATH_MAX), and few servers take longer addresses. */
const longestNameBytes = 4096;

/**
 * Names are kept by the thousand until they are stored.
 * @param place of the name, for the message
 * @throws UserError for a name that is too long to be one
 */
export function requireNameLength(bytes: number, place: string): void {
  if (bytes <= longestNameBytes) return;
  throw new UserError(
    `${place}: the image's name is ${bytes.toLocaleString("en-US")} bytes long, more than the ${longestNameBytes.toLocaleString("en-US")} of any path`,
    { hint: "does this column hold the names? name another with --image-column, or shorten the name" },
  );
}
