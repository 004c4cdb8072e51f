import type { VectorCheck } from "../referenceVector.ts";

/** Checks by statistic. */
export const reliabilityChecks: Readonly<Record<string, VectorCheck>> = {};
