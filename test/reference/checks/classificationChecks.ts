import type { VectorCheck } from "../referenceVector.ts";

/** Checks by statistic. */
export const classificationChecks: Readonly<Record<string, VectorCheck>> = {};
