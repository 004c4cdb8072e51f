import { blankAssignment, startsWithBrace } from "../pythonLiteral.ts";

/**
 * How a codebook is written: `yaml`, in lines; `json`; or `braces`, a Python dict or YAML in braces, which is saved as YAML in
 * lines as soon as something in it changes.
 */
export type CodebookTextForm = "yaml" | "json" | "braces";

/** Tells the form of a codebook's text. */
export function codebookTextForm(text: string): CodebookTextForm {
  const unmarked = text.replace(/^\uFEFF/u, "");
  if (!startsWithBrace(blankAssignment(unmarked))) return "yaml";
  try {
    JSON.parse(unmarked);
    return "json";
  } catch {
    // Not JSON is what this asks.
    return "braces";
  }
}
