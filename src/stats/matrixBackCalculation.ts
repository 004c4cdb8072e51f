import { UserError } from "../errors.ts";
import { columnNorm, maybeInverse } from "./linear/maybeInverse.ts";
import { projectOntoSimplex } from "./linear/projectOntoSimplex.ts";
import { timesVector } from "./linear/timesVector.ts";
import { sharesByLeastSquares } from "./sharesByLeastSquares.ts";

/** Shares calculated back from predicted ones; `[K]` each. */
export interface BackCalculatedShares {
  /** By the inverse; their sum is 1, but some may lie outside 0..1. */
  readonly raw: readonly number[];
  /** A raw share lies outside 0..1: the error rates do not fit the predicted shares. */
  readonly isOutside: boolean;
  /** The shares nearest to the raw ones. */
  readonly projected: readonly number[];
  /** The shares whose predictions, by the matrix, are nearest to the predicted ones. */
  readonly leastSquares: readonly number[];
}

/** An error of one point in the predicted shares would move the corrected ones by up to this many. */
const mostAmplification = 100;

/**
 * Shares corrected for known error rates of K categories: `p = M^-1 q` with `M_ij = P(predicted i | true j)`, columns adding up to 1, and q
 * the predicted shares (matrix back-calculation: Bachl and Scharkow 2017, "Correcting measurement error in content analysis",
 * Communication Methods and Measures 11). For error rates from another collection, which have to hold in this one; with a sample
 * of this one post-stratified shares need no such assumption.
 *
 * @throws UserError for a matrix that is singular or amplifies errors more than a hundredfold: a category is then predicted as often
 * for others' images as for its own, and no share can be told
 * @throws RangeError for a matrix that is not square, or columns or shares that do not add up to 1
 */
export function matrixBackCalculation(
  predictedGivenTrue: readonly (readonly number[])[],
  predictedShares: readonly number[],
): BackCalculatedShares {
  const size = predictedGivenTrue.length;
  if (predictedShares.length !== size) throw new RangeError(`${predictedShares.length} shares of ${size}`);
  checkShares(predictedShares);
  for (let j = 0; j < size; j++) checkShares(predictedGivenTrue.map((row) => row[j] as number));
  const inverse = maybeInverse(predictedGivenTrue);
  if (inverse === undefined || columnNorm(inverse) > mostAmplification)
    throw new UserError("corrected shares: the error rates do not tell the categories apart", {
      hint: "join categories that are mistaken for one another, or code a sample of this collection instead",
    });
  const raw = timesVector(inverse, predictedShares);
  return {
    raw,
    isOutside: raw.some((share) => share < 0 || share > 1),
    projected: projectOntoSimplex(raw),
    leastSquares: sharesByLeastSquares(predictedGivenTrue, predictedShares),
  };
}

function checkShares(shares: readonly number[]): void {
  const sum = shares.reduce((total, share) => total + share, 0);
  // Shares rounded to three decimals are taken as they are.
  if (!(shares.every((share) => share >= 0) && Math.abs(sum - 1) < 0.01))
    throw new RangeError(`shares add up to 1, not ${sum}`);
}
