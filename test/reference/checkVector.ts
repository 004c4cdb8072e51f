import { classificationChecks } from "./checks/classificationChecks.ts";
import { designChecks } from "./checks/designChecks.ts";
import { reliabilityChecks } from "./checks/reliabilityChecks.ts";
import { shareChecks } from "./checks/shareChecks.ts";
import type { Comparison, ReferenceVector, VectorCheck } from "./referenceVector.ts";

/** The check of every statistic that the vectors know. */
export const checks: Readonly<Record<string, VectorCheck>> = {
  ...reliabilityChecks,
  ...classificationChecks,
  ...designChecks,
  ...shareChecks,
};

/**
 * What is wrong with our values for a vector; nothing where they agree.
 * @throws Error for a statistic without a check, a check that compares nothing, or a vector that is referred to and missing
 */
export function faultsOf(vector: ReferenceVector, vectors: readonly ReferenceVector[]): readonly string[] {
  const check = checks[vector.statistic];
  if (check === undefined) throw new Error(`${vector.id}: there is no check of ${vector.statistic}`);
  const comparisons = check(vector, (id) => {
    const found = vectors.find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`${vector.id} refers to ${id}, which is not there`);
    return found;
  });
  if (comparisons.length === 0) throw new Error(`${vector.id}: nothing was compared`);
  return comparisons.flatMap((comparison) => faultOf(comparison) ?? []);
}

function faultOf({ what, actual, expected, tolerance, isTrap }: Comparison): string | undefined {
  if (expected === null) return actual === undefined ? undefined : `${what} is ${actual}, and not undefined`;
  if (actual === undefined || Number.isNaN(actual)) return `${what} is ${actual}, and not ${expected}`;
  const distance = Math.abs(actual - expected);
  // Values printed with few digits lie at the tolerance's own edge.
  const isNear = distance <= tolerance + Number.EPSILON * 16 * Math.max(1, Math.abs(expected));
  if (isTrap) return isNear ? `${what} is ${actual}, the wrong value ${expected}` : undefined;
  return isNear ? undefined : `${what} is ${actual}, and not ${expected} (within ${tolerance})`;
}
