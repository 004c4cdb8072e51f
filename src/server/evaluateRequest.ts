import { localIso } from "../localDay.ts";
import { evaluateSample } from "../pipeline/evaluation/evaluateSample.ts";
import { requireSample } from "../pipeline/samples/requireSample.ts";
import type { Study } from "../store/openStudy.ts";
import type { Evaluate } from "./evaluationRequest.ts";
import { runOfRequest } from "./runOfRequest.ts";

/** Answers requests for evaluations from a study. @param now the user's clock */
export function evaluateRequest(study: Study, now: () => Date): Evaluate {
  return async ({ sample: name, runId, gold, target, by, signal }) => {
    // Who is gone has not looked.
    signal.throwIfAborted();
    const sample = requireSample(study, name);
    return evaluateSample(study, {
      sample,
      run: runOfRequest(study, runId ?? sample.runId),
      rule: gold,
      target,
      by,
      how: "screen",
      madeAt: localIso(now()),
    });
  };
}
