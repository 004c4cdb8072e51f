import type { Evaluation, Target } from "../validation/evaluation.ts";
import type { GoldRule } from "../validation/goldStandard.ts";

/** What a request wants evaluated. */
export interface EvaluationRequest {
  /** By its name, which the command line uses, too. */
  readonly sample: string;
  /** undefined: the run that the sample was drawn from. */
  readonly runId: number | undefined;
  /** undefined: adjudication where somebody did, else the majority. */
  readonly gold: GoldRule | undefined;
  readonly target: Target;
  /** Columns of the user's table. */
  readonly by: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Evaluates a sample and notes that it was opened.
 * @throws UserError for a sealed sample that may not be opened, a run or a coder that is not there
 */
export type Evaluate = (request: EvaluationRequest) => Promise<Evaluation>;
