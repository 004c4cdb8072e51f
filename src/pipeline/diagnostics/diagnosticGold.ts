import { UserError } from "../../errors.ts";
import { accuracy } from "../../stats/accuracy.ts";
import { confusionMatrix } from "../../stats/confusionMatrix.ts";
import { macroF1 } from "../../stats/macroF1.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import type { Sample } from "../../store/sampleStore.ts";
import { type CodedSample, readCodedSample } from "../evaluation/codedSample.ts";
import { type Response, responseDesign } from "../evaluation/responseDesign.ts";
import { requireSample } from "../samples/requireSample.ts";
import type { GoldQuality, Known } from "./diagnostics.ts";

/** Gold units that a run's codebook is judged by. */
export interface DiagnosticGold {
  readonly coded: CodedSample;
  readonly response: Response;
  /** True categories. [n] */
  readonly truth: readonly number[];
  /** Images. [n] */
  readonly imageIds: readonly number[];
}

/**
 * The gold units of the sample that the user named; without a name those of the newest pilot or reliability sample that has any. A
 * sealed sample is never opened here: whoever looks at it while phrases can still change has no test any more. Whoever shows them notes the look.
 * @throws UserError for a sample that is not there
 */
export function readDiagnosticGold(study: Study, run: Run, name?: string): Known<DiagnosticGold> {
  if (name !== undefined) {
    const named = requireSample(study, name);
    return maybeGold(study, run, named);
  }
  const candidates = study.samples
    .list()
    .filter(({ purpose, isSealed }) => !isSealed && (purpose === "pilot" || purpose === "reliability"))
    .toReversed();
  let firstWhy: { readonly why: string } | undefined;
  for (const candidate of candidates) {
    const gold = maybeGold(study, run, candidate);
    if (!("why" in gold)) return gold;
    firstWhy ??= gold;
  }
  return (
    firstWhy ?? { why: "no pilot or reliability sample is coded; an unsealed test sample has to be named" }
  );
}

function maybeGold(study: Study, run: Run, sample: Sample): Known<DiagnosticGold> {
  if (sample.isSealed) {
    return {
      why: `sample "${sample.name}" is sealed: diagnostics would use it up for tuning; name a pilot sample`,
    };
  }
  if (sample.purpose === "training") {
    return { why: `sample "${sample.name}" is a training round of coders, and no measure of the codebook` };
  }
  let coded: CodedSample;
  try {
    coded = readCodedSample(study, sample, run);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { why: error.message };
  }
  const response = responseDesign(coded, "collection");
  if (response.images.length === 0)
    return { why: `no image of sample "${sample.name}" has a true category yet` };
  return {
    coded,
    response,
    truth: response.images.map(({ trueCategory }) => trueCategory),
    imageIds: response.images.map(({ member }) => member.imageId),
  };
}

/** Accuracy and macro-F1 of categories that were predicted for the gold units [n]. */
export function goldQuality(
  { truth, response }: DiagnosticGold,
  predicted: readonly number[],
  categoryCount: number,
): GoldQuality {
  const cells = confusionMatrix(truth, predicted, { categoryCount, weights: response.weights });
  return { accuracy: accuracy(cells) as number, macroF1: macroF1(cells) };
}
