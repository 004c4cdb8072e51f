import type { Category } from "../../codebook/codebook.ts";
import { alphaInterval } from "../../stats/alphaInterval.ts";
import { cohenKappa } from "../../stats/cohenKappa.ts";
import { crossTable } from "../../stats/crossTable.ts";
import type { Ratings } from "../../stats/pairableUnits.ts";
import { estimated, notEstimable } from "../../validation/estimate.ts";
import type { Estimate, OrdinalReliability } from "../../validation/evaluation.ts";

/** The name of the model among the coders. */
export const modelName = "the model";

/**
 * Agreement on categories that are grades in the codebook's order: Krippendorff's ordinal alpha (Krippendorff 2011, section D), and
 * Cohen's kappa of every two with linear and quadratic weights (Cohen 1968). The residual category is no grade: its codes are missing.
 *
 * @param ratings the coders' categories `[n, coders]`
 * @param predicted the model's, which are missing where they are none of `categories` `[n]`
 */
export function ordinalOf(
  ratings: Ratings,
  predicted: readonly (number | undefined)[],
  coders: readonly string[],
  categories: readonly Pick<Category, "name" | "residual">[],
): OrdinalReliability {
  let grade = 0;
  const grades = categories.map(({ residual }) => (residual ? undefined : grade++));
  const gradeOf = (category: number | undefined) => (category === undefined ? undefined : grades[category]);
  const graded = ratings.map((row) => row.map(gradeOf));
  const columns = [
    ...coders.map((name, coder) => ({ name, isModel: false, codes: graded.map((row) => row[coder]) })),
    { name: modelName, isModel: true, codes: predicted.map(gradeOf) },
  ];
  const alpha = alphaInterval(graded, { metric: "ordinal" });
  return {
    leftOut: categories.flatMap(({ name, residual }) => (residual ? [name] : [])),
    alpha:
      alpha === undefined
        ? notEstimable("no image was given a grade by two coders, or all grades are the same")
        : estimated(alpha.alpha, {
            standardError: alpha.standardError,
            interval: alpha.interval,
            method: "linearised over images, Student's t",
          }),
    pairs: columns.flatMap((a, i) =>
      columns.slice(i + 1).map((b) => {
        const table = crossTable(a.codes, b.codes, grade);
        return {
          a: a.name,
          b: b.name,
          isModel: b.isModel,
          units: table.flat().reduce((sum, count) => sum + count, 0),
          linear: weightedKappa(table, "linear"),
          quadratic: weightedKappa(table, "quadratic"),
        };
      }),
    ),
  };
}

function weightedKappa(table: readonly (readonly number[])[], weights: "linear" | "quadratic"): Estimate {
  const found = cohenKappa(table, { weights });
  if (found === undefined)
    return notEstimable("no image was given a grade by both, or only one and the same");
  const { kappa, standardError, interval } = found;
  return estimated(kappa, { standardError, interval, method: "asymptotic, normal" });
}
