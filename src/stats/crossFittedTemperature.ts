import { checkedWeights } from "./checkedWeights.ts";
import { randomFolds } from "./randomFolds.ts";
import { scaleByTemperature, temperatureScaling } from "./temperatureScaling.ts";

/** Probabilities that may be judged on the units whose truth they were scaled with. */
export interface CrossFittedTemperature {
  /** One for each fold, from all the other folds' units. [folds] */
  readonly temperatures: readonly number[];
  /** Each unit's, with its fold's temperature. [n, K] */
  readonly probabilities: readonly (readonly number[])[];
}

/**
 * Temperature scaling in which no unit is scaled by a temperature that saw its true category: the temperature comes from the other folds.
 * [n, K], [n] -> [folds], [n, K]
 *
 * @param options.folds 5 by default
 * @returns undefined with fewer units than folds, and where some folds' units have no best temperature
 * @throws RangeError as `temperatureScaling`, and for less than two folds
 */
export function crossFittedTemperature(
  logits: readonly (readonly number[])[],
  trueCategories: readonly number[],
  random: () => number,
  options: { readonly weights?: readonly number[] | undefined; readonly folds?: number } = {},
): CrossFittedTemperature | undefined {
  const folds = options.folds ?? 5;
  if (logits.length < folds) return undefined;
  const weights = checkedWeights(logits.length, options.weights);
  const foldOf = randomFolds(logits.length, folds, random);
  const temperatures: number[] = [];
  for (let fold = 0; fold < folds; fold++) {
    // A weight of 0 takes a unit out of the sum that is minimised.
    const temperature = temperatureScaling(logits, trueCategories, {
      weights: weights.map((weight, unit) => (foldOf[unit] === fold ? 0 : weight)),
    });
    if (temperature === undefined) return undefined;
    temperatures.push(temperature);
  }
  return {
    temperatures,
    probabilities: logits.map((row, unit) =>
      scaleByTemperature(row, temperatures[foldOf[unit] as number] as number),
    ),
  };
}
