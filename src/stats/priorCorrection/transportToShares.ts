/** The answer of `transportToShares`. */
export interface TransportedShares {
  /** How much of each unit goes to each category; rows add up to 1 / n, columns to the shares. `[n, K]` */
  readonly plan: readonly (readonly number[])[];
  /** The plan's mean of `-log(probability + 1e-6)`. */
  readonly cost: number;
  /** Each unit's category: the one with the most of it. `[n]` */
  readonly categories: readonly number[];
}

/** Keeps the logarithm of an impossible category finite, as in the authors' program. */
const smallestProbability = 1e-6;

/** Mass below this is rounding. */
const smallestMass = 1e-12;

/**
 * The most probable assignment of units to categories that gives exact target shares (OTTER: Shin et al. 2024, "OTTER: Effortless label
 * distribution adaptation of zero-shot models", NeurIPS 37), as an exact transport problem: units start at their best category and move
 * along shortest paths between categories (successive shortest paths: Ahuja, Magnanti and Orlin 1993, "Network Flows", section 9.7). A
 * diagnosis, never a default: the answer has the target built in. For some thousand units; its time grows with their square.
 *
 * @param target shares with the sum 1. `[K]`
 * @throws RangeError for no rows, rows of another length, or a target that is no distribution
 */
export function transportToShares(
  probabilities: readonly (readonly number[])[],
  target: readonly number[],
): TransportedShares {
  const n = probabilities.length;
  if (n === 0 || probabilities.some((row) => row.length !== target.length))
    throw new RangeError(`rows of ${target.length} probabilities are needed`);
  const total = target.reduce((sum, share) => sum + share, 0);
  if (!(target.every((share) => share >= 0) && Math.abs(total - 1) < 1e-9))
    throw new RangeError("target shares add up to 1");
  const costs = probabilities.map((row) => row.map((x) => -Math.log(x + smallestProbability)));
  const plan = costs.map((row) => row.map((cost) => (cost === Math.min(...row) ? 1 / n : 0)));
  for (const row of plan) keepFirst(row);
  const excess = target.map((share, k) => plan.reduce((sum, row) => sum + (row[k] as number), 0) - share);
  while (excess.some((x) => x > smallestMass)) {
    const path = shortestPath(costs, plan, excess);
    // What is left over are roundings of the sums.
    if (path.length === 0) break;
    const amount = Math.min(
      excess[path[0]?.from as number] as number,
      -(excess[path.at(-1)?.to as number] as number),
      ...path.map(({ unit, from }) => plan[unit]?.[from] as number),
    );
    for (const { unit, from, to } of path) {
      const row = plan[unit] as number[];
      row[from] = (row[from] as number) - amount;
      if ((row[from] as number) < smallestMass) row[from] = 0;
      row[to] = (row[to] as number) + amount;
      excess[from] = (excess[from] as number) - amount;
      excess[to] = (excess[to] as number) + amount;
    }
  }
  return {
    plan,
    cost: plan.reduce(
      (sum, row, i) => sum + row.reduce((part, mass, k) => part + mass * (costs[i]?.[k] as number), 0),
      0,
    ),
    categories: plan.map((row) => row.indexOf(Math.max(...row))),
  };
}

/** Of several equally good categories a unit starts at the first. */
function keepFirst(row: number[]): void {
  const first = row.findIndex((mass) => mass > 0);
  for (let k = first + 1; k < row.length; k++) row[k] = 0;
}

interface Move {
  readonly unit: number;
  readonly from: number;
  readonly to: number;
}

/** The cheapest chain of moves from a category with too much to one with too little (Bellman and Ford). */
function shortestPath(
  costs: readonly (readonly number[])[],
  plan: readonly (readonly number[])[],
  excess: readonly number[],
): readonly Move[] {
  const moves = cheapestMoves(costs, plan, excess.length);
  const distance = excess.map((x) => (x > smallestMass ? 0 : Number.POSITIVE_INFINITY));
  const reachedBy: (Move | undefined)[] = excess.map(() => undefined);
  for (let round = 1; round < excess.length; round++) {
    for (const { unit, from, to, cost } of moves) {
      const through = (distance[from] as number) + cost;
      if (through < (distance[to] as number) - smallestMass) {
        distance[to] = through;
        reachedBy[to] = { unit, from, to };
      }
    }
  }
  let end = -1;
  excess.forEach((x, k) => {
    if (x < 0 && (end < 0 || (distance[k] as number) < (distance[end] as number))) end = k;
  });
  const path: Move[] = [];
  for (let move = reachedBy[end]; move !== undefined; move = reachedBy[move.from]) path.unshift(move);
  return path;
}

/** For every pair of categories the unit that changes at the least cost. */
function cheapestMoves(
  costs: readonly (readonly number[])[],
  plan: readonly (readonly number[])[],
  size: number,
): readonly (Move & { readonly cost: number })[] {
  const best = new Map<number, Move & { readonly cost: number }>();
  plan.forEach((row, unit) => {
    row.forEach((mass, from) => {
      if (mass === 0) return;
      for (let to = 0; to < size; to++) {
        if (to === from) continue;
        const cost = (costs[unit]?.[to] as number) - (costs[unit]?.[from] as number);
        const known = best.get(from * size + to);
        if (known === undefined || cost < known.cost) best.set(from * size + to, { unit, from, to, cost });
      }
    });
  });
  return [...best.values()];
}
