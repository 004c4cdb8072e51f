import { checkedWeights } from "./checkedWeights.ts";

/**
 * The temperature T by which logits are divided so that the weighted log loss of `softmax(logits / T)` is least (Guo et al. 2017, "On
 * calibration of modern neural networks", section 4.2). Below 1 the model was not sure enough, above 1 too sure. No category changes.
 * Logarithms of probabilities do as logits, if none is 0. The loss is convex in 1 / T, so its derivative is bisected. [n, K], [n] -> T
 *
 * @returns undefined where no temperature is best: every unit is right (colder is always better), or the true categories' logits
 * are on average no higher than the others' (hotter is always better); and without units or weight
 * @throws RangeError for lists of different lengths, a true category without a logit, or a logit that is not finite
 */
export function temperatureScaling(
  logits: readonly (readonly number[])[],
  trueCategories: readonly number[],
  options: { readonly weights?: readonly number[] | undefined } = {},
): number | undefined {
  if (logits.length !== trueCategories.length)
    throw new RangeError(`${logits.length} rows of logits, ${trueCategories.length} true categories`);
  const weights = checkedWeights(logits.length, options.weights);
  let slopeWhenHot = 0;
  let slopeWhenCold = 0;
  const units: CentredUnit[] = [];
  for (const [unit, row] of logits.entries()) {
    const own = row[trueCategories[unit] as number];
    if (own === undefined) throw new RangeError(`no logit of category ${trueCategories[unit]}`);
    if (!row.every(Number.isFinite)) throw new RangeError("a logit that is not finite");
    const weight = weights[unit] as number;
    const surpluses = row.map((logit) => logit - own);
    const largest = Math.max(...surpluses);
    slopeWhenHot += (weight * surpluses.reduce((sum, surplus) => sum + surplus, 0)) / row.length;
    slopeWhenCold += weight * largest;
    units.push({ weight, surpluses, largest });
  }
  if (slopeWhenHot >= 0 || slopeWhenCold <= 0) return undefined;
  let low = -1;
  let high = 1;
  while (slopeAt(units, Math.exp(low)) > 0) low *= 2;
  while (slopeAt(units, Math.exp(high)) < 0) high *= 2;
  while (high - low > 1e-13 * Math.max(1, Math.abs(low))) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (slopeAt(units, Math.exp(middle)) < 0) low = middle;
    else high = middle;
  }
  return Math.exp(-(low + high) / 2);
}

/** `softmax(logits / temperature)` of one unit. [K] -> [K] */
export function scaleByTemperature(logits: readonly number[], temperature: number): readonly number[] {
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp((logit - largest) / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

interface CentredUnit {
  readonly weight: number;
  /** Logits less the true category's. [K] */
  readonly surpluses: readonly number[];
  readonly largest: number;
}

/** Derivative of the summed log loss by 1 / T. */
function slopeAt(units: readonly CentredUnit[], inverse: number): number {
  let slope = 0;
  for (const { weight, surpluses, largest } of units) {
    let sum = 0;
    let moment = 0;
    for (const surplus of surpluses) {
      const power = Math.exp((surplus - largest) * inverse);
      sum += power;
      moment += power * surplus;
    }
    slope += (weight * moment) / sum;
  }
  return slope;
}
