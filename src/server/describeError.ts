import { HTTPException } from "hono/http-exception";
import { CodebookError, type CodebookMistake } from "../codebook/codebookError.ts";
import { UserError } from "../errors.ts";
import { RequestError } from "./requestError.ts";

/** The one form of every error that the server answers with. */
export interface ErrorBody {
  readonly error: string;
  readonly hint?: string | undefined;
  /** Of a codebook: each with its place. */
  readonly mistakes?: readonly CodebookMistake[] | undefined;
}

/** An error as status and body; what is no user's fault is named as Clipbook's. */
export function describeError(error: unknown): { readonly status: number; readonly body: ErrorBody } {
  if (error instanceof UserError) {
    const hint = error.hint === undefined ? {} : { hint: error.hint };
    const mistakes = error instanceof CodebookError ? { mistakes: error.mistakes } : {};
    const status = error instanceof RequestError ? error.status : 400;
    return { status, body: { error: error.message, ...hint, ...mistakes } };
  }
  if (error instanceof HTTPException) return { status: error.status, body: { error: error.message } };
  const reason = error instanceof Error ? error.message : String(error);
  return {
    status: 500,
    body: {
      error: `this is a fault of Clipbook: ${reason}`,
      hint: "please report it with the lines that the terminal shows",
    },
  };
}
