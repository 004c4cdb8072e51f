import type { VectorCheck } from "../referenceVector.ts";

/** Checks by statistic. */
export const shareChecks: Readonly<Record<string, VectorCheck>> = {};
