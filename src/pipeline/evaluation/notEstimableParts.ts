import type { Estimate, Evaluation } from "../../validation/evaluation.ts";

/** Every figure of a report that has no value, with the reason, in the report's order. */
export function notEstimableParts({
  categories,
  reliability,
  quality,
  calibration,
  coverage,
  shares,
  groups,
  abstention,
}: Pick<
  Evaluation,
  "categories" | "coverage" | "reliability" | "quality" | "calibration" | "shares" | "groups" | "abstention"
>): Evaluation["notEstimable"] {
  const missing = (what: string, { value, interval, why = "too few images" }: Estimate) => {
    if (value === undefined) return [{ what, why }];
    return interval === undefined ? [{ what: `The interval of ${what}`, why }] : [];
  };
  const of = (category: number) => `"${categories[category]}"`;
  return [
    ...missing("Krippendorff's alpha", reliability.alpha),
    ...reliability.coefficients.flatMap(({ name, estimate }) => missing(name, estimate)),
    ...reliability.perCategory.flatMap(({ name, alpha }) =>
      missing(`Krippendorff's alpha of "${name}"`, alpha),
    ),
    ...reliability.pairs.flatMap(({ a, b, kappa }) => missing(`Kappa of ${a} and ${b}`, kappa)),
    ...(reliability.ordinal ? missing("Krippendorff's ordinal alpha", reliability.ordinal.alpha) : []),
    ...(reliability.ordinal?.pairs ?? []).flatMap(({ a, b, linear, quadratic }) => [
      ...missing(`Linearly weighted kappa of ${a} and ${b}`, linear),
      ...missing(`Quadratically weighted kappa of ${a} and ${b}`, quadratic),
    ]),
    ...("why" in reliability.alternativeAnnotator
      ? [{ what: "The alternative annotator test", why: reliability.alternativeAnnotator.why }]
      : []),
    ...missing("Accuracy", quality.accuracy),
    ...missing("Balanced accuracy", quality.balancedAccuracy),
    ...missing("Macro-F1", quality.macroF1),
    ...missing("Cohen's kappa of model and truth", quality.kappa),
    ...missing("Matthews' correlation", quality.matthews),
    ...quality.topK.flatMap(({ k, estimate }) => missing(`The true category among the ${k} best`, estimate)),
    ...quality.perCategory.flatMap(({ category, precision, recall, f1 }) => [
      ...missing(`Precision of ${of(category)}`, precision),
      ...missing(`Recall of ${of(category)}`, recall),
      ...missing(`F1 of ${of(category)}`, f1),
    ]),
    ...(calibration.why === undefined ? [] : [{ what: "Calibration", why: calibration.why }]),
    ...calibration.notEstimable,
    ...(coverage.uncovered.length === 0
      ? []
      : [
          {
            what: `All figures of ${coverage.size - coverage.coveredSize} of ${coverage.size} images`,
            why: `no image of ${coverage.uncovered.map(({ label }) => `"${label}"`).join(", ")} has a true category`,
          },
        ]),
    ...shares.flatMap(({ category, corrected }) => missing(`Corrected share of ${of(category)}`, corrected)),
    ...abstention.targets.flatMap(({ target, threshold, precision }) =>
      threshold === undefined
        ? [{ what: `A threshold for ${percent(target)} precision`, why: precision.why ?? "too few images" }]
        : missing(`The precision of the threshold for ${percent(target)}`, precision),
    ),
    ...groups.flatMap(({ column, groups: values }) => {
      const unknown = values.filter(({ error }) => error.interval === undefined);
      return unknown.length === 0
        ? []
        : [
            {
              what: `Shares of errors of ${unknown.length} of ${values.length} groups of ${column}`,
              why: "none of their images is coded, or too few are",
            },
          ];
    }),
    ...groups.flatMap(({ column, groups: values }) => {
      const without = values.filter(({ shares: own }) => own.some(({ corrected }) => !corrected.interval));
      return without.length === 0
        ? []
        : [
            {
              what: `Intervals of the shares of ${without.length} of ${values.length} groups of ${column}`,
              why: "too few of their images are coded, or none of these has an error",
            },
          ];
    }),
  ];
}

/** Without the last digits of a product of floating-point numbers. */
function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))}%`;
}
