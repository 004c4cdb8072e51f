import { type Interval, wilsonInterval } from "./wilsonInterval.ts";

/**
 * The smallest simple random sample whose Wilson interval is no wider than twice the half-width, if it finds the expected share.
 * `level` is 95% unless told.
 *
 * @throws RangeError for a share outside 0..1 or a half-width that is not positive
 */
export function sampleSizeWilson({
  share,
  halfWidth,
  level = 0.95,
}: {
  readonly share: number;
  readonly halfWidth: number;
  readonly level?: number;
}): number {
  if (!(share >= 0 && share <= 1 && halfWidth > 0))
    throw new RangeError(`a share of ${share} within ${halfWidth}`);
  const isEnough = (size: number) => {
    const { low, high } = wilsonInterval(share * size, size, { level }) as Interval;
    return (high - low) / 2 <= halfWidth;
  };
  let [tooFew, enough] = [0, 1];
  while (!isEnough(enough)) [tooFew, enough] = [enough, 2 * enough];
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
