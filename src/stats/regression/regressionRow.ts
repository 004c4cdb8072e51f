/** What a regression estimates: a linear mean, or a logistic one of an outcome between 0 and 1. */
export type RegressionModel = "linear" | "logistic";

/** One unit in a regression. */
export interface RegressionRow {
  /** `[p]`; the intercept is a column of 1 like another. */
  readonly covariates: readonly number[];
  readonly outcome: number;
}

/**
 * Refuses rows that no regression can use.
 * @throws RangeError for numbers that are not finite, rows of different lengths, or an outcome of a logistic model outside 0..1
 */
export function checkRows(model: RegressionModel, rows: readonly RegressionRow[], size: number): void {
  for (const { covariates, outcome } of rows) {
    if (covariates.length !== size)
      throw new RangeError(`${covariates.length} covariates among rows of ${size}`);
    if (!(covariates.every(Number.isFinite) && Number.isFinite(outcome)))
      throw new RangeError("covariates and outcomes are finite numbers");
    if (model === "logistic" && !(outcome >= 0 && outcome <= 1))
      throw new RangeError(`a logistic regression's outcome lies between 0 and 1, not ${outcome}`);
  }
}
