import { seededRandom } from "../../seededRandom.ts";
import type { AgreementCoefficient } from "../../stats/agreementCoefficient.ts";
import { alphaBootstrap } from "../../stats/alphaBootstrap.ts";
import { alphaInterval } from "../../stats/alphaInterval.ts";
import { alphaPerCategory } from "../../stats/alphaPerCategory.ts";
import { alternativeAnnotatorTest } from "../../stats/alternativeAnnotatorTest.ts";
import { brennanPrediger } from "../../stats/brennanPrediger.ts";
import { cohenKappa } from "../../stats/cohenKappa.ts";
import { congerKappa } from "../../stats/congerKappa.ts";
import { crossTable } from "../../stats/crossTable.ts";
import { fleissKappa } from "../../stats/fleissKappa.ts";
import { gwetAc1 } from "../../stats/gwetAc1.ts";
import { type AlphaUndefinedReason, alphaUndefinedReason } from "../../stats/krippendorffAlpha.ts";
import { lightKappa } from "../../stats/lightKappa.ts";
import { median } from "../../stats/median.ts";
import type { Ratings } from "../../stats/pairableUnits.ts";
import { percentAgreement } from "../../stats/percentAgreement.ts";
import { specificAgreement } from "../../stats/specificAgreement.ts";
import { unitCounts } from "../../stats/unitCounts.ts";
import { estimated, notEstimable } from "../../validation/estimate.ts";
import type { Estimate, Reliability } from "../../validation/evaluation.ts";
import type { DesignSpec } from "../../validation/sampleSpec.ts";
import type { CodedSample } from "./codedSample.ts";
import { countSources } from "./countSources.ts";
import { modelName, ordinalOf } from "./ordinalOf.ts";

/** What a skilled coder may be better by (Calderon, Reichart and Dror 2025, who advise .2 for experts and .1 for crowds). */
const epsilonOfSkilledCoders = 0.15;

/** Coders that the alternative annotator test wants at least. */
const fewestCoders = 3;

const reasons: Readonly<Record<AlphaUndefinedReason, string>> = {
  "no-pairable-unit": "no image was given a category by two coders",
  "no-variation": "all codes are the same category, so that chance agreement cannot be told from agreement",
  "opposite-values": "codes of opposite sign have no ratio",
};

/** What unweighted coefficients are about, by how the sample was drawn. */
const describedBy: Readonly<Record<DesignSpec["kind"], string>> = {
  simple: "these images, a random part of those that could be drawn",
  stratified: "these images, among which rare categories are more frequent than in the collection",
  uncertainty:
    "these images, among which those that the model is unsure of are more frequent than in the collection",
};

/**
 * How far the coders agree, and the model with them. Unsure and uncodable count as missing.
 * @param isOrdinal whether the categories are grades in the codebook's order
 */
export function reliabilityOf(
  coded: CodedSample,
  { isOrdinal = false }: { readonly isOrdinal?: boolean | undefined } = {},
): Reliability {
  const { coders, images, run, drawnFrom, sample, codings } = coded;
  // What coders say of each other must not depend on the run that is evaluated: its codebook may be another one.
  const names = drawnFrom.codebook.categories.map(({ name }) => name);
  const indices = new Map(names.map((name, index) => [name, index]));
  const ratings: Ratings = images.map(({ codes }) =>
    coders.map((coder) => {
      const own = codes.find((code) => code.coder === coder);
      return own?.value === undefined ? undefined : indices.get(own.value);
    }),
  );
  const counts = unitCounts(ratings, names.length);
  const bootstrap = alphaBootstrap(ratings, { random: seededRandom(sample.seed) });
  const evaluated = run.codebook.categories.map(({ name }) => name);
  const allNames = [...new Set([...names, ...evaluated])];
  const predicted = images.map(({ prediction }) =>
    prediction === undefined ? undefined : allNames.indexOf(evaluated[prediction.category] as string),
  );
  const specific = specificAgreement(counts);
  return {
    coders: coders.map((name) => {
      const own = codings.filter(({ coder }) => coder === name);
      return {
        name,
        coded: own.length,
        sources: countSources(own),
        medianSeconds: median(own.flatMap(({ seconds }) => seconds ?? [])),
      };
    }),
    units: ratings.filter((row) => row.filter((value) => value !== undefined).length > 1).length,
    describes: describedBy[sample.design.spec.kind],
    alpha: alphaEstimate(ratings),
    bootstrap:
      bootstrap?.interval === undefined ||
      bootstrap.probabilityBelow667 === undefined ||
      bootstrap.probabilityBelow800 === undefined
        ? undefined
        : {
            interval: bootstrap.interval,
            replicates: bootstrap.replicates,
            belowTwoThirds: bootstrap.probabilityBelow667,
            belowEighty: bootstrap.probabilityBelow800,
          },
    coefficients: coefficientsOf(ratings, names.length),
    perCategory: alphaPerCategory(ratings, names.length).map(({ category, alpha, reason, units }) => ({
      name: names[category] as string,
      units,
      agreement: specific[category]?.agreement,
      alpha:
        alpha === undefined
          ? notEstimable(units === 0 ? "no coder gave it" : reasons[reason ?? "no-variation"])
          : estimated(alpha.alpha, {
              standardError: alpha.standardError,
              interval: alpha.interval,
              method: "linearised, Student's t",
            }),
    })),
    pairs: pairsOf(ratings, predicted, coders, allNames.length),
    ordinal: isOrdinal ? ordinalOf(ratings, predicted, coders, drawnFrom.codebook.categories) : undefined,
    alternativeAnnotator: alternativeAnnotator(ratings, predicted),
  };
}

