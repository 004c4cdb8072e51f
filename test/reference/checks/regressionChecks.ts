import {
  designBasedSupervisedLearning,
  type SupervisedFit,
  type SupervisedUnits,
} from "../../../src/stats/designBasedSupervisedLearning.ts";
import { dslPower } from "../../../src/stats/dslPower.ts";
import { ppiPower } from "../../../src/stats/predictionPowered/ppiPower.ts";
import { predictionPoweredLogistic } from "../../../src/stats/predictionPowered/predictionPoweredLogistic.ts";
import { predictionPoweredMean } from "../../../src/stats/predictionPowered/predictionPoweredMean.ts";
import { predictionPoweredOls } from "../../../src/stats/predictionPowered/predictionPoweredOls.ts";
import type {
  PoweredRegression,
  PoweredRegressionOptions,
  PoweredRegressionUnits,
} from "../../../src/stats/predictionPowered/predictionPoweredRegression.ts";
import { waldTest } from "../../../src/stats/waldTest.ts";
import type { Comparison, ReferenceVector, VectorCheck } from "../referenceVector.ts";
import { compareAll } from "./compareAll.ts";

/** Checks by statistic. */
export const regressionChecks: Readonly<Record<string, VectorCheck>> = {
  ppi_mean: ({ inputs, expected, tolerance = 0 }) => {
    const units = columnsOf(inputs);
    const plain = predictionPoweredMean(units, { lambda: 1 }).means[0];
    const gold = predictionPoweredMean(units, { lambda: 0 }).means[0];
    const { means, lambda } = predictionPoweredMean(units);
    return [
      ...compareAll("lam1_point", plain?.estimate, expected.lam1_point, tolerance),
      ...compareAll("lam1_ci", boundsOf(plain), expected.lam1_ci, tolerance),
      ...compareAll("lam0_point", gold?.estimate, expected.lam0_point, tolerance),
      ...compareAll("lam0_ci", boundsOf(gold), expected.lam0_ci, tolerance),
      ...compareAll("classical_mean", gold?.estimate, expected.classical_mean, tolerance),
      ...compareAll("lam_hat", lambda, expected.lam_hat, tolerance),
      ...compareAll("ppipp_point", means[0]?.estimate, expected.ppipp_point, tolerance),
      ...compareAll("ppipp_ci", boundsOf(means[0]), expected.ppipp_ci, tolerance),
    ];
  },
  ppi_mean_weighted: ({ inputs, expected, tolerance = 0 }, find) => {
    const [mean] = predictionPoweredMean(
      { ...columnsOf(find(inputs.ref).inputs), weights: inputs.w },
      { lambda: 1 },
    ).means;
    return [
      ...compareAll("lam1_point", mean?.estimate, expected.lam1_point, tolerance),
      ...compareAll("lam1_ci", boundsOf(mean), expected.lam1_ci, tolerance),
    ];
  },
  ppi_ols: (vector) => comparePowered("ols", vector, rowsOf(vector.inputs), predictionPoweredOls),
  ppi_logistic: (vector, find) =>
    comparePowered("logit", vector, rowsOf(find(vector.inputs.ref).inputs), predictionPoweredLogistic),
  ppi_power: ({ inputs, expected, tolerance = 0 }) =>
    // biome-ignore lint/suspicious/noExplicitAny: the vector's own form
    inputs.cases.flatMap((one: any, i: number) => {
      const plan = ppiPower(
        one.ppi_corr,
        { image: one.cost_X, code: one.cost_Y, prediction: one.cost_Yhat },
        one.budget === undefined ? { effectiveSize: one.effective_n } : { budget: one.budget },
      );
      const { n, N, cost, effective_n } = expected[i];
      return compareAll(
        `case ${i}`,
        [plan.coded, plan.uncoded, plan.cost, plan.effectiveSize],
        [n, N, cost, effective_n],
        tolerance,
      );
    }),
  dsl: (vector) => (vector.inputs.estimate === undefined ? compareFits(vector) : compareTest(vector)),
  // V(n) is a line in 1 / n: the first and the last size give its two parts, and with them the sizes between.
  dsl_power: ({ inputs, expected, tolerance = 0 }) => {
    const sizes: readonly number[] = inputs.labeled_size;
    return Object.entries(expected as Record<string, number[]>).flatMap(([name, errors]) => {
      const [first, last] = [sizes[0] as number, sizes.at(-1) as number];
      const [atFirst, atLast] = [(errors[0] as number) ** 2, (errors.at(-1) as number) ** 2];
      const coded = (atFirst - atLast) / (1 - first / last);
      const found = dslPower(
        { goldSize: first, varianceParts: { coded: [coded], rest: [atFirst - coded] } },
        sizes,
      );
      return compareAll(
        name,
        found.map(([error]) => error),
        errors,
        tolerance,
      );
    });
  },
};

