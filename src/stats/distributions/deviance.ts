/**
 * The deviance `x log(x / mean) + mean - x`, by its series where the two are near and the difference would cancel (Loader 2000, "Fast
 * and Accurate Computation of Binomial Probabilities").
 * `difference` is `x - mean`, where it is known better than the subtraction tells.
 */
export function deviance(x: number, mean: number, difference = x - mean): number {
  const ratio = difference / (x + mean);
  if (Math.abs(ratio) >= 0.1) return x * Math.log(x / mean) - difference;
  let sum = difference * ratio;
  let power = 2 * x * ratio;
  for (let order = 3; ; order += 2) {
    power *= ratio * ratio;
    const next = sum + power / order;
    if (next === sum) return next;
    sum = next;
  }
}
