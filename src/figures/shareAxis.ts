// Steps that people read without arithmetic, in percent.
const STEPS = [1, 2, 5, 10, 20, 25] as const;

/** A share axis from 0: where it ends and where its marks stand, as shares 0..1. */
export interface ShareAxis {
  readonly top: number;
  readonly ticks: readonly number[];
}

/**
 * The shortest axis of at most five round steps that holds the largest share (0..1).
 * @throws RangeError for a share outside 0..1
 */
export function shareAxis(largest: number): ShareAxis {
  if (!(largest >= 0 && largest <= 1)) throw new RangeError(`a share is between 0 and 1, not ${largest}`);
  // Counting in whole percent keeps the marks free of binary fractions; 1e-9 forgives 0.1 * 3.
  const percent = largest * 100 - 1e-9;
  const step = STEPS.find((candidate) => Math.ceil(percent / candidate) <= 5) ?? 25;
  const steps = Math.max(1, Math.ceil(percent / step));
  const ticks = Array.from({ length: steps + 1 }, (_, index) => (index * step) / 100);
  return { top: (steps * step) / 100, ticks };
}
