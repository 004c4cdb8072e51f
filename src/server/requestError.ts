import { UserError } from "../errors.ts";

/** What was asked for cannot be answered: the status says whether it is not there, not allowed, or at odds with what is. */
export class RequestError extends UserError {
  readonly status: 400 | 403 | 404 | 405 | 409 | 410 | 413 | 414 | 415 | 431 | 503;
  /** What the request lacks, in a word for the app. */
  readonly needs: "token" | undefined;

  constructor(
    status: RequestError["status"],
    message: string,
    options: { readonly hint?: string; readonly cause?: unknown; readonly needs?: "token" } = {},
  ) {
    super(message, options);
    this.name = "RequestError";
    this.status = status;
    this.needs = options.needs;
  }
}
