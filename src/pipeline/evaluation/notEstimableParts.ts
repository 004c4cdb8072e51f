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
}: Pick<
  Evaluation,
  "categories" | "coverage" | "reliability" | "quality" | "calibration" | "shares" | "groups"
>): Evaluation["notEstimable"] {
  const missing = (what: string, { value, interval, why = "too few images" }: Estimate) => {
    if (value === undefined) return [{ what, why }];
    return interval === undefined ? [{ what: `The interval of ${what}`, why }] : [];
  };
  const of = (category: number) => `"${categories[category]}"`;
  return [
    ...missing("Krippendorff's alpha", reliability.alpha),
    ...reliability.coefficients.flatMap(({ name, estimate }) => missing(name, estimate)),
    ...reliability.perCategory.flatMap(({ category, alpha }) =>
      missing(`Krippendorff's alpha of ${of(category)}`, alpha),
    ),
    ...reliability.pairs.flatMap(({ a, b, kappa }) => missing(`Kappa of ${a} and ${b}`, kappa)),
    ...(reliability.ordinal ? missing("Krippendorff's ordinal alpha", reliability.ordinal.alpha) : []),
    ...("why" in reliability.alternativeAnnotator
      ? [{ what: "The alternative annotator test", why: reliability.alternativeAnnotator.why }]
      : []),
    ...missing("Accuracy", quality.accuracy),
    ...missing("Balanced accuracy", quality.balancedAccuracy),
    ...missing("Macro-F1", quality.macroF1),
    ...missing("Cohen's kappa of model and truth", quality.kappa),
    ...missing("Matthews' correlation", quality.matthews),
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
    ...groups.flatMap(({ column, groups: values }) => {
      const without = values.filter(({ shares: own }) => own.some(({ corrected }) => !corrected.interval));
      return without.length === 0
        ? []
        : [
            {
              what: `Intervals of ${without.length} of ${values.length} groups of ${column}`,
              why: "too few of their images are coded, or none of these has an error",
            },
          ];
    }),
  ];
}
