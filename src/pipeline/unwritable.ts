import { isErrorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";

/** What the user can do about a file that cannot be written. */
export function unwritable(path: string, cause: unknown): UserError {
  if (isErrorCode(cause, "ENOSPC", "EDQUOT")) {
    return new UserError(`${path}: the disk is full`, { hint: "make room, or choose another disk", cause });
  }
  const reason = cause instanceof Error ? cause.message.split(",")[0] : String(cause);
  return new UserError(`${path}: this file cannot be written: ${reason}`, {
    hint: "check the folder's rights and the space on the disk",
    cause,
  });
}
