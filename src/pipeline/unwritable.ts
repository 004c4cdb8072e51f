import { UserError } from "../errors.ts";

/** What the user can do about a file that cannot be written. */
export function unwritable(path: string, cause: unknown): UserError {
  const reason = cause instanceof Error ? cause.message.split(",")[0] : String(cause);
  return new UserError(`${path}: this file cannot be written: ${reason}`, {
    hint: "check the folder's rights and the space on the disk",
    cause,
  });
}
