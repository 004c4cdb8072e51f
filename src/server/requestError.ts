import { UserError } from "../errors.ts";

/** What was asked for cannot be answered: the status says whether it is not there, not allowed, or at odds with what is. */
export class RequestError extends UserError {
  readonly status: 400 | 403 | 404 | 409 | 410 | 413 | 415 | 503;

  constructor(
    status: RequestError["status"],
    message: string,
    options: { readonly hint?: string; readonly cause?: unknown } = {},
  ) {
    super(message, options);
    this.name = "RequestError";
    this.status = status;
  }
}
