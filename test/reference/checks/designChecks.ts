import { seededRandom } from "../../../src/seededRandom.ts";
import { designEstimate } from "../../../src/stats/designEstimate.ts";
import { studentTQuantile } from "../../../src/stats/distributions/studentT.ts";
import { effectiveWilsonInterval } from "../../../src/stats/effectiveWilsonInterval.ts";
import { cellStrataOf, type GoldSample } from "../../../src/stats/goldSample.ts";
import { hajekMean } from "../../../src/stats/hajekMean.ts";
import { horvitzThompsonTotal } from "../../../src/stats/horvitzThompsonTotal.ts";
import { kishEffectiveSize } from "../../../src/stats/kishEffectiveSize.ts";
import { kornGraubardInterval } from "../../../src/stats/kornGraubardInterval.ts";
import type { ClassificationMetric } from "../../../src/stats/linearisedMetric.ts";
import { logitInterval } from "../../../src/stats/logitInterval.ts";
import { multinomialDelta } from "../../../src/stats/multinomialDelta.ts";
import { postStratifiedShares } from "../../../src/stats/postStratifiedShares.ts";
import { designWeights, type SamplingDesign } from "../../../src/stats/samplingDesign.ts";
import { dirichletShare, stratifiedDirichlet } from "../../../src/stats/stratifiedDirichlet.ts";
import { compare, list, pair } from "../compare.ts";
import type { Comparison, ReferenceVector, VectorCheck } from "../referenceVector.ts";
import { intervalChecks } from "./intervalChecks.ts";
import { schoolScores } from "./schoolScores.ts";

type Matrix = readonly (readonly number[])[];

