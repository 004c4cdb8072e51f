import { localIso } from "../localDay.ts";
import { evaluateSample } from "../pipeline/evaluation/evaluateSample.ts";
import { requireOpenable } from "../pipeline/samples/openSample.ts";
import { openRecentlyUsed } from "../pipeline/units/recentlyUsed.ts";
import type { Evaluation } from "../validation/evaluation.ts";
import type { GoldRule } from "../validation/goldStandard.ts";
import type { EvaluationQuery } from "./evaluationQuery.ts";
import { RequestError } from "./requestError.ts";
import { runOfRequest } from "./runOfRequest.ts";
import type { ServerContext } from "./serverContext.ts";

/** Evaluations that are kept: of ten thousand coded images one takes some megabytes. */
const mostEvaluations = 8;

/** Evaluates samples as requests want it. */
export interface RequestedEvaluations {
  /**
   * An evaluation, by default of the run that the sample was drawn from. What was computed is kept until something is coded or the
   * codebook is frozen anew: only computing is an opening of the sample.
   * @throws RequestError for a sample or a run that is not there, and a request that was withdrawn
   * @throws UserError as `evaluateSample`
   */
  evaluate(sampleId: number, query: EvaluationQuery, signal: AbortSignal): Promise<Evaluation>;
}

/** Nothing is computed before it is asked for. */
export function openRequestedEvaluations({
  study,
  now,
}: Pick<ServerContext, "study" | "now">): RequestedEvaluations {
  const kept = openRecentlyUsed<Evaluation>(mostEvaluations);
  return {
    evaluate: async (sampleId, { run, gold, coder, target, by = [], compare }, signal) => {
      const sample = study.samples.list().find(({ id }) => id === sampleId);
      if (sample === undefined) {
        throw new RequestError(404, `the study has no sample ${sampleId}`, {
          hint: "choose one of the list",
        });
      }
      const spec = {
        sample,
        run: runOfRequest(study, run ?? sample.runId),
        rule: ruleOf(gold, coder),
        target,
        by: typeof by === "string" ? [by] : by,
        compared: compare === undefined ? undefined : runOfRequest(study, compare),
        how: "screen",
      };
      const freeze = requireOpenable(
        study,
        sample,
        spec.compared === undefined ? [spec.run] : [spec.run, spec.compared],
      );
      const key = JSON.stringify([
        ...[sampleId, spec.run.id, spec.compared?.id ?? null, spec.rule ?? null, target, spec.by],
        ...[study.codings.newestId(sampleId), freeze?.id ?? null, study.samples.list().length],
      ]);
      const make = (making: AbortSignal) =>
        evaluateSample(study, { ...spec, madeAt: localIso(now()), signal: making });
      return kept.get(key, make, signal).catch((error) => {
        // Whoever asked has closed the page meanwhile.
        if (signal.aborted) throw new RequestError(410, "the request was withdrawn");
        throw error;
      });
    },
  };
}

function ruleOf(kind: GoldRule["kind"] | undefined, coder: string | undefined): GoldRule | undefined {
  if (kind !== "coder") return kind === undefined ? undefined : { kind };
  if (coder !== undefined) return { kind, coder };
  throw new RequestError(400, "a rule that names a coder needs the coder", { hint: "add coder=NAME" });
}
