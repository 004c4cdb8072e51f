/** What is expected of a population's strata. */
export interface ExpectedStrata {
  /** Each stratum's share of the population; they sum to 1. [H] */
  readonly weights: readonly number[];
  /** The expected share with the property in each, 0..1. [H] */
  readonly shares: readonly number[];
}

/**
 * How many units a stratified sample needs for the standard error of a share, best allocated and not yet rounded up: `(sum W_h S_h /
 * SE)^2` (Cochran 1977, "Sampling Techniques", 3rd ed., section 5.9, without the finite population correction; Olofsson et al. 2014, eq.
 * 13).
 *
 * @throws RangeError for a standard error that is not positive
 */
export function sampleSizeStratified(strata: ExpectedStrata, standardError: number): number {
  if (!(standardError > 0)) throw new RangeError(`a standard error of ${standardError}`);
  return (spreadsOf(strata).reduce((sum, spread) => sum + spread, 0) / standardError) ** 2;
}

/** The total in proportion to `W_h S_h`, which makes the variance smallest (Neyman 1934); not rounded. [H] */
export function neymanAllocation(strata: ExpectedStrata, total: number): readonly number[] {
  return inProportion(spreadsOf(strata), total);
}

/** The total in proportion to the strata's sizes; not rounded. [H] */
export function proportionalAllocation(strata: ExpectedStrata, total: number): readonly number[] {
  return inProportion(strata.weights, total);
}

function spreadsOf({ weights, shares }: ExpectedStrata): readonly number[] {
  return weights.map((weight, stratum) => {
    const share = shares[stratum] as number;
    return weight * Math.sqrt(share * (1 - share));
  });
}

function inProportion(parts: readonly number[], total: number): readonly number[] {
  const sum = parts.reduce((all, part) => all + part, 0);
  if (!(sum > 0)) throw new RangeError("an allocation to strata without spread or size");
  return parts.map((part) => (total * part) / sum);
}
