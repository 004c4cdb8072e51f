/**
 * Which hypotheses to reject so that at most a share q of the rejected ones is true on average, however the tests depend on each other
 * (Benjamini and Yekutieli 2001, "The control of the false discovery rate in multiple testing under dependency", Annals of
 * Statistics 29, theorem 1.3).
 *
 * @param pValues [m]
 * @param q 0..1
 * @returns [m]
 */
export function benjaminiYekutieli(pValues: readonly number[], q: number): readonly boolean[] {
  const m = pValues.length;
  const harmonic = pValues.reduce((sum, _, index) => sum + 1 / (index + 1), 0);
  const sorted = pValues.toSorted((a, b) => a - b);
  const last = sorted.findLastIndex((pValue, index) => pValue <= ((index + 1) * q) / (m * harmonic));
  return pValues.map((pValue) => last >= 0 && pValue <= (sorted[last] as number));
}
