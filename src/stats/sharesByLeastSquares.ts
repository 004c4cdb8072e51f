import { maybeInverse } from "./linear/maybeInverse.ts";
import { outerProducts } from "./linear/outerProducts.ts";
import { projectOntoSimplex } from "./linear/projectOntoSimplex.ts";
import { timesVector } from "./linear/timesVector.ts";

/** What counts as 0 among shares. */
const smallest = 1e-12;

/**
 * The shares p (at least 0, with the sum 1) with the least `|M p - q|^2`, exactly, by the primal active-set method (Nocedal and
 * Wright 2006, "Numerical Optimization", 2nd ed., algorithm 16.3). `[K, K], [K] -> [K]`
 * @throws RangeError where the matrix is singular
 */
export function sharesByLeastSquares(
  matrix: readonly (readonly number[])[],
  target: readonly number[],
): readonly number[] {
  const size = target.length;
  // M'M and M'q
  const squares = outerProducts(matrix, matrix);
  const projected = outerProducts(
    matrix,
    target.map((x) => [x]),
  ).map(([x]) => x as number);
  let shares = projectOntoSimplex(target);
  let free = shares.map((share) => share > smallest);
  for (let step = 0; step < 100 * size; step++) {
    const { best, multiplier } = leastSquaresAmong(squares, projected, free);
    const blocking = firstBlock(shares, best);
    if (blocking !== undefined) {
      shares = shares.map((share, i) =>
        i === blocking.index ? 0 : share + blocking.length * ((best[i] as number) - share),
      );
      free = free.map((isFree, i) => isFree && i !== blocking.index);
      continue;
    }
    shares = best;
    // A share held at 0 wants to grow where its gradient lies below the others'.
    const gradient = timesVector(squares, shares).map((x, i) => x - (projected[i] as number) - multiplier);
    const worst = gradient.reduce(
      (found, x, i) =>
        !(free[i] as boolean) && x < (found < 0 ? -smallest : (gradient[found] as number)) ? i : found,
      -1,
    );
    if (worst < 0) return shares;
    free = free.map((isFree, i) => isFree || i === worst);
  }
  throw new RangeError("the shares did not settle");
}

/** The least squares with the sum 1 and only the free shares, signs aside, and the sum's multiplier. */
function leastSquaresAmong(
  squares: readonly (readonly number[])[],
  projected: readonly number[],
  free: readonly boolean[],
): { readonly best: readonly number[]; readonly multiplier: number } {
  const places = free.flatMap((isFree, i) => (isFree ? [i] : []));
  const system = [
    ...places.map((i) => [...places.map((j) => squares[i]?.[j] as number), -1]),
    [...places.map(() => 1), 0],
  ];
  const inverse = maybeInverse(system);
  if (inverse === undefined) throw new RangeError("a singular matrix has no single solution");
  const solution = timesVector(inverse, [...places.map((i) => projected[i] as number), 1]);
  const best = free.map(() => 0);
  places.forEach((place, i) => {
    best[place] = solution[i] as number;
  });
  return { best, multiplier: solution[places.length] as number };
}

/** The share that first becomes 0 on the way, and how much of the way that is; undefined where none does. */
function firstBlock(
  from: readonly number[],
  to: readonly number[],
): { readonly index: number; readonly length: number } | undefined {
  let first: { readonly index: number; readonly length: number } | undefined;
  to.forEach((goal, index) => {
    const start = from[index] as number;
    if (goal >= -smallest || goal >= start) return;
    const length = start / (start - goal);
    if (first === undefined || length < first.length) first = { index, length };
  });
  return first;
}
