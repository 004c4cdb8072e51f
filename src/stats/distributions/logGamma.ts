const halfLogTwoPi = 0.9189385332046727;

/** The terms B_2k / (2k (2k - 1)) of Stirling's series (Abramowitz and Stegun 1964, 6.1.41). */
const series = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];

/**
 * The logarithm of the gamma function for x > 0, by Stirling's series, below 16 after shifting x upwards (Abramowitz and Stegun 1964,
 * 6.1.15 and 6.1.41). Near its zeros at 1 and 2 the absolute error counts, which stays below 1e-13.
 *
 * @throws RangeError for an x that is not positive
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`log gamma of ${x}`);
  let product = 1;
  let shifted = x;
  while (shifted < 16) {
    product *= shifted;
    shifted += 1;
  }
  const ofShifted = (shifted - 0.5) * Math.log(shifted) - shifted + halfLogTwoPi + seriesAt(shifted);
  return ofShifted - Math.log(product);
}

/**
 * What Stirling's formula leaves out: `log Gamma(x + 1) - (x + 1/2) log x + x - log(2 pi) / 2` for x > 0, without the cancellation that
 * the difference has for a large x (Loader 2000, "Fast and Accurate Computation of Binomial Probabilities").
 */
export function stirlingError(x: number): number {
  return x < 16 ? logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - halfLogTwoPi : seriesAt(x);
}

function seriesAt(x: number): number {
  const inverseSquare = 1 / (x * x);
  return series.reduceRight((sum, term) => sum * inverseSquare + term, 0) / x;
}
