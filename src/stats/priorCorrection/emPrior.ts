/** The answer of `emPrior`. */
export interface EmPrior {
  /** `[K]` */
  readonly prior: readonly number[];
  /** Probabilities under that prior. `[n, K]` */
  readonly posterior: readonly (readonly number[])[];
}

const mostRounds = 10_000;

/**
 * The shares under which the probabilities' own mean stays the same, by expectation-maximisation (Saerens, Latinne and Decaestecker 2002,
 * "Adjusting the outputs of a classifier to new a priori probabilities", Neural Computation 14, equation 2.9). A diagnosis, never a default: it is
 * right only for calibrated probabilities, and a CLIP softmax is not calibrated.
 *
 * @param basePrior the shares that the probabilities were made under. `[K]`
 * @returns undefined where it does not settle within 10,000 rounds
 * @throws RangeError for no rows, rows of another length, or a base share that is not positive
 */
export function emPrior(
  probabilities: readonly (readonly number[])[],
  basePrior: readonly number[],
): EmPrior | undefined {
  if (probabilities.length === 0 || probabilities.some((row) => row.length !== basePrior.length))
    throw new RangeError(`rows of ${basePrior.length} probabilities are needed`);
  if (!basePrior.every((share) => share > 0)) throw new RangeError("shares before are positive");
  let prior = basePrior;
  for (let round = 0; round < mostRounds; round++) {
    const posterior = reweighted(
      probabilities,
      prior.map((share, k) => share / (basePrior[k] as number)),
    );
    const next = meanOf(posterior);
    const change = Math.max(...next.map((share, k) => Math.abs(share - (prior[k] as number))));
    prior = next;
    if (change < 1e-12) return { prior, posterior };
  }
  return undefined;
}

/** Probabilities times a weight per category, each row scaled to the sum 1. `[n, K], [K] -> [n, K]` */
export function reweighted(
  probabilities: readonly (readonly number[])[],
  weights: readonly number[],
): readonly (readonly number[])[] {
  return probabilities.map((row) => {
    const scaled = row.map((x, k) => x * (weights[k] as number));
    const sum = scaled.reduce((total, x) => total + x, 0);
    return scaled.map((x) => x / sum);
  });
}

/** The mean of the rows. `[n, K] -> [K]` */
export function meanOf(rows: readonly (readonly number[])[]): readonly number[] {
  return (rows[0] ?? []).map((_, k) => rows.reduce((sum, row) => sum + (row[k] as number), 0) / rows.length);
}
