import { meanOf, reweighted } from "./emPrior.ts";

/** The answer of `priorMatching`. */
export interface PriorMatching {
  /** One per category, with the sum 1. `[K]` */
  readonly weights: readonly number[];
  /** `[n, K]` */
  readonly posterior: readonly (readonly number[])[];
}

const mostRounds = 100_000;

/**
 * Weights per category with which the probabilities' mean becomes given shares (prior matching: Liusie, Manakul and Gales 2023,
 * "Mitigating word bias in zero-shot prompt-based classifiers"), by iterative proportional fitting. A diagnosis of how far the
 * probabilities are from an expectation, never a default: the answer has that expectation built in.
 *
 * @param target shares above 0 with the sum 1. `[K]`
 * @returns undefined where it does not settle
 * @throws RangeError for no rows, rows of another length, or a target that is not positive
 */
export function priorMatching(
  probabilities: readonly (readonly number[])[],
  target: readonly number[],
): PriorMatching | undefined {
  if (probabilities.length === 0 || probabilities.some((row) => row.length !== target.length))
    throw new RangeError(`rows of ${target.length} probabilities are needed`);
  if (!target.every((share) => share > 0)) throw new RangeError("target shares are positive");
  let weights: readonly number[] = target.map(() => 1 / target.length);
  for (let round = 0; round < mostRounds; round++) {
    const posterior = reweighted(probabilities, weights);
    const means = meanOf(posterior);
    const distance = Math.max(...means.map((mean, k) => Math.abs(mean - (target[k] as number))));
    if (distance < 1e-12) return { weights, posterior };
    const scaled = weights.map((weight, k) => (weight * (target[k] as number)) / (means[k] as number));
    const sum = scaled.reduce((total, weight) => total + weight, 0);
    weights = scaled.map((weight) => weight / sum);
  }
  return undefined;
}
