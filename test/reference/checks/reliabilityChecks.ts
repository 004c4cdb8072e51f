import type { AlphaMetric } from "../../../src/stats/alphaDistances.ts";
import { alphaInterval } from "../../../src/stats/alphaInterval.ts";
import { alphaJackknife } from "../../../src/stats/alphaJackknife.ts";
import { alphaPerCategory } from "../../../src/stats/alphaPerCategory.ts";
import { alternativeAnnotatorTest } from "../../../src/stats/alternativeAnnotatorTest.ts";
import { brennanPrediger } from "../../../src/stats/brennanPrediger.ts";
import { cohenKappa, cohenKappaTest } from "../../../src/stats/cohenKappa.ts";
import { fleissKappa, fleissKappaPerCategory } from "../../../src/stats/fleissKappa.ts";
import { gwetAc1 } from "../../../src/stats/gwetAc1.ts";
import { krippendorffAlpha } from "../../../src/stats/krippendorffAlpha.ts";
import { lightKappa } from "../../../src/stats/lightKappa.ts";
import { percentAgreement } from "../../../src/stats/percentAgreement.ts";
import { sampleSizeKappa } from "../../../src/stats/sampleSizeKappa.ts";
import { unitCounts } from "../../../src/stats/unitCounts.ts";
import type { Comparison, ReferenceVector, VectorCheck } from "../referenceVector.ts";
import { codedOf, ratingsOfTable, tableOf } from "./codedInputs.ts";
import { asForTables, coefficientsOf, compareCoefficients } from "./coefficientsOf.ts";
import { comparer } from "./comparer.ts";

type Expected = Readonly<Record<string, number | null>>;

function checkAlpha(vector: ReferenceVector, find: (id: string) => ReferenceVector): readonly Comparison[] {
  if (vector.kind === "trap") return checkIrrTrap(vector, find);
  const { values: ratings } = codedOf(vector.inputs);
  const compare = comparer(vector.tolerance);
  for (const [metric, value] of Object.entries(vector.expected as Expected))
    compare.add(metric, krippendorffAlpha(ratings, metric as AlphaMetric)?.alpha, value);
  for (const [metric, value] of Object.entries((vector.expected_full_precision ?? {}) as Expected))
    compare.add(`full ${metric}`, krippendorffAlpha(ratings, metric as AlphaMetric)?.alpha, value, 1e-9);
  const nominal = krippendorffAlpha(ratings);
  if (vector.n_pairable !== undefined)
    compare.add("pairable ratings", nominal?.pairableRatings, vector.n_pairable, 0);
  for (const [row, expected] of ((vector.coincidence_matrix ?? []) as number[][]).entries())
    for (const [column, value] of expected.entries())
      compare.add(`coincidences ${row} ${column}`, nominal?.coincidences[row]?.[column], value, 1e-9);
  return compare.all;
}

/** Values that R's irr gives for complete data are wrong. */
function checkIrrTrap(vector: ReferenceVector, find: (id: string) => ReferenceVector) {
  const compare = comparer(1e-8);
  for (const [id, wrong] of Object.entries(vector.expected.irr_value as Expected)) {
    const alpha = krippendorffAlpha(codedOf(find(id).inputs).ratings)?.alpha;
    compare.add(`${id} as irr`, alpha, wrong, 1e-4, true);
    compare.add(id, alpha, vector.expected.correct_value[id]);
  }
  return compare.all;
}

