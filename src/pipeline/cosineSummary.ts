import { type Embeddings, embeddingAt } from "../embeddings.ts";

/** Cosines between pairs of embeddings, gathered one by one. */
export interface CosineSummary {
  readonly mean: number;
  readonly worst: number;
  /** What the worst pair belongs to. */
  readonly worstName: string;
}

/** Gathers cosines of the same rows of two matrices. */
export function startCosineSummary(): {
  /** @param names one per row */
  add(one: Embeddings, other: Embeddings, names: readonly string[]): void;
  /** undefined when nothing was added. */
  maybeSummary(): CosineSummary | undefined;
} {
  let [sum, count, worst, worstName] = [0, 0, Number.POSITIVE_INFINITY, ""];
  return {
    add: (one, other, names) => {
      names.forEach((name, row) => {
        const [a, b] = [embeddingAt(one, row), embeddingAt(other, row)];
        // Unit vectors: their product is the cosine, but for rounding above 1.
        const cosine = Math.min(
          1,
          a.reduce((total, x, i) => total + x * (b[i] as number), 0),
        );
        sum += cosine;
        count += 1;
        if (cosine < worst) [worst, worstName] = [cosine, name];
      });
    },
    maybeSummary: () => (count === 0 ? undefined : { mean: sum / count, worst, worstName }),
  };
}
