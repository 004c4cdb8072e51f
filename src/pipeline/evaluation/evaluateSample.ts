import { setImmediate as nextTurn } from "node:timers/promises";
import type { UnitScores } from "../../classify.ts";
import { codebookPhrases } from "../../codebook/codebook.ts";
import { UserError } from "../../errors.ts";
import { methodsParagraph } from "../../report/methodsParagraph.ts";
import type { GoldSample } from "../../stats/goldSample.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Run } from "../../store/runStore.ts";
import type { Sample } from "../../store/sampleStore.ts";
import type { Evaluation, ShareMethod, Target } from "../../validation/evaluation.ts";
import type { GoldRule } from "../../validation/goldStandard.ts";
import { version } from "../../version.ts";
import { classifierOfRun } from "../classifierOfRun.ts";
import { type ReportNames, reportNames } from "../reportNames.ts";
import { openSample, requireOpenable } from "../samples/openSample.ts";
import { tellingOverlaps } from "../samples/sampleOverlap.ts";
import { abstentionOf } from "./abstentionOf.ts";
import { baselinesOf } from "./baselinesOf.ts";
import { calibrationOf } from "./calibrationOf.ts";
import { type CodedSample, readCodedSample } from "./codedSample.ts";
import { compareRuns } from "./compareRuns.ts";
import { describeGold, describeRun, describeSample } from "./describeSample.ts";
import { evaluationWarnings } from "./evaluationWarnings.ts";
import { figureCoverage } from "./figureCoverage.ts";
import { groupsOf } from "./groupsOf.ts";
import { imageScores, sampledEmbeddings } from "./imageScores.ts";
import { notEstimableParts } from "./notEstimableParts.ts";
import { postStratifiedResponse } from "./postStratifiedResponse.ts";
import { poweredShares, requireSimple } from "./poweredShares.ts";
import { qualityOf } from "./qualityOf.ts";
import { readFrameUnits } from "./readFrameUnits.ts";
import { reliabilityOf } from "./reliabilityOf.ts";
import { type Response, responseDesign } from "./responseDesign.ts";
import { sharesOf } from "./sharesOf.ts";
import { readUserColumns } from "./userColumns.ts";

