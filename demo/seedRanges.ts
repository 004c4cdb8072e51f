/** Seeds from `first` to `first + size - 1`. */
export interface SeedRange {
  readonly first: number;
  readonly size: number;
}

/**
 * Which seeds draw pictures for what. The ranges do not overlap: the bundled model never saw a picture that the demo
 * shows or that its accuracy is measured on.
 */
export const seedRanges = {
  demo: { first: 0, size: 1_000_000_000 },
  training: { first: 1_000_000_000, size: 1_000_000_000 },
  evaluation: { first: 2_000_000_000, size: 1_000_000_000 },
} as const satisfies Record<string, SeedRange>;

/** The seed of the n-th picture of a series; up to 10,000 series of 100,000 share no seed. @throws RangeError */
export function seedInRange(range: SeedRange, series: number, index: number): number {
  const seriesLength = 100_000;
  const seriesCount = range.size / seriesLength;
  if (!Number.isInteger(series) || !Number.isInteger(index) || index < 0 || index >= seriesLength) {
    throw new RangeError(`series ${series} has no picture ${index}`);
  }
  return range.first + (((series % seriesCount) + seriesCount) % seriesCount) * seriesLength + index;
}
