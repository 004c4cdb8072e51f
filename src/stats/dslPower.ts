import type { SupervisedFit } from "./designBasedSupervisedLearning.ts";

/**
 * The standard errors to expect of a design-based supervised regression with other numbers of coded units: `V(n) = (n0 / n) coded +
 * rest`, with the fit's variance in two parts and n0 units coded now (the planning of Egami, Hinck, Stewart and Wei's R package
 * dsl, `power_dsl`; coded with the same design). Where a part of few coded units makes the variance negative it is undefined.
 *
 * @returns `[sizes, p]`
 * @throws RangeError for a size that is not positive
 */
export function dslPower(
  { goldSize, varianceParts }: Pick<SupervisedFit, "goldSize" | "varianceParts">,
  sizes: readonly number[],
): readonly (readonly (number | undefined)[])[] {
  return sizes.map((size) => {
    if (!(size > 0)) throw new RangeError(`${size} coded units`);
    return (varianceParts?.coded ?? []).map((coded, j) => {
      const variance = (goldSize / size) * coded + (varianceParts?.rest[j] as number);
      return variance > 0 ? Math.sqrt(variance) : undefined;
    });
  });
}
