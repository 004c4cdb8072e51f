/** What of a stratum says how far a prior count in it moves an estimate. */
export interface PriorStratum {
  readonly size: number;
  /** Units in the sample; a fraction where weights differ. */
  readonly drawn: number;
}

/**
 * How a single prior count is spread over strata: in proportion to what a stratum adds to the variance of a total, `N (N - n) / n`, or
 * `N^2 / n` for a population that is not finite. The whole of it thus stands where an unseen unit would weigh most, and it is one count
 * however many strata there are: with one in every stratum, many strata would outvote the data. Shares that add up to 1, or 0 each where every
 * stratum was drawn whole. Strata without a unit get none. `[strata]`
 */
export function spreadPrior(strata: readonly PriorStratum[], isFinitePopulation: boolean): readonly number[] {
  const parts = strata.map(({ size, drawn }) =>
    drawn === 0 ? 0 : (size * (isFinitePopulation ? size - drawn : size)) / drawn,
  );
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => (total === 0 ? 0 : part / total));
}
