import { blakerInterval } from "../../../src/stats/blakerInterval.ts";
import { betaQuantile } from "../../../src/stats/distributions/betaQuantile.ts";
import { kOccurrence, kOccurrenceSkewness } from "../../../src/stats/kOccurrence.ts";
import { matrixBackCalculation } from "../../../src/stats/matrixBackCalculation.ts";
import { type PhraseDiagnostics, phraseDiagnostics } from "../../../src/stats/phraseDiagnostics.ts";
import { emPrior, meanOf } from "../../../src/stats/priorCorrection/emPrior.ts";
import { priorMatching } from "../../../src/stats/priorCorrection/priorMatching.ts";
import { sinkhornPosterior } from "../../../src/stats/priorCorrection/sinkhornPosterior.ts";
import { transportToShares } from "../../../src/stats/priorCorrection/transportToShares.ts";
import { adjustedCount, roganGladen, roganGladenDelta } from "../../../src/stats/roganGladen.ts";
import { silhouette } from "../../../src/stats/silhouette.ts";
import { type Interval, wilsonInterval } from "../../../src/stats/wilsonInterval.ts";
import type { Comparison, VectorCheck } from "../referenceVector.ts";
import { compareAll } from "./compareAll.ts";
import { regressionChecks } from "./regressionChecks.ts";

/** What full-precision values are compared with where the vector states no tolerance of their own. */
const fullPrecision = 1e-9;

