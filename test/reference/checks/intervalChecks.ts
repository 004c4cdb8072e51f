import { agrestiCoullInterval } from "../../../src/stats/agrestiCoullInterval.ts";
import { clopperPearsonInterval } from "../../../src/stats/clopperPearsonInterval.ts";
import { goodmanIntervals } from "../../../src/stats/goodmanIntervals.ts";
import { jeffreysInterval } from "../../../src/stats/jeffreysInterval.ts";
import { sampleSizeProportion } from "../../../src/stats/sampleSizeProportion.ts";
import {
  neymanAllocation,
  proportionalAllocation,
  sampleSizeStratified,
} from "../../../src/stats/sampleSizeStratified.ts";
import { sampleSizeWilson } from "../../../src/stats/sampleSizeWilson.ts";
import { sisonGlazIntervals } from "../../../src/stats/sisonGlazIntervals.ts";
import { wilsonInterval } from "../../../src/stats/wilsonInterval.ts";
import { compare, list, pair, pairs } from "../compare.ts";
import type { VectorCheck } from "../referenceVector.ts";

/** Checks of intervals and sample sizes of simple shares, by statistic. */
export const intervalChecks: Readonly<Record<string, VectorCheck>> = {
  proportion_ci: ({ inputs: { count, n, level }, expected, tolerance = 0 }) => [
    ...pair("wilson", wilsonInterval(count, n, { level }), expected.wilson, tolerance),
    ...pair(
      "Clopper-Pearson",
      clopperPearsonInterval(count, n, { level }),
      expected.clopper_pearson,
      tolerance,
    ),
    ...pair("Agresti-Coull", agrestiCoullInterval(count, n, { level }), expected.agresti_coull, tolerance),
    // null: R gave no value, not an undefined one.
    ...(expected.jeffreys_equal_tail === null
      ? []
      : pair("Jeffreys", jeffreysInterval(count, n, { level }), expected.jeffreys_equal_tail, tolerance)),
  ],
  multinomial_ci: (vector) => {
    const { counts, level } = vector.inputs;
    return [
      ...pairs(
        "Sison-Glaz",
        sisonGlazIntervals(counts, { level }),
        vector.expected.sison_glaz,
        vector.tolerance ?? 0,
      ),
      ...pairs("Goodman", goodmanIntervals(counts, { level }), vector.expected_full_precision.goodman, 1e-9),
    ];
  },
  sample_size_proportion: ({ inputs, expected, tolerance = 0 }) => {
    if (inputs.cases === undefined) {
      const size = sampleSizeProportion({
        share: inputs.p,
        halfWidth: inputs.absolute_error,
        level: inputs.level,
      });
      return [compare("n, rounded up", Math.ceil(size), expected.n, tolerance)];
    }
    return inputs.cases.map(({ p, d, N }: { p: number; d: number; N?: number }, index: number) =>
      compare(
        `n of case ${index}`,
        sampleSizeProportion({ share: p, halfWidth: d, ...(N === undefined ? {} : { populationSize: N }) }),
        expected.n[index],
        tolerance,
      ),
    );
  },
  sample_size_wilson: ({ inputs, expected, tolerance = 0 }) =>
    inputs.cases.map(([share, halfWidth]: [number, number], index: number) =>
      compare(`n of case ${index}`, sampleSizeWilson({ share, halfWidth }), expected.n[index], tolerance),
    ),
  sample_size_stratified: ({ inputs, expected, tolerance = 0 }) => {
    const strata = { weights: inputs.W, shares: inputs.expected_users_accuracy };
    return [
      compare("n", sampleSizeStratified(strata, inputs.target_se), expected.n, tolerance),
      ...list("Neyman", neymanAllocation(strata, 641), expected.neyman_allocation_of_641, tolerance),
      ...list(
        "proportional",
        proportionalAllocation(strata, 641),
        expected.proportional_allocation_of_641,
        tolerance,
      ),
    ];
  },
};
