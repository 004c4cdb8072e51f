import { HTTPException } from "hono/http-exception";
import { CodebookError, type CodebookMistake } from "../codebook/codebookError.ts";
import { UserError } from "../errors.ts";
import { RequestError } from "./requestError.ts";
import { withoutPaths } from "./withoutPaths.ts";

/** The one form of every error that the server answers with. */
export interface ErrorBody {
  readonly error: string;
  readonly hint?: string | undefined;
  /** Of a codebook: each with its place. */
  readonly mistakes?: readonly CodebookMistake[] | undefined;
  /** What the request lacks: the token of the address that the terminal shows. */
  readonly needs?: "token" | undefined;
}

/**
 * An error as status and body, without paths of this machine. What is no user's fault is named as Clipbook's and nothing else of it is
 * told: its text may hold anything.
 * @param folders of this machine, as `withoutPaths` needs them
 * @param fault what the terminal calls it, too
 */
export function describeError(
  error: unknown,
  { folders, fault }: { readonly folders: readonly string[]; readonly fault?: string },
): { readonly status: number; readonly body: ErrorBody } {
  if (error instanceof UserError) {
    const shown = (text: string) => withoutPaths(text, folders);
    const hint = error.hint === undefined ? {} : { hint: shown(error.hint) };
    const mistakes =
      error instanceof CodebookError
        ? {
            mistakes: error.mistakes.map((mistake) => ({
              ...mistake,
              what: shown(mistake.what),
              hint: shown(mistake.hint),
            })),
          }
        : {};
    const { status, needs } = error instanceof RequestError ? error : { status: 400, needs: undefined };
    const body = { error: shown(error.message), ...hint, ...mistakes, ...(needs !== undefined && { needs }) };
    return { status, body };
  }
  if (error instanceof HTTPException) return { status: error.status, body: { error: error.message } };
  return {
    status: 500,
    body: {
      error: fault === undefined ? "this is a fault of Clipbook" : `this is a fault of Clipbook (${fault})`,
      hint: "please report it with the lines that the terminal shows",
    },
  };
}
