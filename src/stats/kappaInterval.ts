import { spreadPrior } from "./spreadPrior.ts";
import { type CellStratum, type DirichletOptions, stratifiedDirichlet } from "./stratifiedDirichlet.ts";
import type { Interval } from "./wilsonInterval.ts";

/** Jeffreys' prior count of right predictions, and of wrong ones. */
const jeffreys = 1 / 2;

/**
 * The posterior interval of kappa between gold and predicted category: all cells of the confusion matrix have a Dirichlet posterior in
 * every stratum (`stratifiedDirichlet`) under a prior of 1/2 right and 1/2 wrong prediction in the whole sample, spread over the strata
 * (`spreadPrior`) and evenly over their cells, so that many categories and strata do not pull accurate predictions down.
 *
 * @returns undefined where kappa is not defined
 */
export function kappaInterval(
  strata: readonly CellStratum[],
  options: Omit<DirichletOptions, "priorOf">,
): Interval | undefined {
  const shares = spreadPrior(
    strata.map(({ size, cells }) => ({ size, drawn: cells.reduce((sum, { count }) => sum + count, 0) })),
    options.isFinite,
  );
  const isRight = (cell: CellStratum["cells"][number]) => cell.trueCategory === cell.predicted;
  const [kappa] = stratifiedDirichlet(strata, [{ kind: "kappa" }], {
    ...options,
    priorOf: (h) => {
      const { cells } = strata[h] as CellStratum;
      const right = cells.filter(isRight).length;
      return cells.map(
        (cell) => (jeffreys * (shares[h] as number)) / (isRight(cell) ? right : cells.length - right),
      );
    },
  });
  return kappa?.interval;
}
