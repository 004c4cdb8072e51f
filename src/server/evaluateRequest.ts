import { localIso } from "../localDay.ts";
import { evaluateSample } from "../pipeline/evaluation/evaluateSample.ts";
import type { Evaluation } from "../validation/evaluation.ts";
import type { GoldRule } from "../validation/goldStandard.ts";
import type { EvaluationQuery } from "./evaluationQuery.ts";
import { RequestError } from "./requestError.ts";
import { runOfRequest } from "./runOfRequest.ts";
import type { ServerContext } from "./serverContext.ts";

/**
 * Evaluates a sample as a request wants it, by default for the run that it was drawn from, and notes that it was opened.
 * @throws RequestError for a sample or a run that is not there
 * @throws UserError as `evaluateSample`
 */
export async function evaluateRequest(
  { study, now }: Pick<ServerContext, "study" | "now">,
  sampleId: number,
  { run, gold, coder, target, by = [], compare }: EvaluationQuery,
): Promise<Evaluation> {
  const sample = study.samples.list().find(({ id }) => id === sampleId);
  if (sample === undefined) {
    throw new RequestError(404, `the study has no sample ${sampleId}`, { hint: "choose one of the list" });
  }
  return evaluateSample(study, {
    sample,
    run: runOfRequest(study, run ?? sample.runId),
    rule: ruleOf(gold, coder),
    target,
    by: typeof by === "string" ? [by] : by,
    compared: compare === undefined ? undefined : runOfRequest(study, compare),
    how: "screen",
    madeAt: localIso(now()),
  });
}

function ruleOf(kind: GoldRule["kind"] | undefined, coder: string | undefined): GoldRule | undefined {
  if (kind !== "coder") return kind === undefined ? undefined : { kind };
  if (coder !== undefined) return { kind, coder };
  throw new RequestError(400, "a rule that names a coder needs the coder", { hint: "add coder=NAME" });
}