/** Checks by statistic. */
export const shareChecks: Readonly<Record<string, VectorCheck>> = {
  ...regressionChecks,
  rogan_gladen: (vector) => {
    const { positive, n, sens, spec } = vector.inputs;
    const cases = [positive].flat().map((x: number, i: number) => ({
      positive: x,
      n: [n].flat()[i] as number,
      rates: { sensitivity: [sens].flat()[i] as number, specificity: [spec].flat()[i] as number },
    }));
    const by = (interval: (positive: number, n: number) => Interval | undefined) =>
      cases.map((one) => {
        const { raw, interval: found } = roganGladen(
          one.positive / one.n,
          one.rates,
          interval(one.positive, one.n),
        );
        return { raw, bounds: [found?.low, found?.high] };
      });
    const full = vector.expected_full_precision;
    const rounded = by(blakerInterval).map(({ raw, bounds }) =>
      [raw, ...bounds].map((x) => Math.round(100 * (x as number))),
    );
    const compared: Comparison[] = [
      ...compareAll(
        "percent",
        rounded,
        vector.expected.pct_rounded ?? [vector.expected.true_prevalence_pct_rounded],
        vector.tolerance as number,
      ),
      ...compareAll(
        "point",
        by(blakerInterval).map(({ raw }) => raw),
        [full.point].flat(),
        fullPrecision,
      ),
    ];
    const intervals: readonly (readonly [string, (positive: number, n: number) => Interval | undefined])[] = [
      ["wilson", wilsonInterval],
      ["blaker", blakerInterval],
      [
        "clopper_pearson",
        (x, size) => ({
          low: betaQuantile(0.025, x, size - x + 1),
          high: betaQuantile(0.975, x + 1, size - x),
        }),
      ],
    ];
    for (const [name, interval] of intervals) {
      const expected = full[`${name}_transform_ci`];
      if (expected === undefined) continue;
      compared.push(
        ...compareAll(
          name,
          by(interval).flatMap(({ bounds }) => bounds),
          expected.flat(),
          fullPrecision,
        ),
      );
    }
    return compared;
  },
  rogan_gladen_delta: ({ inputs, expected, tolerance = 0 }) => {
    const { raw, standardError, interval } = roganGladenDelta({
      predictedPositive: inputs.predicted_positive,
      size: inputs.N,
      truePositives: inputs.tp,
      goldPositives: inputs.n_true_pos,
      trueNegatives: inputs.tn,
      goldNegatives: inputs.n_true_neg,
    });
    return [
      ...compareAll("point", raw, expected.point, tolerance),
      ...compareAll("se", standardError, expected.se, tolerance),
      ...compareAll("ci95", [interval?.low, interval?.high], expected.ci95, tolerance),
    ];
  },
  confusion_matrix_inversion: ({ inputs, expected, tolerance = 0 }) => {
    const matrix = inputs.M_pred_given_true_columns_sum_to_1;
    const found = (inputs.predicted_shares as number[][]).map((shares) =>
      matrixBackCalculation(matrix, shares),
    );
    return [
      ...compareAll(
        "inverted",
        found.map(({ raw }) => raw),
        expected.inverted,
        tolerance,
      ),
      ...compareAll(
        "projected",
        found.map(({ projected }) => projected),
        expected.simplex_projection_of_inverted,
        tolerance,
      ),
      ...compareAll(
        "least squares",
        found.map(({ leastSquares }) => leastSquares),
        expected.constrained_least_squares,
        tolerance,
      ),
    ];
  },
  adjusted_count_binary: ({ inputs: { p, tpr, fpr }, expected, tolerance = 0 }) =>
    compareAll("acc", adjustedCount(p, tpr, fpr), expected.acc, tolerance),
  prior_correction: ({ inputs, expected, tolerance = 0 }) => {
    const probabilities = (inputs.logits as number[][]).map((row) => {
      const powers = row.map(Math.exp);
      const sum = powers.reduce((total, x) => total + x, 0);
      return powers.map((x) => x / sum);
    });
    const best = (rows: readonly (readonly number[])[]) => rows.map((row) => row.indexOf(Math.max(...row)));
    const em = emPrior(probabilities, inputs.base_prior);
    const matching = priorMatching(probabilities, inputs.target_prior);
    const transport = transportToShares(probabilities, inputs.target_prior);
    return [
      ...compareAll("em_prior", em?.prior, expected.em_prior, tolerance),
      ...compareAll("em_posterior", em?.posterior, expected.em_posterior, tolerance),
      ...compareAll("matching weights", matching?.weights, expected.prior_matching_weights, tolerance),
      ...compareAll("matching pred", best(matching?.posterior ?? []), expected.prior_matching_pred, 0),
      ...compareAll(
        "matching mean",
        meanOf(matching?.posterior ?? []),
        expected.prior_matching_mean_posterior,
        tolerance,
      ),
      ...compareAll(
        "sinkhorn, gamma 0",
        sinkhornPosterior(probabilities),
        expected.inmap_sinkhorn_tau1_gamma0_iter20,
        tolerance,
      ),
      ...compareAll(
        "sinkhorn, gamma 0.5",
        sinkhornPosterior(probabilities, { gamma: 0.5 }),
        expected["inmap_sinkhorn_tau1_gamma0.5_iter20"],
        tolerance,
      ),
      ...compareAll("argmax", best(probabilities), expected.argmax_uncorrected, 0),
      ...compareAll("transport's cost", transport.cost, expected.ot_objective, tolerance),
      ...compareAll("transport's categories", transport.categories, expected.ot_pred_target_prior, 0),
    ];
  },
  k_occurrence_skewness: ({ inputs, expected, expected_full_precision: full, tolerance = 0 }) => {
    const { condensed_distances: condensed, n, k } = inputs;
    const distances = Array.from({ length: n }, () => new Array<number>(n).fill(0));
    let at = 0;
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        (distances[i] as number[])[j] = condensed[at];
        (distances[j] as number[])[i] = condensed[at++];
      }
    }
    const counts = kOccurrence(
      distances.map((row) => row.map((x) => -x)),
      k,
      true,
    );
    return [
      ...compareAll("counts", counts, full.k_occurrence, 0),
      ...compareAll("skewness", kOccurrenceSkewness(counts), expected.skewness_biased, tolerance),
      ...compareAll("skewness, full", kOccurrenceSkewness(counts), full.skewness_biased, fullPrecision),
    ];
  },
  phrase_diagnostics: ({ inputs, expected, tolerance = 0 }) => {
    const found = phraseDiagnostics(
      inputs.image_embeddings,
      inputs.phrase_embeddings,
      inputs.phrase_category,
    );
    const names: readonly (readonly [string, keyof PhraseDiagnostics["aggregations"]])[] = [
      ["mean_embedding_renormalised", "mean-embedding"],
      ["mean_similarity", "mean-similarity"],
      ["max_similarity", "max-similarity"],
    ];
    return [
      ...compareAll("cosines", found.phraseCosines, expected.phrase_cosine_matrix, tolerance),
      ...compareAll("wins", found.wins, expected.top_phrase_usage, 0),
      ...compareAll("gap", found.modalityGap, expected.modality_gap_vector_norm, tolerance),
      ...names.flatMap(([theirs, ours]) => [
        ...compareAll(theirs, found.aggregations[ours].categories, expected.aggregation[theirs].pred, 0),
        ...compareAll(
          `${theirs}, changed`,
          found.aggregations[ours].changedWithout,
          expected.aggregation[theirs].loo_changed_share,
          tolerance,
        ),
      ]),
    ];
  },
  silhouette_precomputed: ({ inputs, expected, expected_full_precision: full, tolerance = 0 }) => {
    const labels: number[] = inputs.labels;
    const place = (i: number, j: number) => (i * (i - 1)) / 2 + j;
    const found = silhouette(
      labels.map((_, i) =>
        labels.map((__, j) => (i === j ? 0 : inputs.lower_triangle[place(Math.max(i, j), Math.min(i, j))])),
      ),
      labels,
    );
    return [
      ...compareAll("paper", found?.values, expected.per_sample_paper, tolerance),
      ...compareAll("paper's mean", found?.mean, expected.mean_paper, tolerance),
      ...compareAll("full", found?.values, full.per_sample, fullPrecision),
      ...compareAll("full mean", found?.mean, full.mean, fullPrecision),
    ];
  },
};
