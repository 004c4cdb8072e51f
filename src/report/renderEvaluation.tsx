import { render } from "preact-render-to-string";
import type { Evaluation } from "../validation/evaluation.ts";
import { EvaluationPage } from "./EvaluationPage.tsx";

/**
 * The evaluation page as one self-contained HTML document: no script, nothing loaded, everything from the user escaped. The same
 * evaluation gives the same string.
 * @throws RangeError for a number that is not finite or a `madeAt` that is no ISO 8601 time
 */
export function renderEvaluation(evaluation: Evaluation): string {
  return `<!doctype html>\n${render(<EvaluationPage evaluation={evaluation} />)}\n`;
}