/** Percent agreement and Cohen's kappa of the source's own table have two or three digits: full precision counts. */
function checkBundle(vector: ReferenceVector): readonly Comparison[] {
  const { ratings, categories } = codedOf(vector.inputs);
  const counts = unitCounts(ratings, categories);
  const agreement = percentAgreement(counts)?.agreement;
  const alpha = krippendorffAlpha(ratings)?.alpha;
  const kappa = lightKappa(ratings, categories).kappa;
  const fleiss = fleissKappa(counts)?.coefficient;
  const compare = comparer(vector.tolerance);
  const { expected, expected_full_precision: full } = vector;
  compare.add("alpha", alpha, expected.krippendorff_alpha_hayes);
  compare.add("agreement", agreement, expected.percent_agreement ?? expected.mean_pairwise_agreement);
  compare.add("fleiss", fleiss, expected.scott_pi ?? expected.fleiss_kappa);
  if ("cohen_kappa_2digits_in_source" in expected)
    compare.add("cohen", kappa, expected.cohen_kappa_2digits_in_source, 0.005);
  else compare.add("light", kappa, expected.mean_pairwise_cohen_kappa);
  compare.add("full alpha", alpha, full.krippendorff_alpha, 1e-9);
  compare.add("full fleiss", fleiss, full.fleiss_kappa, 1e-9);
  compare.add("full cohen or light", kappa, full.mean_pairwise_cohen_kappa, 1e-9);
  compare.add("full agreement", agreement, full.mean_pairwise_agreement, 1e-9);
  return compare.all;
}

function checkFleiss(vector: ReferenceVector): readonly Comparison[] {
  const compare = comparer(vector.tolerance);
  if (vector.inputs.counts !== undefined) {
    const kappa = fleissKappa(vector.inputs.counts)?.coefficient;
    compare.add("kappa", kappa, vector.expected.kappa);
    compare.add("full kappa", kappa, vector.expected_full_precision.kappa, 1e-9);
    return compare.all;
  }
  const { ratings, categories } = codedOf(vector.inputs);
  const counts = unitCounts(ratings, categories);
  compare.add("kappa", fleissKappa(counts)?.coefficient, vector.expected.kappa);
  const perCategory = fleissKappaPerCategory(counts);
  for (const [category, value] of Object.entries(vector.expected.category_kappa as Expected))
    compare.add(
      `kappa of ${category}`,
      perCategory[Number(category) - 1]?.coefficient,
      value,
      vector.category_tolerance,
    );
  const {
    krippendorff_alpha_fastkripp: alpha,
    light_mean_pairwise_cohen_irr: light,
    conger_exact_irr: conger,
    ...coefficients
  } = vector.expected_full_precision;
  const ours = coefficientsOf(ratings, categories);
  const full = comparer(1e-9);
  compareCoefficients(full, ours, coefficients);
  compare.add("alpha", ours.krippendorff?.coef, alpha, 1e-9);
  compare.add("conger", ours.conger?.coef, conger, 1e-9);
  compare.add("light", lightKappa(ratings, categories).kappa, light, 1e-9);
  return [...compare.all, ...full.all];
}

function checkRandolph(vector: ReferenceVector): readonly Comparison[] {
  const { counts } = vector.inputs;
  const compare = comparer(vector.tolerance);
  compare.add("fleiss", fleissKappa(counts)?.coefficient, vector.expected.fleiss_fixed_marginal);
  compare.add("randolph", brennanPrediger(counts)?.coefficient, vector.expected.randolph_free_marginal);
  return compare.all;
}