/** Checks by statistic. */
export const designChecks: Readonly<Record<string, VectorCheck>> = {
  ...intervalChecks,
  macro_f1_ci_delta: (vector, find) => (vector.kind === "trap" ? deltaTrap(vector, find) : delta(vector)),
  stratified_classification_bundle: ({ inputs, expected, tolerance = 0 }) =>
    [true, false].flatMap((finite) =>
      bundle(stratifiedBy(inputs, finite), finite ? expected.with_fpc : expected.no_fpc, tolerance),
    ),
  stratified_accuracy_area: ({ inputs, expected, tolerance = 0 }) =>
    accuracyAndArea(stratifiedBy(inputs, false), expected, tolerance),
  stratified_accuracy_strata_differ: ({ inputs, expected, tolerance = 0 }) => {
    const labels: readonly string[] = Object.keys(inputs.N_stratum);
    const numbersOf = (values: readonly string[]) => values.map((value) => labels.indexOf(value));
    const stratumOf = numbersOf(inputs.stratum);
    const sample: GoldSample = {
      design: {
        kind: "stratified",
        strata: labels.map((label, stratum) => ({
          size: inputs.N_stratum[label],
          drawn: stratumOf.filter((own) => own === stratum).length,
        })),
        stratumOf,
        isFinite: true,
      },
      gold: numbersOf(inputs.true),
      predicted: numbersOf(inputs.predicted),
      categoryCount: labels.length,
    };
    const weights = designWeights(sample.design);
    const inCell = sample.gold.map((gold, unit) => Number(gold === 2 && sample.predicted[unit] === 1));
    return [
      ...accuracyAndArea(sample, expected, tolerance),
      compare("cell", hajekMean(sample.design, inCell)?.estimate, expected.cell_predB_trueC[0], tolerance),
      compare(
        "sum of weights",
        weights.reduce((sum, weight) => sum + weight, 0),
        100_000,
        1e-6,
      ),
    ];
  },
  poststratified_double_sampling: ({ inputs, expected, tolerance = 0 }) => {
    const size = inputs.N_pred.reduce((sum: number, each: number) => sum + each, 0);
    const units = unitsOf(inputs.sample_counts_pred_x_true);
    const design = (finite: boolean): SamplingDesign => ({
      kind: "stratified",
      strata: [{ size, drawn: units.gold.length }],
      stratumOf: units.gold.map(() => 0),
      isFinite: finite,
    });
    const metrics: readonly ClassificationMetric[] = [
      ...inputs.N_pred.map((_: number, category: number) => ({ kind: "trueShare", category })),
      { kind: "accuracy" },
    ];
    const plain: GoldSample = { design: design(true), ...units, categoryCount: 3 };
    const post: GoldSample = { ...plain, predictedSizes: inputs.N_pred };
    const shares = postStratifiedShares(post);
    return [
      ...metrics.flatMap((metric, index) => {
        const what = expected.variables[index];
        const simple = designEstimate(plain, metric);
        const finite = designEstimate(post, metric);
        const process = designEstimate({ ...post, design: design(false) }, metric);
        return [
          compare(`${what} simple`, simple?.estimate, expected.srs_mean[index], tolerance),
          compare(`${what} simple SE`, simple?.standardError, expected.srs_se_fpc[index], tolerance),
          compare(what, finite?.estimate, expected.poststratified[index], tolerance),
          compare(`${what} SE`, finite?.standardError, expected.poststratified_se_fpc[index], tolerance),
          compare(
            `${what} SE, no fpc`,
            process?.standardError,
            expected.poststratified_se_nofpc[index],
            tolerance,
          ),
        ];
      }),
      ...list(
        "share",
        (shares?.shares ?? []).map(({ estimate }) => estimate),
        expected.poststratified.slice(0, 3),
        tolerance,
      ),
      ...list(
        "naive share",
        inputs.N_pred.map(
          (_: number, category: number) =>
            designEstimate(post, { kind: "predictedShare", category })?.estimate,
        ),
        expected.naive_predicted_shares,
        tolerance,
      ),
    ];
  },
  stratified_dirichlet_interval: (vector) => {
    const { inputs, expected, tolerance = 0 } = vector;
    const strata = cellStrataOf(stratifiedBy(inputs, false)) ?? [];
    const accuracy = dirichletShare(strata, ({ trueCategory, predicted }) => trueCategory === predicted);
    const categories = [0, 1, 2, 3];
    const shares = categories.map((category) =>
      dirichletShare(strata, ({ trueCategory }) => trueCategory === category),
    );
    const metrics: readonly ClassificationMetric[] = [
      { kind: "accuracy" },
      ...categories.map((category) => ({ kind: "recall", category }) as const),
      ...categories.map((category) => ({ kind: "f1", category }) as const),
      { kind: "macroF1" },
      { kind: "kappa" },
    ];
    const quantiles = expected["mc_quantiles_2.5_50_97.5"];
    const expectedOf = [
      quantiles.accuracy,
      ...quantiles.recall,
      ...quantiles.f1,
      quantiles.macro_f1,
      quantiles.kappa,
    ];
    const drawn = stratifiedDirichlet(strata, metrics, {
      categoryCount: 4,
      isFinite: false,
      draws: 200_000,
      random: seededRandom(1),
    });
    return [
      compare("mean accuracy", accuracy.mean, expected.posterior_mean_accuracy, tolerance),
      compare("sd accuracy", accuracy.standardDeviation, expected.posterior_sd_accuracy, tolerance),
      ...list(
        "mean share",
        shares.map(({ mean }) => mean),
        expected.posterior_mean_true_share,
        tolerance,
      ),
      ...list(
        "sd share",
        shares.map((share) => share.standardDeviation),
        expected.posterior_sd_true_share,
        tolerance,
      ),
      ...drawn.flatMap((ours, index) =>
        list(
          `quantile of ${JSON.stringify(metrics[index])}`,
          [ours?.interval.low, ours?.median, ours?.interval.high],
          expectedOf[index],
          vector.mc_tolerance,
        ),
      ),
    ];
  },
  stratified_mean: ({ expected, tolerance = 0 }) => {
    const design: SamplingDesign = {
      kind: "stratified",
      strata: schoolScores.map(({ size, scores }) => ({ size, drawn: scores.length })),
      stratumOf: schoolScores.flatMap(({ scores }, stratum) => scores.map(() => stratum)),
      isFinite: true,
    };
    const mean = hajekMean(
      design,
      schoolScores.flatMap(({ scores }) => scores),
    );
    return [
      compare("mean", mean?.estimate, expected.mean, tolerance),
      compare("SE", mean?.standardError, expected.se, tolerance),
    ];
  },
  horvitz_thompson_hajek: ({ inputs, expected, tolerance = 0 }) => {
    const design: SamplingDesign = { kind: "poisson", probabilities: inputs.pi, size: 21, isFinite: true };
    const weights = designWeights(design);
    const total = horvitzThompsonTotal(design, inputs.y);
    const mean = hajekMean(design, inputs.y);
    return [
      compare("total", total.estimate, expected.HT_total, tolerance),
      compare(
        "sum of weights",
        weights.reduce((sum, weight) => sum + weight, 0),
        expected.sum_w,
        tolerance,
      ),
      compare("SE of the total", total.standardError, expected.HT_total_se_poisson, tolerance),
      compare("mean", mean?.estimate, expected.Hajek_mean, tolerance),
      compare("SE of the mean", mean?.standardError, expected.Hajek_mean_se_poisson, tolerance),
      compare("effective size", kishEffectiveSize(weights), expected.kish_neff, tolerance),
    ];
  },
};

