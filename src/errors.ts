/** A failure the user can mend; the command line shows `error: message` and `hint: ...` and exits with 1. */
export class UserError extends Error {
  /** What to do about it, one sentence without a full stop. */
  readonly hint: string | undefined;
  /** Whether line breaks in the message are Clipbook's own: elsewhere they come from names, and would forge a line. */
  readonly isList: boolean;

  constructor(
    message: string,
    options: { readonly hint?: string; readonly cause?: unknown; readonly isList?: boolean } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "UserError";
    this.hint = options.hint;
    this.isList = options.isList ?? false;
  }
}
