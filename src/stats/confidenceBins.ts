/** How confidences are put into bins. */
export interface BinOptions {
  /**
   * `equal-mass`: about as many units in each, divided at the confidences' quantiles (linear between order statistics, numpy's default).
   * `equal-width`: 0..1 in equal parts.
   */
  readonly bins?: "equal-mass" | "equal-width" | undefined;
  /** 10 from 200 units on, 5 below. */
  readonly binCount?: number | undefined;
}

/**
 * The numbers of the units in each bin that has any, by rising confidence; a bin has its upper edge and not its lower one, but 0 is in the
 * first. Units of equal confidence stay together. [n] -> [bins][units of the bin]
 *
 * @throws RangeError for a confidence outside 0..1, or less than one bin
 */
export function confidenceBins(
  confidences: readonly number[],
  options: BinOptions = {},
): readonly (readonly number[])[] {
  for (const confidence of confidences)
    if (!(confidence >= 0 && confidence <= 1)) throw new RangeError(`a confidence of ${confidence}`);
  const binCount = options.binCount ?? (confidences.length < 200 ? 5 : 10);
  if (!(Number.isInteger(binCount) && binCount >= 1)) throw new RangeError(`${binCount} bins`);
  const order = confidences
    .map((_, unit) => unit)
    .sort((a, b) => (confidences[a] as number) - (confidences[b] as number));
  const isEqualWidth = options.bins === "equal-width";
  const upperEdge = (bin: number): number => {
    if (bin === binCount - 1) return 1;
    const share = (bin + 1) / binCount;
    return isEqualWidth ? share : quantile(order, confidences, share);
  };
  const bins: number[][] = [];
  let next = 0;
  for (let bin = 0; bin < binCount && next < order.length; bin++) {
    const edge = upperEdge(bin);
    const start = next;
    while (next < order.length && (confidences[order[next] as number] as number) <= edge) next += 1;
    if (next > start) bins.push(order.slice(start, next));
  }
  return bins;
}

function quantile(order: readonly number[], values: readonly number[], share: number): number {
  const position = share * (order.length - 1);
  const below = Math.floor(position);
  const low = values[order[below] as number] as number;
  const high = values[order[Math.min(below + 1, order.length - 1)] as number] as number;
  return low + (position - below) * (high - low);
}
