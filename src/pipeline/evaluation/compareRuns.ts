import { mcnemarTest } from "../../stats/mcnemarTest.ts";
import { type PairedDifference, pairedDifference } from "../../stats/pairedDifference.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import { estimated, notEstimable } from "../../validation/estimate.ts";
import type { ComparedMetric, RunComparison, Target } from "../../validation/evaluation.ts";
import { type CodedSample, readCodedSample } from "./codedSample.ts";
import { describeRun } from "./describeSample.ts";
import { responseDesign } from "./responseDesign.ts";

/**
 * Compares a second run with the one that a coded sample was read for, on the same gold units. The codebooks may have different
 * categories, which are matched by name; the second must have all that were coded.
 * @throws UserError for codes that the second run's codebook does not have
 */
export function compareRuns(study: Study, coded: CodedSample, second: Run, target: Target): RunComparison {
  const other = readCodedSample(study, coded.sample, second, coded.rule);
  const images = coded.images.map((image, place) =>
    other.images[place]?.prediction === undefined ? { ...image, prediction: undefined } : image,
  );
  const response = responseDesign({ ...coded, images }, target);
  const names = [...new Set([...namesOf(coded.run), ...namesOf(second)])];
  const numberOf = (run: Run, category: number) => names.indexOf(namesOf(run)[category] as string);
  const sample = {
    design: response.design,
    categoryCount: names.length,
    gold: response.images.map(({ trueCategory }) => numberOf(coded.run, trueCategory)),
    first: response.images.map(({ prediction }) => numberOf(coded.run, prediction.category)),
    second: response.images.map(({ member }) =>
      numberOf(second, other.images[member.place]?.prediction?.category as number),
    ),
  };
  const counts = { bothRight: 0, onlyFirst: 0, onlySecond: 0, bothWrong: 0 };
  for (const [i, category] of sample.gold.entries()) {
    const [isFirst, isSecond] = [sample.first[i] === category, sample.second[i] === category];
    if (isFirst) counts[isSecond ? "bothRight" : "onlyFirst"] += 1;
    else counts[isSecond ? "onlySecond" : "bothWrong"] += 1;
  }
  return {
    firstRunId: coded.run.id,
    secondRun: describeRun(study, second, coded.sample),
    units: sample.gold.length,
    ...counts,
    mcnemar: mcnemarTest(counts.onlyFirst, counts.onlySecond),
    isSimpleRandom: coded.sample.design.spec.kind === "simple",
    accuracy: comparedMetric(pairedDifference(sample, { kind: "accuracy" })),
    macroF1: comparedMetric(pairedDifference(sample, { kind: "macroF1" })),
  };
}

function comparedMetric(found: PairedDifference | undefined): ComparedMetric {
  if (found === undefined) {
    const difference = notEstimable("no image has a true category and a prediction of both runs");
    return { first: undefined, second: undefined, difference, p: undefined };
  }
  const { first, second, difference, standardError, interval, p } = found;
  return {
    first,
    second,
    difference: estimated(difference, {
      standardError,
      interval,
      method: interval && "linearised, paired, Student's t",
      why: interval === undefined ? "the images show no difference, or are too few" : undefined,
    }),
    p,
  };
}

function namesOf(run: Run): readonly string[] {
  return run.codebook.categories.map(({ name }) => name);
}