function delta({ inputs, expected, tolerance = 0 }: ReferenceVector): readonly Comparison[] {
  const macro = multinomialDelta(inputs.confusion_matrix_rows_true, { kind: "macroF1" });
  const micro = multinomialDelta(inputs.confusion_matrix_rows_true, { kind: "accuracy" });
  return [
    compare("macro-F1", macro?.value, expected.macro_f1, tolerance),
    compare("SE", macro?.standardError, expected.se, tolerance),
    ...pair("interval", macro?.interval, expected.ci95, tolerance),
    compare("micro-F1", micro?.value, expected.micro_f1, tolerance),
    compare("micro SE", micro?.standardError, expected.micro_se, tolerance),
  ];
}

function deltaTrap({ inputs, expected }: ReferenceVector, find: (id: string) => ReferenceVector) {
  const matrix = find(inputs.ref).expected.unweighted.confusion_matrix_rows_true;
  const metrics = {
    macro_f1: "macroF1",
    macro_precision: "macroPrecision",
    macro_recall: "balancedAccuracy",
  } as const;
  return Object.entries(metrics).flatMap(([name, kind]) => {
    const actual = multinomialDelta(matrix, { kind })?.standardError;
    const trap = expected.package_se[name];
    return [
      { ...compare(name, actual, trap, 1e-5), isTrap: true },
      compare(name, actual, expected.correct_delta_se[name], 1e-7),
      // Four digits of 4,000 draws, of samples whose size is small for the delta method.
      compare(`${name} by simulation`, actual, expected.multinomial_monte_carlo_sd_4000[name], 0.002),
    ];
  });
}