function checkCohen(vector: ReferenceVector, find: (id: string) => ReferenceVector): readonly Comparison[] {
  const { inputs, expected, expected_full_precision: full } = vector;
  const compare = comparer(vector.tolerance ?? 1e-9);
  if (vector.kind === "trap") {
    const interval = cohenKappa(find(inputs.ref).inputs.table)?.interval;
    compare.addInterval("interval under no agreement", interval, expected.wrong_ci, 0.006, true);
    compare.addInterval("interval", interval, expected.ase_ci, 0.0006);
    return compare.all;
  }
  const table = tableOf(inputs);
  const kappa = cohenKappa(table, inputs.weights === undefined ? {} : { weights: inputs.weights });
  const test = cohenKappaTest(table, inputs.weights === undefined ? {} : { weights: inputs.weights });
  compare.add("kappa", kappa?.kappa, expected.kappa);
  compare.addIfAny("ase", kappa?.standardError, expected.ase);
  compare.addIfAny("h0 ase", test?.nullStandardError, expected.ase_h0);
  compare.addIfAny("z", test?.z, expected.z);
  compare.addIfAny("p", test?.pValue, expected.p_two_sided);
  if (expected.ci95 !== undefined) compare.addInterval("interval", kappa?.interval, expected.ci95);
  if (expected.pabak !== undefined)
    compare.add(
      "pabak",
      brennanPrediger(unitCounts(ratingsOfTable(table), table.length))?.coefficient,
      expected.pabak,
    );
  if (expected.weighted_kappa !== undefined) {
    // Disagreement of 6 is the largest: none of the agreement is left.
    const weights = (inputs.disagreement_weights as number[][]).map((row) =>
      row.map((value) => 1 - value / 6),
    );
    compare.add("weighted", cohenKappa(table, { weights })?.kappa, expected.weighted_kappa);
  }
  compare.addIfAny("full kappa", kappa?.kappa, full?.kappa, 1e-9);
  compare.addIfAny("full ase", kappa?.standardError, full?.ase, 1e-9);
  compare.addIfAny("full z", test?.z, full?.z, 1e-9);
  if (full?.ci95_from_ase !== undefined)
    compare.addInterval("full interval", kappa?.interval, full.ci95_from_ase, 1e-9);
  return compare.all;
}

function checkWeightedCohen(vector: ReferenceVector, find: (id: string) => ReferenceVector) {
  if (vector.expected.kappa !== undefined) return checkCohen(vector, find);
  const table = tableOf(vector.inputs);
  const compare = comparer(vector.tolerance);
  for (const weights of ["unweighted", "linear", "quadratic"] as const)
    compare.add(weights, cohenKappa(table, { weights })?.kappa, vector.expected[weights]);
  compare.addIfAny("z", cohenKappaTest(table)?.z, vector.expected.z_h0);
  return compare.all;
}

function checkCoefficients(vector: ReferenceVector): readonly Comparison[] {
  const { inputs, expected, tolerance } = vector;
  const { ratings, categories } =
    inputs.table !== undefined
      ? { ratings: ratingsOfTable(inputs.table), categories: inputs.table.length }
      : codedOf(inputs);
  const compare = comparer(tolerance);
  const { krippendorff, pa, ...rest } = expected;
  const raw = coefficientsOf(ratings, categories);
  const ours = inputs.table === undefined ? raw : asForTables(raw, ratings.length);
  const options = vector.ci_tolerance === undefined ? {} : { intervalTolerance: vector.ci_tolerance };
  compareCoefficients(compare, ours, rest, options);
  compare.addIfAny("agreement", ours.percent?.coef, pa);
  if (krippendorff === undefined) return compare.all;
  // The dist function's standard error is another one than that of the raw ratings, which counts.
  const {
    se_R_vignette_dist_function: _se,
    ci_R_vignette: _ci,
    se_raw_ratings_formula: se,
    ...own
  } = krippendorff;
  compareCoefficients(compare, ours, { krippendorff: own }, options);
  compare.addIfAny("krippendorff se of raw ratings", ours.krippendorff?.se, se);
  return compare.all;
}

function checkAc1(vector: ReferenceVector, find: (id: string) => ReferenceVector): readonly Comparison[] {
  const { inputs, expected } = vector;
  if (vector.kind === "trap") {
    const { ratings, categories } = codedOf(find(inputs.ref).inputs);
    const counts = unitCounts(ratings, categories);
    const compare = comparer(6e-6);
    for (const [name, coefficient] of [
      ["gwet_ac1", gwetAc1],
      ["brennan_prediger", brennanPrediger],
    ] as const) {
      const value = coefficient(counts)?.coefficient;
      compare.add(`${name} with missing as a category`, value, expected[`wrong_${name}`], 1e-3, true);
      compare.add(name, value, expected[`correct_${name}`]);
    }
    return compare.all;
  }
  const { ratings } = codedOf(inputs);
  const compare = comparer(vector.tolerance);
  for (const [name, categories] of [
    ["categories_observed_only_q2", 2],
    ["categories_codebook_q4", 4],
  ] as const) {
    compareCoefficients(compare, coefficientsOf(ratings, categories), expected[name]);
    compare.add("categories", gwetAc1(unitCounts(ratings, categories))?.categories, categories, 0);
  }
  return compare.all;
}