function alphaEstimate(ratings: Ratings): Estimate {
  const found = alphaInterval(ratings);
  if (found === undefined) return notEstimable(reasons[alphaUndefinedReason(ratings) ?? "no-pairable-unit"]);
  const { alpha, standardError, interval } = found;
  return estimated(alpha, { standardError, interval, method: "linearised over images, Student's t" });
}

function coefficientsOf(ratings: Ratings, categories: number): Reliability["coefficients"] {
  const counts = unitCounts(ratings, categories);
  const agreement = percentAgreement(counts);
  return [
    {
      name: "Percent agreement",
      estimate: agreement
        ? estimated(agreement.agreement, {
            standardError: agreement.standardError,
            interval: agreement.interval,
            method: "over images, Student's t",
          })
        : notEstimable(reasons["no-pairable-unit"]),
    },
    { name: "Fleiss' kappa", estimate: coefficientEstimate(fleissKappa(counts)) },
    { name: "Conger's kappa", estimate: coefficientEstimate(congerKappa(ratings, categories)) },
    { name: "Light's kappa", estimate: lightEstimate(ratings, categories) },
    { name: `Gwet's AC1 (${categories} categories)`, estimate: coefficientEstimate(gwetAc1(counts)) },
    {
      name: `Brennan and Prediger (${categories} categories)`,
      estimate: coefficientEstimate(brennanPrediger(counts)),
    },
  ];
}

/** The mean of kappas of the same coders has no simple standard error. */
function lightEstimate(ratings: Ratings, categories: number): Estimate {
  const { kappa } = lightKappa(ratings, categories);
  return kappa === undefined
    ? notEstimable("the kappa of two of the coders is not defined, or there are no two")
    : estimated(kappa, { method: "mean over pairs of coders", why: "no interval is computed for it" });
}

function coefficientEstimate(found: AgreementCoefficient | undefined): Estimate {
  if (found === undefined)
    return notEstimable("no image has two codes, or chance would give the same agreement");
  const { coefficient, standardError, interval } = found;
  return estimated(coefficient, { standardError, interval, method: "over images, Student's t" });
}

/** One coder's, or the model's, categories by image. */
interface NamedCodes {
  readonly name: string;
  readonly codes: readonly (number | undefined)[];
}

function pairsOf(
  ratings: Ratings,
  predicted: readonly (number | undefined)[],
  coders: readonly string[],
  categories: number,
): Reliability["pairs"] {
  const columns: readonly NamedCodes[] = coders.map((name, coder) => ({
    name,
    codes: ratings.map((row) => row[coder]),
  }));
  const pairOf = (a: NamedCodes, b: NamedCodes, isModel: boolean) => {
    const table = crossTable(a.codes, b.codes, categories);
    const units = table.flat().reduce((sum, count) => sum + count, 0);
    const kappa = cohenKappa(table);
    return {
      a: a.name,
      b: b.name,
      isModel,
      units,
      kappa: kappa
        ? estimated(kappa.kappa, {
            standardError: kappa.standardError,
            interval: kappa.interval,
            method: "asymptotic, normal",
          })
        : notEstimable(
            units === 0 ? "no image was coded by both" : "both gave one and the same category only",
          ),
    };
  };
  const model = { name: modelName, codes: predicted };
  return [
    ...columns.flatMap((a, i) => columns.slice(i + 1).map((b) => pairOf(a, b, false))),
    ...columns.map((a) => pairOf(a, model, true)),
  ];
}

function alternativeAnnotator(
  ratings: Ratings,
  predicted: readonly (number | undefined)[],
): Reliability["alternativeAnnotator"] {
  const coders = ratings[0]?.length ?? 0;
  if (coders < fewestCoders)
    return { why: `it needs at least ${fewestCoders} coders, and there are ${coders}` };
  const test = alternativeAnnotatorTest(ratings, predicted, { epsilon: epsilonOfSkilledCoders });
  if (
    test?.winningRate === undefined ||
    test.advantageProbability === undefined ||
    test.isPassed === undefined
  )
    return { why: "too few images were coded by several coders" };
  const { winningRate, advantageProbability, isPassed: passes, epsilon } = test;
  return { winningRate, advantageProbability, passes, epsilon };
}
