import { CodebookError } from "../../src/codebook/codebookError.ts";
import { parseCodebook } from "../../src/codebook/parseCodebook.ts";

/** The mistakes of a codebook file as `line:column what`, in the file's order; none for a good one. */
export function mistakesOf(file: string | Uint8Array): readonly string[] {
  return mistakesWithHints(file).map(({ place, what }) => `${place} ${what}`);
}

export function mistakesWithHints(
  file: string | Uint8Array,
): readonly { readonly place: string; readonly what: string; readonly hint: string }[] {
  try {
    parseCodebook(typeof file === "string" ? new TextEncoder().encode(file) : file, "codebook.yaml");
    return [];
  } catch (error) {
    if (!(error instanceof CodebookError)) throw error;
    return error.mistakes.map(({ line, column, what, hint }) => ({ place: `${line}:${column}`, what, hint }));
  }
}