// biome-ignore lint/suspicious/noExplicitAny: a vector's own form
function bundle(sample: GoldSample, expected: any, tolerance: number): readonly Comparison[] {
  const accuracy = designEstimate(sample, { kind: "accuracy" });
  const rare = designEstimate(sample, { kind: "trueShare", category: 3 });
  if (accuracy?.standardError === undefined || rare?.standardError === undefined) return [];
  const { estimate, standardError, degreesOfFreedom } = accuracy;
  const effectiveSize = (estimate * (1 - estimate)) / standardError ** 2;
  const half = studentTQuantile(0.975, degreesOfFreedom) * standardError;
  const about = (share: number, error: number) =>
    kornGraubardInterval({ share, standardError: error, sampleSize: sample.gold.length, degreesOfFreedom });
  const perCategory = { true_prop: "trueShare", precision: "precision", recall: "recall", f1: "f1" } as const;
  const overall = {
    accuracy: "accuracy",
    macro_f1: "macroF1",
    balanced_accuracy: "balancedAccuracy",
    kappa: "kappa",
  } as const;
  const logit = logitInterval(estimate, standardError, degreesOfFreedom);
  return [
    ...Object.entries(overall).flatMap(([name, kind]) =>
      estimateAndError(name, sample, { kind }, expected[name], tolerance),
    ),
    ...Object.entries(perCategory).flatMap(([name, kind]) =>
      expected[name].flatMap((values: readonly [number, number], category: number) =>
        estimateAndError(`${name} ${category}`, sample, { kind, category }, values, tolerance),
      ),
    ),
    ...pair("logit", logit, expected.accuracy_ci.logit, tolerance),
    ...pair("logit", logit, expected.accuracy_ci.xlogit, tolerance),
    ...pair("beta", about(estimate, standardError), expected.accuracy_ci.beta, tolerance),
    ...pair("t", { low: estimate - half, high: estimate + half }, expected.accuracy_ci.mean, tolerance),
    ...pair(
      "Wilson",
      effectiveWilsonInterval({ share: estimate, standardError, degreesOfFreedom }),
      expected.accuracy_ci["wilson_neff_survey4.5_formula"],
      tolerance,
    ),
    ...pair(
      "rare share, beta",
      about(rare.estimate, rare.standardError),
      expected.true_prop_D_ci.beta,
      tolerance,
    ),
    ...pair(
      "rare share, logit",
      logitInterval(rare.estimate, rare.standardError, degreesOfFreedom),
      expected.true_prop_D_ci.xlogit,
      tolerance,
    ),
    compare("degrees of freedom", degreesOfFreedom, expected.degf, tolerance),
    compare("effective size", effectiveSize, expected.accuracy_neff_srs_equiv, 1e-6),
  ];
}

function accuracyAndArea(
  sample: GoldSample,
  expected: ReferenceVector["expected"],
  tolerance: number,
): readonly Comparison[] {
  const kinds = { UA: "precision", PA: "recall", area: "trueShare" } as const;
  const errors = { UA: "SEua", PA: "SEpa", area: "SEa" } as const;
  return [
    ...estimateAndError("OA", sample, { kind: "accuracy" }, [expected.OA[0], expected.SEoa[0]], tolerance),
    ...Object.entries(kinds).flatMap(([name, kind]) =>
      expected[name].flatMap((value: number, category: number) => {
        const error = expected[errors[name as keyof typeof errors]][category];
        return estimateAndError(`${name} ${category}`, sample, { kind, category }, [value, error], tolerance);
      }),
    ),
  ];
}

function estimateAndError(
  what: string,
  sample: GoldSample,
  metric: ClassificationMetric,
  [estimate, error]: readonly [number, number],
  tolerance: number,
): readonly Comparison[] {
  const ours = designEstimate(sample, metric);
  return [
    compare(what, ours?.estimate, estimate, tolerance),
    compare(`${what} SE`, ours?.standardError, error, tolerance),
  ];
}

function stratifiedBy(
  inputs: { readonly counts_pred_x_true: Matrix; readonly N_h: readonly number[] },
  finite: boolean,
): GoldSample {
  const units = unitsOf(inputs.counts_pred_x_true);
  return {
    design: {
      kind: "stratified",
      strata: inputs.N_h.map((size, stratum) => ({
        size,
        drawn: units.predicted.filter((own) => own === stratum).length,
      })),
      stratumOf: units.predicted,
      isFinite: finite,
    },
    ...units,
    categoryCount: inputs.N_h.length,
  };
}

function unitsOf(countsByPredicted: Matrix): {
  readonly gold: readonly number[];
  readonly predicted: readonly number[];
} {
  const units = countsByPredicted.flatMap((row, predicted) =>
    row.flatMap((count, gold) => Array.from({ length: count }, () => ({ gold, predicted }))),
  );
  return { gold: units.map(({ gold }) => gold), predicted: units.map(({ predicted }) => predicted) };
}
