import type { Estimate, Reliability } from "../../src/validation/evaluation.ts";

const names = ["Anna", "Béla", "Chiara", "Dóra"];

/** Agreement of some coders, plausible and the same each time; with one coder nothing can be estimated. */
export function someReliability(categories: readonly string[], images: number, coders: number): Reliability {
  const isAlone = coders < 2;
  const why = "there is only one coder";
  const of = (value: number, half: number, method: string): Estimate =>
    isAlone
      ? { value: undefined, standardError: undefined, interval: undefined, method: undefined, why }
      : {
          value,
          standardError: half / 2,
          interval: { low: value - half, high: Math.min(1, value + half) },
          method,
          why: undefined,
        };
  const own = names.slice(0, coders);
  const pairs = own.flatMap((a, index) =>
    own.slice(index + 1).map((b, at) => ({
      a,
      b,
      isModel: false,
      units: images - 8,
      kappa: of(0.79 + at * 0.03, 0.05, "asymptotic"),
    })),
  );
  return {
    coders: own.map((name, index) => ({
      name,
      coded: images - index,
      sources: { screen: images - index, offline: 0, csv: 0, "label-studio": 0 },
      medianSeconds: index === 1 ? undefined : 5.5 + index,
    })),
    units: isAlone ? 0 : Math.max(0, images - 8),
    describes: "the sample as drawn",
    alpha: of(0.812, 0.035, "linearised, t"),
    bootstrap: isAlone
      ? undefined
      : { interval: { low: 0.776, high: 0.846 }, replicates: 2000, belowTwoThirds: 0, belowEighty: 0.259 },
    coefficients: [
      { name: "Percent agreement", estimate: of(0.855, 0.03, "linearised, t") },
      { name: "Fleiss’ kappa", estimate: of(0.811, 0.035, "linearised, t") },
      { name: "Gwet’s AC1", estimate: of(0.826, 0.033, "linearised, t") },
    ],
    perCategory: categories.map((name, category) => ({
      name,
      units: 64 - category,
      agreement: isAlone ? undefined : 0.97 - (category / categories.length) * 0.1,
      alpha:
        category === 3 && !isAlone
          ? {
              ...of(0, 0, ""),
              value: undefined,
              standardError: undefined,
              interval: undefined,
              method: undefined,
              why: "nobody used it",
            }
          : of(0.88 - (category / categories.length) * 0.3, 0.06, "linearised, t"),
    })),
    pairs: isAlone
      ? []
      : [
          ...pairs,
          ...own.map((b, index) => ({
            a: "the model",
            b,
            isModel: true,
            units: images - 6,
            kappa: of(0.71 - index * 0.02, 0.05, "asymptotic"),
          })),
        ],
    alternativeAnnotator: isAlone
      ? { why: "it needs at least three coders" }
      : { winningRate: 0.33, advantageProbability: 0.81, passes: false, epsilon: 0.1 },
  };
}
