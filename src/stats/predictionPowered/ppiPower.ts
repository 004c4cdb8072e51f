/** What coding and predicting cost, in any currency or in minutes. */
export interface PredictionCosts {
  /** Of finding one image. */
  readonly image: number;
  /** Of one image's gold standard. */
  readonly code: number;
  /** Of one prediction. */
  readonly prediction: number;
}

/** How many images to code and how many more to predict only. */
export interface PpiPlan {
  readonly coded: number;
  readonly uncoded: number;
  readonly cost: number;
  /** The number of coded images alone that would be as precise. */
  readonly effectiveSize: number;
}

/**
 * The best numbers of coded and of predicted images for a prediction-powered estimate, by a budget or by the precision wanted,
 * given the correlation of predictions and gold standard (Broska, Howes and van Loon 2024, "The Mixed Subjects Design",
 * https://doi.org/10.31235/osf.io/j3bnt). `effectiveSize = n (n + N) / (n + (1 - rho^2) N)`: at most `1 / (1 -
 * rho^2)` times n, however many images are predicted. Where predictions do not pay all images are coded. Numbers are rounded to the
 * nearest, so that the cost may exceed the budget by less than one code.
 *
 * @throws RangeError for a correlation that is not between -1 and 1, costs that are negative or a code's or predictions that
 * cost nothing (all images can then be predicted), or a goal that is not positive
 */
export function ppiPower(
  correlation: number,
  costs: PredictionCosts,
  goal: { readonly budget: number } | { readonly effectiveSize: number },
): PpiPlan {
  const wanted = "budget" in goal ? goal.budget : goal.effectiveSize;
  if (!(Math.abs(correlation) < 1)) throw new RangeError(`a correlation of ${correlation}`);
  const each = costs.prediction + costs.image;
  if (!(costs.code > 0 && costs.prediction >= 0 && costs.image >= 0 && each > 0 && wanted > 0))
    throw new RangeError("costs and goals are positive");
  const explained = correlation ** 2;
  const ratio = each / costs.code;
  // The cost of what is as precise as one coded image alone.
  const poweredCost =
    costs.code * (1 - explained + ratio * explained + 2 * Math.sqrt(ratio * explained * (1 - explained)));
  const plainCost = costs.code + costs.image;
  const size = "budget" in goal ? wanted / poweredCost : wanted;
  const coded = size * (1 - explained + Math.sqrt(ratio * explained * (1 - explained)));
  const uncoded = explained === 0 ? 0 : (coded * (size - coded)) / (coded - (1 - explained) * size);
  if (explained === 0 || plainCost < poweredCost || uncoded < 0) {
    const n = Math.round("budget" in goal ? wanted / plainCost : wanted);
    return { coded: n, uncoded: 0, cost: n * plainCost, effectiveSize: n };
  }
  const n = Math.round(coded);
  const more = Math.round(uncoded);
  return {
    coded: n,
    uncoded: more,
    cost: n * costs.code + (n + more) * each,
    effectiveSize: Math.round((n * (n + more)) / (n + (1 - explained) * more)),
  };
}