function checkPerCategory(vector: ReferenceVector, find: (id: string) => ReferenceVector) {
  const { ratings, categories } = codedOf(find(vector.inputs.ref).inputs);
  const compare = comparer(vector.tolerance);
  for (const { category, alpha } of alphaPerCategory(ratings, categories))
    compare.add(`category ${category}`, alpha?.alpha, vector.expected[`c${category}`]);
  return compare.all;
}

function checkJackknife(vector: ReferenceVector, find: (id: string) => ReferenceVector) {
  // The unit that the reference leaves aside has one rating, and no part in alpha.
  const { ratings } = codedOf(find((vector.inputs.ref as string).split(" ")[0] as string).inputs);
  const compare = comparer(vector.tolerance);
  compare.add("alpha", alphaInterval(ratings)?.alpha, vector.expected.alpha);
  compare.add("jackknife", alphaJackknife(ratings), vector.expected.jackknife_se);
  return compare.all;
}

function checkAltTest({ inputs, expected, tolerance }: ReferenceVector): readonly Comparison[] {
  const units = (inputs.model as number[]).map((_, unit) =>
    (inputs.humans as number[][]).map((labels) => labels[unit]),
  );
  const ours = alternativeAnnotatorTest(units, inputs.model, { epsilon: inputs.epsilon, q: inputs.q });
  const compare = comparer(tolerance);
  compare.add("winning rate", ours?.winningRate, expected.winning_rate);
  compare.add("advantage", ours?.advantageProbability, expected.advantage_probability);
  for (const [coder, pValue] of (expected.p_values as number[]).entries()) {
    compare.add(`p of ${coder}`, ours?.coders[coder]?.pValue, pValue);
    compare.add(
      `advantage over ${coder}`,
      ours?.coders[coder]?.modelAdvantage,
      expected.advantage_per_coder[coder],
    );
  }
  return compare.all;
}

function checkBrennanPrediger({ inputs, expected }: ReferenceVector, find: (id: string) => ReferenceVector) {
  const { ratings, categories } = codedOf(find(inputs.ref).inputs);
  const pValue = brennanPrediger(unitCounts(ratings, categories))?.pValue;
  const compare = comparer(1e-9);
  compare.add("one-sided p", pValue, expected.python_p, 1e-5, true);
  compare.add("p", pValue, expected.R_p_two_sided);
  return compare.all;
}

function checkSampleSize({ inputs, expected, tolerance }: ReferenceVector): readonly Comparison[] {
  const compare = comparer(tolerance);
  // biome-ignore lint/suspicious/noExplicitAny: the cases of the vector, which the check knows
  for (const [index, one] of (inputs.cases as any[]).entries())
    compare.add(
      `case ${index}`,
      sampleSizeKappa({
        firstRate: one.rate1,
        secondRate: one.rate2,
        kappa: one.k1,
        nullKappa: one.k0,
        alpha: one.alpha,
        power: one.power,
        isTwoSided: one.two_sided,
      }),
      expected.n[index],
    );
  return compare.all;
}

/** Checks of the agreement between coders. */
export const reliabilityChecks: Readonly<Record<string, VectorCheck>> = {
  krippendorff_alpha: checkAlpha,
  intercoder_reliability_bundle: checkBundle,
  fleiss_kappa: checkFleiss,
  "fleiss_kappa+randolph_kappa": checkRandolph,
  cohen_kappa: checkCohen,
  cohen_kappa_weighted: checkWeightedCohen,
  agreement_2raters_bundle: checkCoefficients,
  agreement_multirater_bundle: checkCoefficients,
  krippendorff_alpha_per_category: checkPerCategory,
  gwet_ac1: checkAc1,
  krippendorff_alpha_se_jackknife: checkJackknife,
  alt_test: checkAltTest,
  brennan_prediger: checkBrennanPrediger,
  sample_size_kappa: checkSampleSize,
};
