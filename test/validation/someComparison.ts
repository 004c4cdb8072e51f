import { mcnemarTest } from "../../src/stats/mcnemarTest.ts";
import type { Evaluation, RunComparison } from "../../src/validation/evaluation.ts";
import { estimate } from "./someEvaluation.ts";

/** A plausible comparison with another run, which is right more often. */
export function someComparison(
  { run }: Pick<Evaluation, "run">,
  change: Partial<RunComparison> = {},
): RunComparison {
  return {
    firstRunId: run.id,
    secondRun: {
      ...run,
      id: 5,
      scoring: "sum",
      phraseCount: 24,
      digest: "ab".repeat(32),
      isSampledRun: false,
    },
    units: 290,
    bothRight: 240,
    onlyFirst: 6,
    onlySecond: 19,
    bothWrong: 25,
    mcnemar: mcnemarTest(6, 19),
    isSimpleRandom: false,
    accuracy: {
      first: 0.86,
      second: 0.9,
      difference: {
        ...estimate(0.04, 0.015, "linearised, paired, Student's t"),
        interval: { low: 0.01, high: 0.07 },
      },
      p: 0.0077,
    },
    macroF1: {
      first: 0.84,
      second: 0.83,
      difference: {
        ...estimate(-0.01, 0.02, "linearised, paired, Student's t"),
        interval: { low: -0.05, high: 0.03 },
      },
      p: 0.62,
    },
    ...change,
  };
}