// biome-ignore lint/suspicious/noExplicitAny: the vector's own form
function columnsOf(inputs: any) {
  const column = (values: number[]) => values.map((x) => [x]);
  return {
    gold: column(inputs.Y),
    predicted: column(inputs.Yhat),
    uncoded: column(inputs.Yhat_unlabeled),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the vector's own form
function rowsOf(inputs: any): PoweredRegressionUnits {
  const rows = (xs: number[], ys: number[]) =>
    xs.map((x, i) => ({ covariates: [1, x], outcome: ys[i] as number }));
  return {
    gold: rows(inputs.X_second_column_labeled, inputs.Y),
    predictedOutcomes: inputs.Yhat,
    uncoded: rows(inputs.X_second_column_unlabeled, inputs.Yhat_unlabeled),
  };
}

function boundsOf(
  mean: { readonly interval?: { readonly low: number; readonly high: number } | undefined } | undefined,
) {
  return [mean?.interval?.low, mean?.interval?.high];
}

function comparePowered(
  prefix: string,
  { expected, tolerance = 0 }: ReferenceVector,
  units: PoweredRegressionUnits,
  regress: (units: PoweredRegressionUnits, options?: PoweredRegressionOptions) => PoweredRegression,
): readonly Comparison[] {
  const points = ({ coefficients }: PoweredRegression) => coefficients.map(({ estimate }) => estimate);
  // ppi_py has lists of lower and of upper bounds.
  const bounds = ({ coefficients }: PoweredRegression) => [
    coefficients.map(({ test }) => test?.interval.low),
    coefficients.map(({ test }) => test?.interval.high),
  ];
  return [
    ...([0, 1] as const).flatMap((lambda) => [
      ...compareAll(
        `lam${lambda}_point`,
        points(regress(units, { lambda })),
        expected[`${prefix}_lam${lambda}_point`],
        tolerance,
      ),
      ...compareAll(
        `lam${lambda}_ci`,
        bounds(regress(units, { lambda })),
        expected[`${prefix}_lam${lambda}_ci`],
        tolerance,
      ),
    ]),
    ...compareAll("ppipp_point", points(regress(units)), expected[`${prefix}_ppipp_point`], tolerance),
    // ppi_py tunes once for the point and twice for the interval.
    ...compareAll(
      "ppipp_ci",
      bounds(regress(units, { tunings: 2 })),
      expected[`${prefix}_ppipp_ci`],
      tolerance,
    ),
  ];
}

function compareTest({ inputs, expected, tolerance = 0 }: ReferenceVector): readonly Comparison[] {
  const test = waldTest(inputs.estimate, inputs.se);
  return [
    ...compareAll("two-sided p", test?.pValue, expected.two_sided_p, tolerance),
    ...compareAll("ci95", boundsOf(test), expected.ci95, tolerance),
    {
      what: "p",
      actual: test?.pValue,
      expected: expected.package_prints,
      tolerance,
      isTrap: true,
    },
  ];
}

function compareFits({
  inputs,
  expected,
  tolerance = 0,
  tolerance_vs_R: toleranceOfR,
}: ReferenceVector): readonly Comparison[] {
  const equal = {
    probabilities: (inputs.Y as number[]).map(() => 0.3),
    drawn: inputs["R_equal(pi=.3)"] as number[],
  };
  const unequal = {
    probabilities: inputs.pi_unequal as number[],
    drawn: inputs.R_unequal as number[],
  };
  // The covariates and the outcome of a unit, given its Y: the gold one or a prediction.
  type Row = (y: number, i: number) => { readonly covariates: number[]; readonly outcome: number };
  const mean: Row = (y) => ({ covariates: [1], outcome: y });
  const both: Row = (y, i) => ({ covariates: [1, inputs.x1[i], inputs.x2[i]], outcome: y });
  const groups: Row = (y, i) => ({ covariates: [1 - inputs.x2[i], inputs.x2[i]], outcome: y });
  const onY: Row = (y, i) => ({ covariates: [1, y, inputs.x2[i]], outcome: inputs.outcome[i] });
  const unitsOf = (
    row: Row,
    { probabilities, drawn }: typeof equal,
    predictions: number[] = inputs.pred,
  ): SupervisedUnits => ({
    model: "linear",
    predicted: predictions.map(row),
    gold: (inputs.Y as number[]).map((y, i) => (drawn[i] === 1 ? row(y, i) : undefined)),
    probabilities,
  });
  const logit = (units: SupervisedUnits): SupervisedUnits => ({ ...units, model: "logistic" });
  const clustered = (units: SupervisedUnits): SupervisedUnits => ({ ...units, clusters: inputs.cluster });
  const fits: Readonly<Record<string, SupervisedFit>> = {
    "mean.eq.hard": designBasedSupervisedLearning(unitsOf(mean, equal)),
    "mean.eq.score": designBasedSupervisedLearning(unitsOf(mean, equal, inputs.score)),
    "mean.uneq": designBasedSupervisedLearning(unitsOf(mean, unequal)),
    "mean.uneq.std": designBasedSupervisedLearning(unitsOf(mean, unequal), { rescalesProbabilities: true }),
    "lmY.eq": designBasedSupervisedLearning(unitsOf(both, equal)),
    "lmY.uneq": designBasedSupervisedLearning(unitsOf(both, unequal)),
    "lmY.uneq.cluster": designBasedSupervisedLearning(clustered(unitsOf(both, unequal))),
    "logitY.eq": designBasedSupervisedLearning(logit(unitsOf(both, equal))),
    "logitY.uneq": designBasedSupervisedLearning(logit(unitsOf(both, unequal))),
    "logitY.uneq.cluster": designBasedSupervisedLearning(logit(clustered(unitsOf(both, unequal)))),
    "group.prop": designBasedSupervisedLearning(unitsOf(groups, unequal)),
    "lmX.eq": designBasedSupervisedLearning(unitsOf(onY, equal)),
    "lmX.eq.score": designBasedSupervisedLearning(unitsOf(onY, equal, inputs.score)),
  };
  // biome-ignore lint/suspicious/noExplicitAny: the vector's own form
  return Object.entries(expected as Record<string, any>).flatMap(([name, theirs]) => {
    const found = fits[name]?.coefficients;
    const estimates = found?.map(({ estimate }) => estimate);
    const errors = found?.map(({ standardError }) => standardError);
    return [
      ...compareAll(`${name} coef`, estimates, theirs.coef, tolerance),
      ...compareAll(`${name} se`, errors, theirs.se, tolerance),
      ...compareAll(`${name} coef of R`, estimates, theirs.coef_R_LBFGSB, toleranceOfR),
      ...compareAll(`${name} se of R`, errors, theirs.se_R, toleranceOfR),
    ];
  });
}