/** What is evaluated, and how. */
export interface EvaluationSpec {
  readonly sample: Sample;
  readonly run: Run;
  /** undefined: adjudication where there is one, else the majority, else the only coder. */
  readonly rule?: GoldRule | undefined;
  readonly target: Target;
  /** Columns of the user's table by which shares and errors are given. */
  readonly by: readonly string[];
  /** How shares are corrected; post-stratified unless told. PPI++ is for simple random samples. */
  readonly shares?: ShareMethod["kind"] | undefined;
  /** Whether the categories are grades in the codebook's order. */
  readonly isOrdinal?: boolean | undefined;
  /** Another run, whose predictions for the same images are compared with these. */
  readonly compared?: Run | undefined;
  /** Whether images have their whole paths instead of those from the input folder on. */
  readonly showPaths?: boolean | undefined;
  /** Where it is shown: `evaluate`, `screen`. */
  readonly how: string;
  /** ISO 8601 */
  readonly madeAt: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Everything that a coded sample says of a run's predictions. Looking is noted in the study, once, when everything could be computed;
 * between its parts other work gets its turn.
 * @throws UserError for a sealed sample that may not be opened, a training round, a sample without a coded image, columns that cannot
 * be read, and a run that cannot be compared
 * @throws the signal's reason when aborted
 */
export async function evaluateSample(study: Study, spec: EvaluationSpec): Promise<Evaluation> {
  const { sample, run, target, madeAt, signal } = spec;
  // Every run whose predictions are shown beside the truth.
  const shown = spec.compared === undefined ? ([run] as const) : ([run, spec.compared] as const);
  requireOpenable(study, sample, shown);
  const coded = readCodedSample(study, sample, run, spec.rule);
  const response = responseDesign(coded, target);
  requireAnswers(coded, response);
  if (spec.shares === "ppi") requireSimple(sample);
  if (spec.compared?.id === run.id) {
    throw new UserError(`run ${run.id} cannot be compared with itself`, {
      hint: "compare it with another run",
    });
  }
  const columns = await readUserColumns(study, run, spec.by);
  const frame = await readFrameUnits(study, sample, run, signal);
  const categories = run.codebook.categories.map(({ name }) => name);
  const gold: GoldSample = {
    design: response.design,
    gold: response.images.map(({ trueCategory }) => trueCategory),
    predicted: response.images.map(({ prediction }) => prediction.category),
    categoryCount: categories.length,
    predictedSizes: frame.sizes,
  };
  const embeddings = sampledEmbeddings(
    study,
    run,
    response.images.map(({ member }) => member.imageId),
  );
  const classifier = classifierOfRun(study, run);
  const scores = await imageScores(embeddings, classifier);
  const weighted = postStratifiedResponse(response, frame.sizes);
  const inTurn = async <Part>(compute: () => Part): Promise<Part> => {
    await nextTurn();
    signal?.throwIfAborted();
    return compute();
  };
  const comparison =
    spec.compared && (await inTurn(() => compareRuns(study, coded, spec.compared as Run, target)));
  const groups = await inTurn(() => groupsOf(coded, frame, { response, weighted }, columns));
  const reliability = await inTurn(() => reliabilityOf(coded, spec));
  const quality = await inTurn(() =>
    qualityOf({
      gold,
      probabilities: scores.map(({ categoryProbabilities }) => Array.from(categoryProbabilities)),
      categories,
      seed: sample.seed,
    }),
  );
  const calibration = await inTurn(() =>
    calibrationOf({
      probabilities: response.images.map(({ prediction }) => Math.min(1, prediction.probability)),
      categoryProbabilities: properProbabilities(run, scores),
      areSums: run.scoring !== "mean",
      gold: gold.gold,
      predicted: gold.predicted,
      design: weighted.design,
      seed: sample.seed,
    }),
  );
  const shares = await inTurn(() =>
    spec.shares === "ppi"
      ? poweredShares(gold, frame.sizes)
      : {
          shares: sharesOf(gold, frame.sizes),
          shareMethod: { kind: "post-stratified" } satisfies ShareMethod,
        },
  );
  const baselines = await baselinesOf(run, classifier, {
    images: embeddings,
    gold: gold.gold,
    weights: weighted.weights,
    seed: sample.seed,
    signal,
  });
  const abstention = await inTurn(() => abstentionOf(weighted, sample.seed));
  const goldSummary = describeGold(coded);
  // Only now: what fails on the way shows nobody anything.
  openSample(study, sample, shown, spec.how, madeAt);
  const body = {
    madeAt,
    clipbookVersion: version,
    title: run.codebook.title ?? "CLIP classification",
    categories,
    target,
    run: describeRun(study, run, sample),
    sample: describeSample(study, coded),
    gold: goldSummary,
    coverage: figureCoverage(gold, categories, goldSummary.strata),
    reliability,
    quality,
    calibration,
    ...shares,
    groups,
    baselines,
    abstention,
    comparison,
    images: evaluatedImages(coded, reportNames(run, spec.showPaths ?? false)),
  };
  const told = {
    ...body,
    notEstimable: notEstimableParts(body),
    warnings: evaluationWarnings(body, {
      unclassified: frame.unclassified,
      overlaps: tellingOverlaps(study, sample),
    }),
  };
  return { ...told, methods: methodsParagraph(told) };
}

function evaluatedImages({ images }: CodedSample, names: ReportNames): Evaluation["images"] {
  return images.flatMap(({ member, trueCategory, prediction }) =>
    prediction === undefined
      ? []
      : {
          place: member.place,
          name: names.unit(member.name),
          imageId: member.imageId,
          unitId: member.unitId,
          trueCategory,
          predicted: prediction.category,
          probability: prediction.probability,
          stratum: member.stratum,
          inclusionProbability: member.inclusionProbability,
        },
  );
}

function requireAnswers({ sample, run, images }: CodedSample, response: Response): void {
  if (response.images.length > 0) return;
  const isCoded = images.some(({ codes }) => codes.length > 0);
  throw new UserError(
    isCoded
      ? `no image of sample "${sample.name}" has both a true category and a prediction of run ${run.id}`
      : `nothing of sample "${sample.name}" is coded yet`,
    { hint: isCoded ? "adjudicate, or choose another gold standard with --gold" : "code it first" },
  );
}

/**
 * Probabilities of the categories that add up to 1, for scores that need them: under `max` and `sum` a category's phrases added up.
 * undefined for sigmoid models, whose probabilities do not add up.
 */
function properProbabilities(
  run: Run,
  scores: readonly UnitScores[],
): readonly (readonly number[])[] | undefined {
  if (run.probabilityKind === "sigmoid") return undefined;
  if (run.scoring === "mean")
    return scores.map(({ categoryProbabilities }) => clipped(categoryProbabilities));
  const phrases = codebookPhrases(run.codebook);
  return scores.map(({ phraseProbabilities }) => {
    const sums = run.codebook.categories.map(() => 0);
    for (const [p, { categoryIndex }] of phrases.entries())
      sums[categoryIndex] = (sums[categoryIndex] as number) + (phraseProbabilities[p] as number);
    return clipped(sums);
  });
}

/** A sum of roundings may pass 1 by the last bit. */
function clipped(values: Iterable<number>): readonly number[] {
  return Array.from(values, (value) => Math.min(1, value));
}
