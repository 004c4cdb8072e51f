import type { VectorCheck } from "../referenceVector.ts";

/** Checks by statistic. */
export const designChecks: Readonly<Record<string, VectorCheck>> = {};
