import { meanOf } from "./emPrior.ts";

export interface SinkhornOptions {
  /** 0: every category gets the same share. Above: shares by the mean probabilities to this power. 0 unless given. */
  readonly gamma?: number | undefined;
  /** 20 unless given. */
  readonly rounds?: number | undefined;
}

/**
 * Probabilities scaled by turns to given column and row sums (InMaP: Qian, Xu and Hu 2023, "Intra-modal proxy learning for zero-shot visual
 * categorization with CLIP", NeurIPS 36; Sinkhorn 1964). A diagnosis, never a default: with gamma 0 it makes all categories equally
 * frequent, which no real collection is. `[n, K] -> [n, K]`
 *
 * @throws RangeError for no rows, or a category without any probability
 */
export function sinkhornPosterior(
  probabilities: readonly (readonly number[])[],
  { gamma = 0, rounds = 20 }: SinkhornOptions = {},
): readonly (readonly number[])[] {
  const means = meanOf(probabilities);
  if (means.length === 0 || !means.every((mean) => mean > 0))
    throw new RangeError("every category needs some probability");
  const powers = means.map((mean) => mean ** gamma);
  const total = powers.reduce((sum, x) => sum + x, 0);
  let rows = probabilities;
  for (let round = 0; round < rounds; round++) {
    const columns = meanOf(rows).map((mean, k) => (powers[k] as number) / total / mean);
    rows = rows.map((row) => {
      const scaled = row.map((x, k) => x * (columns[k] as number));
      const sum = scaled.reduce((all, x) => all + x, 0);
      return scaled.map((x) => x / sum);
    });
  }
  return rows;
}
