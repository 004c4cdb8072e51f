import { errorCode } from "../errorCode.ts";
import { UserError } from "../errors.ts";
import { ImageFailure } from "./imageFailure.ts";

/** The failure for a system's error while a file was opened or read; an error that is not about one file is given back. */
export function fileFailure(error: unknown): Error {
  switch (errorCode(error)) {
    case "ENOENT":
    case "ENOTDIR":
      return new ImageFailure("missing_file", "there is no such file", { cause: error });
    case "EACCES":
    case "EPERM":
      return new ImageFailure("permission_denied", "the file may not be read", { cause: error });
    case "ELOOP":
      return new ImageFailure("symlink_loop", "the symbolic links go round in a circle", { cause: error });
    case "ENAMETOOLONG":
    case "EILSEQ":
    case "EINVAL":
    case "ERR_INVALID_ARG_VALUE":
      return new ImageFailure("unreadable_name", "the system refuses this file name", { cause: error });
    case "EIO":
      return new ImageFailure("corrupt", "the disk reports a read error", { cause: error });
    case "EMFILE":
    case "ENFILE":
      return new UserError("too many files are open at the same time", {
        hint: "use a smaller --batch-size, or allow more open files (ulimit -n)",
        cause: error,
      });
    case "EISDIR":
    case "ENXIO":
    case "ENODEV":
      return new ImageFailure("not_a_regular_file", "this is no file but a pipe, a device or a folder", {
        cause: error,
      });
    case "EBUSY":
    case "EAGAIN":
    case "ETXTBSY":
      return new ImageFailure("permission_denied", "another program has locked the file", { cause: error });
    case "ESTALE":
      return new ImageFailure("changed_during_read", "another file took its place while it was read", {
        cause: error,
      });
    case "ETIMEDOUT":
      return new ImageFailure("timeout", "the disk or network drive did not answer", { cause: error });
    default:
      return error instanceof Error ? error : new Error(String(error));
  }
}
