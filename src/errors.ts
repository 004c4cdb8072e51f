/** A failure the user can mend; the command line shows `error: message` and `hint: ...` and exits with 1. */
export class UserError extends Error {
  /** What to do about it, one sentence without a full stop. */
  readonly hint: string | undefined;

  constructor(message: string, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "UserError";
    this.hint = options.hint;
  }
}
